package python

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLines(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text  string
		lines []string
	}{
		{"", []string{""}},
		{"a", []string{"a"}},
		{"a\n", []string{"a"}},
		{"\n", []string{""}},
		{"a\nbc\n\nd", []string{"a", "bc", "", "d"}},
		{"a\r\nb\rc\r\n", []string{"a", "b\rc"}},
		{"\n\n", []string{"", ""}},
	} {
		lines := NewLines(test.text)
		var got []string
		for line := 1; line <= lines.Count(); line++ {
			got = append(got, test.text[lines.Start(line):lines.End(line)])
		}
		if diff := cmp.Diff(test.lines, got); diff != "" {
			t.Errorf("lines of %q (-want +got):\n%s", test.text, diff)
		}
		for offset := range len(test.text) {
			want := 1 + strings.Count(test.text[:offset], "\n")
			if got := lines.Line(int32(offset)); got != want {
				t.Errorf("byte %d of %q is on line %d, want %d", offset, test.text, got, want)
			}
		}
		if end := lines.Line(int32(len(test.text))); end != lines.Count() {
			t.Errorf("the end of %q is on line %d of %d", test.text, end, lines.Count())
		}
	}
}
