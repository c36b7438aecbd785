package change

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzDiff checks that any diff turns the base into the head, says nothing of equal files, and reads back from a patch.
func FuzzDiff(f *testing.F) {
	f.Fuzz(func(t *testing.T, base, head []byte) {
		hunks := Diff(base, head)
		if bytes.Equal(base, head) != (len(hunks) == 0) {
			t.Fatalf("%d hunks", len(hunks))
		}
		if err := verify(base, head, hunks); err != nil {
			t.Fatal(err)
		}
		parsed, err := ParsePatch(format(base, head, hunks))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(hunks, parsed); diff != "" {
			t.Fatalf("hunks (-want +got):\n%s", diff)
		}
	})
}

// FuzzParsePatch checks that whatever is accepted can be asked: the hunks are in order and the lines of the head map to
// ascending lines of the base.
func FuzzParsePatch(f *testing.F) {
	f.Fuzz(func(t *testing.T, patch string) {
		hunks, err := ParsePatch(patch)
		if err != nil {
			return
		}
		file := File{Path: "a.py", OldPath: "a.py", Hunks: hunks}
		last, bottom := 0, 1
		for i, h := range hunks {
			if h.newFirst() < bottom || len(h.Ops) == 0 {
				t.Fatalf("hunk %d begins at %d, in the one before", i, h.newFirst())
			}
			bottom = h.newEnd()
			for line := max(1, h.newFirst()-1); line <= h.newEnd(); line++ {
				from, ok := file.BaseLine(line)
				if ok && from < last {
					t.Fatalf("line %d is from line %d, the one before from %d", line, from, last)
				}
				if ok == file.Touches(line, line) {
					t.Fatalf("line %d is kept (%t) and touched", line, ok)
				}
				last = max(last, from)
				if at, in := file.HunkAt(line); in && at > i+1 {
					t.Fatalf("line %d is in hunk %d, not %d", line, at, i)
				}
			}
		}
	})
}
