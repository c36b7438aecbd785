package python

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWalkOrder(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ source, want string }{
		{"@a\n@b\ndef f[T](c: d = e, /, g=h, *i: j, k, l=m, **n: o) -> p: q", "a b d e h j m o p q"},
		{"class A(b, c=d, *e, **f): g", "b d e f g"},
		{"f(a, b=c, *d, **e)", "f a c d e"},
		{"a if b else c", "a b c"},
		{"{a: b, **c, d: e}", "a b c d e"},
		{"[a for b in c if d for e in f]", "a b c d e f"},
		{"{a: b for c in d}", "a b c d"},
		{"a < b < c", "a b c"},
		{"a[b:c:d, e]", "a b c d e"},
		{"lambda a=b, *, c=d: e", "b d e"},
		{"f'{a:{b}}{c}'", "a b c"},
		{"t'{a:{b}}{c}'", "a b c"},
		{"a = b = c", "a b c"},
		{"a: b = c", "a b c"},
		{"a += b", "a b"},
		{"for a in b: c\nelse: d", "a b c d"},
		{"with a as b, c as d: e", "a b c d e"},
		{"try: a\nexcept b as c: d\nelse: e\nfinally: f", "a b d e f"},
		{"if a: b\nelif c: d\nelse: e", "a b c d e"},
		{"match a:\n case b.c | {d.e: f.g} | h(i.j, k=l.m) as n if o: p", "a b d f h i l o p"},
		{"type A[B: c = d, *E = f, **G = h] = i", "A c d f h i"},
		{"assert a, b; raise c from d; del e, f; return g", "a b c d e f g"},
		{"(a := b); (yield c); (yield from d); await e", "a b c d e"},
	} {
		var got []string
		file := Parse(test.source)
		Walk(file.Module, func(n Node) bool {
			if name, ok := n.(*Name); ok {
				got = append(got, name.Id)
			}
			return true
		})
		if diff := cmp.Diff(strings.Fields(test.want), got); diff != "" || len(file.Errors) > 0 {
			t.Errorf("%q (-want +got): %s %v", test.source, diff, file.Errors)
		}
		if err := checkFile(file); err != nil {
			t.Errorf("%q: %v", test.source, err)
		}
	}
}

func TestWalkSkipsChildren(t *testing.T) {
	t.Parallel()
	var got []string
	Walk(Parse("def f(): a\nb").Module, func(n Node) bool {
		if name, ok := n.(*Name); ok {
			got = append(got, name.Id)
		}
		_, isFunction := n.(*FunctionDef)
		return !isFunction
	})
	if diff := cmp.Diff([]string{"b"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestWalkNothing(t *testing.T) {
	t.Parallel()
	Walk(nil, func(Node) bool {
		t.Error("visited nothing")
		return true
	})
}
