package change

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFindRenames(t *testing.T) {
	t.Parallel()
	text := func(from, to int) []byte {
		var b strings.Builder
		for n := from; n < to; n++ {
			fmt.Fprintf(&b, "line %04d\n", n)
		}
		return []byte(b.String())
	}
	deleted := func(path string, base []byte) File {
		return File{Path: path, OldPath: path, Status: Deleted, Base: base}
	}
	added := func(path string, head []byte) File { return File{Path: path, Status: Added, Head: head} }
	renamed := func(from, to string, base, head []byte) File {
		return File{Path: to, OldPath: from, Status: Renamed, Base: base, Head: head}
	}
	modified := File{Path: "m.py", OldPath: "m.py", Base: text(0, 9), Head: text(1, 9)}
	tests := []struct {
		name        string
		files, want []File
	}{
		{name: "nothing"},
		{name: "a file that stays", files: []File{modified}, want: []File{modified}},
		{
			name:  "moved unchanged",
			files: []File{deleted("a.py", text(0, 9)), modified, added("z.py", text(0, 9))},
			want:  []File{modified, renamed("a.py", "z.py", text(0, 9), text(0, 9))},
		},
		{
			name:  "moved and edited by half",
			files: []File{deleted("a.py", text(0, 10)), added("b.py", text(5, 15))},
			want:  []File{renamed("a.py", "b.py", text(0, 10), text(5, 15))},
		},
		{
			name:  "edited by more than half",
			files: []File{deleted("a.py", text(0, 10)), added("b.py", text(6, 16))},
			want:  []File{deleted("a.py", text(0, 10)), added("b.py", text(6, 16))},
		},
		{
			name:  "grown to more than twice its size",
			files: []File{deleted("a.py", text(0, 10)), added("b.py", text(0, 21))},
			want:  []File{deleted("a.py", text(0, 10)), added("b.py", text(0, 21))},
		},
		{
			name:  "the most similar wins",
			files: []File{deleted("a.py", text(0, 10)), added("b.py", text(2, 12)), added("c.py", text(1, 11))},
			want:  []File{added("b.py", text(2, 12)), renamed("a.py", "c.py", text(0, 10), text(1, 11))},
		},
		{
			name: "among equals the same name wins",
			files: []File{
				added("a/x.py", text(0, 9)), added("b/y.py", text(0, 9)),
				deleted("c/y.py", text(0, 9)), deleted("d/z.py", text(0, 9)),
			},
			want: []File{
				renamed("d/z.py", "a/x.py", text(0, 9), text(0, 9)), renamed("c/y.py", "b/y.py", text(0, 9), text(0, 9)),
			},
		},
		{
			name:  "empty and unread files",
			files: []File{added("a.py", nil), deleted("b.py", nil), deleted("c.py", []byte{})},
			want:  []File{added("a.py", nil), deleted("b.py", nil), deleted("c.py", []byte{})},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, FindRenames(test.files)); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}
