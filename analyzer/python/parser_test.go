package python

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

//nolint:paralleltest // Others would allocate meanwhile.
func TestParserAllocatesNothing(t *testing.T) {
	source := strings.Repeat("@a.b(c)\nclass D(E, metaclass=F):\n    \"\"\"Doc.\"\"\"\n    g: h = [1, 2.5, *i]\n\n"+
		"    async def j(self, k, *l, m=1, **n) -> o:\n        # Comment.\n        with p as q, r(s for s in t if u):\n"+
		"            return f'{v:>{w}}' + x[y:z] if not a < b else {**c, 'd': lambda: e}\n", 50)
	var parser Parser
	if file := parser.Parse(source); len(file.Errors) > 0 {
		t.Fatal(file.Errors)
	}
	if count := testing.AllocsPerRun(10, func() { parser.Parse(source) }); count > 0 {
		t.Errorf("a warm parser allocates %v times", count)
	}
}

// TestParserForgets parses a large file and then small ones, none of which may show remains of another.
func TestParserForgets(t *testing.T) {
	t.Parallel()
	var parser Parser
	parser.Parse(strings.Repeat("def f(a=1, *b, c: d = 2, **e) -> g: return [h, *i, {j: k}], 'l' 'm', f'{n!r:o}'\n", 100))
	for _, source := range []string{"def f(): pass", "f()", "[]", "{}", "''", "a", "()", "a[:]", "lambda: 1", "f'{a}'"} {
		want := dump(Parse(source), true)
		if diff := cmp.Diff(want, dump(parser.Parse(source), true)); diff != "" {
			t.Errorf("%q (-fresh +used):\n%s", source, diff)
		}
	}
}

// TestParserKeepsNoSource looks for names of a file that was parsed before the last.
func TestParserKeepsNoSource(t *testing.T) {
	t.Parallel()
	var parser Parser
	parser.Parse(strings.Repeat("large\nglobal large\n", 1000))
	parser.Parse("global small; small")
	parser.Parse("global small; small")
	for _, chunk := range parser.names.chunks {
		for _, name := range chunk {
			if name.Id == "large" {
				t.Fatal("a node keeps a source alive")
			}
		}
	}
	for _, chunk := range parser.stringList.chunks {
		if slices.Contains(chunk, "large") {
			t.Fatal("a list keeps a source alive")
		}
	}
}

func TestComments(t *testing.T) {
	t.Parallel()
	source := "# a\nb = 1  # c\nif d:\n    # e\n    f(  # g\n        # h\n        i)\n  # j\n'# k'\nf'''{l # m\n}# n'''\n)  # o\n# p"
	file := Parse(source)
	type comment struct {
		text    string
		ownLine bool
	}
	var got []comment
	for _, c := range file.Comments {
		got = append(got, comment{source[c.Start:c.End], c.OwnLine})
	}
	want := []comment{
		{"# a", true},
		{"# c", false},
		{"# e", true},
		{"# g", false},
		{"# h", true},
		{"# j", true},
		{"# m", false},
		{"# o", false},
		{"# p", true},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(comment{})); diff != "" {
		t.Errorf("comments (-want +got):\n%s", diff)
	}
}

func TestTextOfNode(t *testing.T) {
	t.Parallel()
	file := Parse("@a\ndef  f ( b ) : pass\n")
	function, ok := file.Module.Body[0].(*FunctionDef)
	if !ok {
		t.Fatal("no function")
	}
	if got := file.Text(function); got != "def  f ( b ) : pass" {
		t.Errorf("the function is %q", got)
	}
	if got := file.Source[function.NameSpan.Start:function.NameSpan.End]; got != "f" {
		t.Errorf("the name is %q", got)
	}
}
