package change

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParsePatch(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, patch string
		want        []Hunk
	}{
		{name: "nothing"},
		{
			name:  "two hunks with sections",
			patch: "@@ -1,3 +1,4 @@\n a\n+b\n c\n d\n@@ -10,4 +11,3 @@ def f(x): # @@ -1 +1 @@\n k\n-l\n m\n n",
			want:  []Hunk{{1, 3, 1, 4, " +  "}, {10, 4, 11, 3, " -  "}},
		},
		{name: "counts left out", patch: "@@ -1 +1 @@\n-a\n+b", want: []Hunk{{1, 1, 1, 1, "-+"}}},
		{name: "a new file", patch: "@@ -0,0 +1,2 @@\n+a\n+b", want: []Hunk{{0, 0, 1, 2, "++"}}},
		{name: "a deleted file", patch: "@@ -1,2 +0,0 @@\n-a\n-b", want: []Hunk{{1, 2, 0, 0, "--"}}},
		{name: "a final line end", patch: "@@ -1 +1 @@\n-a\n+b\n", want: []Hunk{{1, 1, 1, 1, "-+"}}},
		{
			name:  "no line end on either side",
			patch: "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file",
			want:  []Hunk{{1, 2, 1, 2, " -+"}},
		},
		{
			name:  "no line end in the base",
			patch: "@@ -1,1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b",
			want:  []Hunk{{1, 1, 1, 2, "-++"}},
		},
		{
			name:  "no line end behind the context",
			patch: "@@ -1,2 +1,2 @@\n-a\n+b\n c\n\\ Kein Zeilenumbruch am Dateiende.",
			want:  []Hunk{{1, 2, 1, 2, "-+ "}},
		},
		{
			name:  "lines that look like headers",
			patch: "@@ -1,4 +1,4 @@\n @@ -1,4 +1,4 @@\n--- a/x\n-@@ -1 +1 @@\n+++ b/x\n+\\ No newline at end of file\n \\",
			want:  []Hunk{{1, 4, 1, 4, " --++ "}},
		},
		{
			name:  "carriage returns",
			patch: "@@ -1,2 +1,2 @@ class A:\r\n a\r\n-b\r\n+c\rd\r",
			want:  []Hunk{{1, 2, 1, 2, " -+"}},
		},
		{
			name:  "an empty kept line that lost its space",
			patch: "@@ -1,3 +1,3 @@\n-a\n+b\n\n c",
			want:  []Hunk{{1, 3, 1, 3, "-+  "}},
		},
		{
			name:  "without context",
			patch: "@@ -3,0 +4,2 @@\n+a\n+b\n@@ -9 +10,0 @@\n-c",
			want:  []Hunk{{3, 0, 4, 2, "++"}, {9, 1, 10, 0, "-"}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParsePatch(test.patch)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("hunks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParsePatchRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, patch, want string }{
		{name: "no patch", patch: "Binary files differ", want: "patch line 1: not a hunk header"},
		{name: "a line alone", patch: "\n", want: "patch line 1: not a hunk header"},
		{name: "the names of the files", patch: "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b", want: "patch line 1: not a hunk header"},
		{name: "a combined diff", patch: "@@@ -1,1 -1,1 +1,1 @@@\n  a", want: "patch line 1: not a hunk header"},
		{name: "no counts", patch: "@@ -1, +1 @@\n-a\n+b", want: "patch line 1: not a hunk header"},
		{name: "a sign", patch: "@@ -+1 +1 @@\n-a\n+b", want: "patch line 1: not a hunk header"},
		{name: "a huge number", patch: "@@ -99999999999999999999 +1 @@\n-a\n+b", want: "patch line 1: not a hunk header"},
		{name: "line 0", patch: "@@ -0 +1 @@\n-a\n+b", want: "patch line 1: not a hunk header"},
		{name: "an empty hunk", patch: "@@ -1,0 +1,0 @@", want: "patch line 1: not a hunk header"},
		{name: "no end of the header", patch: "@@ -1 +1\n-a\n+b", want: "patch line 1: not a hunk header"},
		{name: "a header alone", patch: "@@ -1 +1 @@", want: "patch line 1: the hunk is cut off"},
		{name: "a hunk cut off", patch: "@@ -1,2 +1,2 @@\n-a\n+b\n", want: "patch line 3: the hunk is cut off"},
		{name: "a hunk cut off by the next", patch: "@@ -1,2 +1,2 @@\n-a\n+b\n@@ -9 +9 @@\n-c\n+d", want: "patch line 4: the hunk is cut off"},
		{name: "a line too many", patch: "@@ -1 +1 @@\n-a\n+b\n+c", want: "patch line 4: not a hunk header"},
		{name: "an added line too many", patch: "@@ -1,2 +1 @@\n-a\n+b\n+c", want: "patch line 4: more lines than the hunk header counts"},
		{name: "a kept line too many", patch: "@@ -1,2 +1 @@\n-a\n b\n c", want: "patch line 4: not a hunk header"},
		{name: "a strange line", patch: "@@ -1 +1 @@\n-a\n*b", want: "patch line 3: neither kept, removed nor added line"},
		{
			name: "hunks out of order", patch: "@@ -9 +9 @@\n-c\n+d\n@@ -1 +1 @@\n-a\n+b",
			want: "patch line 4: the hunk does not fit the ones before it",
		},
		{
			name: "hunks over each other", patch: "@@ -1,2 +1,2 @@\n-c\n+d\n e\n@@ -2 +2 @@\n-a\n+b",
			want: "patch line 5: the hunk does not fit the ones before it",
		},
		{
			name: "hunks of different files", patch: "@@ -1 +1 @@\n-c\n+d\n@@ -9 +12 @@\n-a\n+b",
			want: "patch line 4: the hunk does not fit the ones before it",
		},
		{
			name: "a first hunk that begins too late", patch: "@@ -5 +6 @@\n-c\n+d",
			want: "patch line 1: the hunk does not fit the ones before it",
		},
		{name: "a marker first", patch: "\\ No newline at end of file", want: "patch line 1: misplaced end-of-file marker"},
		{
			name: "a marker twice", patch: "@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\n\\ No newline at end of file",
			want: "patch line 5: misplaced end-of-file marker",
		},
		{
			name: "a marker too early", patch: "@@ -1,2 +1 @@\n-a\n\\ No newline at end of file\n-b\n+c",
			want: "patch line 3: misplaced end-of-file marker",
		},
		{
			name: "a hunk behind the marker", patch: "@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\n@@ -9 +9 @@\n-c\n+d",
			want: "patch line 5: the hunk does not fit the ones before it",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			hunks, err := ParsePatch(test.patch)
			if err == nil {
				t.Fatalf("no error, but hunks %+v", hunks)
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

// TestParsePatchOfDiff writes the hunks of random changes as a patch and reads them back.
func TestParsePatchOfDiff(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(11, 12))
	for range 500 {
		base, head := edited(random, random.IntN(60), random.IntN(8), 30)
		want := Diff(base, head)
		patch := format(base, head, want)
		got, err := ParsePatch(patch)
		if err != nil {
			t.Fatalf("%v\n%s", err, patch)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("hunks (-want +got):\n%s\n%s", diff, patch)
		}
	}
}
