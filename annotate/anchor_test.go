package annotate

import (
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
)

// hunk makes a hunk of which the right side starts at a line.
func hunk(start int, ops string) change.Hunk {
	return change.Hunk{
		OldStart: start, OldLines: len(ops) - strings.Count(ops, "+"),
		NewStart: start, NewLines: len(ops) - strings.Count(ops, "-"), Ops: ops,
	}
}

func TestAnchor(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		first, last int
		scope       string
		hunks       []change.Hunk
		want        lines
		ok          bool
	}{
		{"its own lines", 10, 11, "", []change.Hunk{hunk(9, "   +")}, lines{10, 11}, true},
		{"context counts", 10, 10, "", []change.Hunk{hunk(10, " +")}, lines{10, 10}, true},
		{"after removed lines", 10, 10, "", []change.Hunk{hunk(8, "---  +")}, lines{10, 10}, true},
		{"only the shown part", 10, 14, "", []change.Hunk{hunk(6, "     +")}, lines{10, 11}, true},
		{"the part with a change", 8, 14, "", []change.Hunk{hunk(7, "  "), hunk(10, " + ")}, lines{10, 12}, true},
		{"never over two hunks", 10, 13, "", []change.Hunk{hunk(9, "+ "), hunk(12, " +")}, lines{12, 13}, true},
		{"nothing shown, module level", 10, 10, "", []change.Hunk{hunk(12, "+")}, lines{}, false},
		{"nearest of the function", 10, 10, "C.m", []change.Hunk{hunk(1, "+++"), hunk(12, "+++")}, lines{12, 12}, true},
		{"above in the function", 13, 13, "C.m", []change.Hunk{hunk(5, "+++++")}, lines{9, 9}, true},
		{"another function", 10, 10, "C.m", []change.Hunk{hunk(5, "+++")}, lines{}, false},
		{"only removed lines", 10, 10, "C.m", []change.Hunk{{OldStart: 10, OldLines: 1, NewStart: 9, Ops: "-"}}, lines{}, false},
		{"a deleted file", 10, 10, "C.m", []change.Hunk{{OldStart: 1, OldLines: 1, Ops: "-"}}, lines{}, false},
		{"no hunk", 10, 10, "C.m", nil, lines{}, false},
		{"no line", 0, 0, "", []change.Hunk{hunk(1, "+")}, lines{}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := analyzer.Finding{Scope: test.scope, Region: analyzer.Region{StartLine: test.first, EndLine: test.last, EndColumn: 2}}
			got, ok := anchorOf(f, ground{text: sourceLines(auditSource), hunks: test.hunks})
			if got != test.want || ok != test.ok {
				t.Errorf("anchorOf(%d-%d) = %v, %v; want %v, %v", test.first, test.last, got, ok, test.want, test.ok)
			}
		})
	}
}

func TestEnclosing(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		source string
		line   int
		want   lines
	}{
		{"method", auditSource, 10, lines{9, 14}},
		{"nested block", auditSource, 13, lines{9, 14}},
		{"class body", "class A:\n    x = 1\n    y = 2\n\nz = 3\n", 2, lines{1, 3}},
		{"async", "async def f():\n    a()\n\n    b()\nc()\n", 2, lines{1, 4}},
		{"module", "a = 1\nb = 2\n", 1, lines{1, 1}},
		{"beyond the end", "a = 1\n", 9, lines{1, 0}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := enclosing(sourceLines(test.source), test.line); got != test.want {
				t.Errorf("enclosing(%d) = %v, want %v", test.line, got, test.want)
			}
		})
	}
}
