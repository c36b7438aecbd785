package change

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// example is a file of 30 lines with a line changed at 5, two added behind 15, and two removed behind 24 of the head.
func example() File {
	return File{
		Path: "a.py", OldPath: "a.py",
		Hunks: []Hunk{
			{OldStart: 2, OldLines: 7, NewStart: 2, NewLines: 7, Ops: "   -+   "},
			{OldStart: 13, OldLines: 6, NewStart: 13, NewLines: 8, Ops: "   ++   "},
			{OldStart: 20, OldLines: 8, NewStart: 22, NewLines: 6, Ops: "   --   "},
		},
	}
}

func TestHunkAt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		line, index int
		ok          bool
	}{
		{line: 0},
		{line: 1},
		{line: 2, ok: true},
		{line: 8, ok: true},
		{line: 9, index: 1},
		{line: 13, index: 1, ok: true},
		{line: 20, index: 1, ok: true},
		{line: 21, index: 2},
		{line: 22, index: 2, ok: true},
		{line: 27, index: 2, ok: true},
		{line: 28, index: 3},
	}
	f := example()
	for _, test := range tests {
		if index, ok := f.HunkAt(test.line); index != test.index || ok != test.ok {
			t.Errorf("line %d: got %d, %t, want %d, %t", test.line, index, ok, test.index, test.ok)
		}
	}
	if _, ok := (File{Hunks: []Hunk{{OldStart: 1, OldLines: 2, Ops: "--"}}}).HunkAt(1); ok {
		t.Error("a line of an emptied file is in a hunk")
	}
}

func TestTouches(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		start, end int
		want       bool
	}{
		{name: "the changed line", start: 5, end: 5, want: true},
		{name: "context above", start: 2, end: 4},
		{name: "context below", start: 6, end: 8},
		{name: "around the change", start: 1, end: 30, want: true},
		{name: "between hunks", start: 9, end: 12},
		{name: "the first added line", start: 10, end: 16, want: true},
		{name: "the last added line", start: 17, end: 17, want: true},
		{name: "below the added lines", start: 18, end: 18},
		{name: "right above the removed lines", start: 20, end: 24},
		{name: "right below the removed lines", start: 25, end: 27},
		{name: "on both sides of the removed lines", start: 24, end: 25, want: true},
		{name: "behind the hunks", start: 28, end: 30},
	}
	f := example()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := f.Touches(test.start, test.end); got != test.want {
				t.Errorf("Touches(%d, %d) = %t, want %t", test.start, test.end, got, test.want)
			}
		})
	}
}

func TestCommentable(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		start, end  int
		first, last int
		ok          bool
	}{
		{name: "within a hunk", start: 4, end: 6, first: 4, last: 6, ok: true},
		{name: "over the edge of a hunk", start: 7, end: 10, first: 7, last: 8, ok: true},
		{name: "outside", start: 9, end: 12},
		{name: "over two hunks, the added line in the first", start: 4, end: 14, first: 4, last: 8, ok: true},
		{name: "over two hunks, the added line in the second", start: 6, end: 17, first: 13, last: 17, ok: true},
		{name: "over two hunks, no added line", start: 19, end: 22, first: 19, last: 20, ok: true},
		{name: "behind the hunks", start: 28, end: 30},
		{name: "no range", start: 6, end: 5},
	}
	f := example()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			first, last, ok := f.Commentable(test.start, test.end)
			got, want := []any{first, last, ok}, []any{test.first, test.last, test.ok}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Commentable(%d, %d) (-want +got):\n%s", test.start, test.end, diff)
			}
		})
	}
}

func TestBaseLine(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		line, want int
		ok         bool
	}{
		{name: "above the hunks", line: 1, want: 1, ok: true},
		{name: "above a change", line: 4, want: 4, ok: true},
		{name: "a changed line", line: 5},
		{name: "below a change", line: 6, want: 6, ok: true},
		{name: "between hunks", line: 10, want: 10, ok: true},
		{name: "an added line", line: 16},
		{name: "below the added lines", line: 18, want: 16, ok: true},
		{name: "between hunks behind added lines", line: 21, want: 19, ok: true},
		{name: "above the removed lines", line: 24, want: 22, ok: true},
		{name: "below the removed lines", line: 25, want: 25, ok: true},
		{name: "behind the hunks", line: 28, want: 28, ok: true},
		{name: "no line", line: 0},
	}
	f := example()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got, ok := f.BaseLine(test.line); got != test.want || ok != test.ok {
				t.Errorf("BaseLine(%d) = %d, %t, want %d, %t", test.line, got, ok, test.want, test.ok)
			}
		})
	}
	if _, ok := (File{Path: "new.py"}).BaseLine(1); ok {
		t.Error("a line of an added file came from the base")
	}
}

// TestQuestionsAgree asks about every line of random changes, and compares with the texts themselves.
func TestQuestionsAgree(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(9, 10))
	for n := range 500 {
		base, head := edited(random, random.IntN(60), 1+random.IntN(6), 30)
		f := File{Path: "a.py", OldPath: "a.py", Base: base, Head: head, Hunks: Diff(base, head)}
		oldLines, newLines := splitLines(base), splitLines(head)
		added, last := 0, 0
		for i, line := range newLines {
			from, kept := f.BaseLine(i + 1)
			if kept == f.Touches(i+1, i+1) {
				t.Fatalf("change %d: line %d is kept (%t) and touched", n, i+1, kept)
			}
			if !kept {
				added++
				if _, ok := f.HunkAt(i + 1); !ok {
					t.Fatalf("change %d: the added line %d is in no hunk", n, i+1)
				}
				continue
			}
			if from <= last || oldLines[from-1] != line {
				t.Fatalf("change %d: line %d is not line %d of the base", n, i+1, from)
			}
			last = from
		}
		for _, h := range f.Hunks {
			added -= strings.Count(h.Ops, "+")
		}
		if added != 0 {
			t.Fatalf("change %d: the hunks and the line map differ by %d added lines", n, added)
		}
	}
}
