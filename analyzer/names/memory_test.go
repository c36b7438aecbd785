package names_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

const shop = `
import functools as ft
from .models import Order

ORDERS = {}

class Cart(Base[int]):
    items = []

    @ft.cache
    async def add(self, *items, note: "str" = None, **more) -> None:
        """Adds."""
        global ORDERS
        ORDERS = {i: [x for x in items if x] for i in more}
        def inner():
            nonlocal note
            note = f"{self.items!r:>{len(items)}}"
        with open(note) as f, Order() as o:
            total = lambda a, b=1: (yield a) + b
        match items:
            case [Order(id=1, *rest), {"k": v, **r}] | None as w if (n := 1):
                del self.items[0], v
`

// TestWalk holds the walk over the list against the one over the tree, from every node on and for every kind of node left
// out.
func TestWalk(t *testing.T) {
	t.Parallel()
	file := names.Resolve(python.Parse(shop))
	record := func(walk func(python.Node, func(python.Node) bool), from python.Node, leftOut string) []string {
		var seen []string
		walk(from, func(n python.Node) bool {
			seen = append(seen, fmt.Sprintf("%T@%d", n, n.Range().Start))
			return fmt.Sprintf("%T", n) != leftOut
		})
		return seen
	}
	for _, from := range file.Nodes() {
		for _, leftOut := range []string{"", "*python.FunctionDef", "*python.Call", "*python.Attribute", "*python.Arguments"} {
			want := record(python.Walk, from, leftOut)
			if diff := cmp.Diff(want, record(file.Walk, from, leftOut)); diff != "" {
				t.Errorf("from %T at %d, without %s (-tree +list):\n%s", from, from.Range().Start, leftOut, diff)
			}
		}
	}
	if want := file.NodeCount; len(file.Nodes()) != want {
		t.Errorf("%d nodes, the parser made %d", len(file.Nodes()), want)
	}
	file.Walk(nil, func(python.Node) bool { t.Error("nil is no node"); return false })
}

// summary tells what a file's names come to.
func summary(f *names.File) []string {
	var lines []string
	for _, node := range f.Nodes() {
		line := fmt.Sprintf("%T@%d in %q of %T", node, node.Range().Start, f.EnclosingName(node), f.Parent(node))
		if name, ok := node.(*python.Name); ok {
			line += " " + f.Qualified(name)
			if binding := f.Binding(name); binding != nil {
				line += fmt.Sprintf(" %s %d definitions %d uses", binding.Name, len(binding.Definitions), len(binding.Uses))
			}
		}
		lines = append(lines, line)
	}
	for _, class := range f.Classes {
		lines = append(lines, fmt.Sprintf("class %s %q %d methods", class.QualifiedName, class.BaseNames, len(class.Methods)))
	}
	return append(lines, fmt.Sprint(len(f.Functions), len(f.Calls), len(f.Loops), len(f.Comprehensions), len(f.Dicts),
		len(f.Statements), len(f.ImportFroms), len(f.Assigns), f.StarImports))
}

func TestResolverIsReused(t *testing.T) {
	t.Parallel()
	var many strings.Builder
	many.WriteString("from big import *\n")
	for i := range 5000 {
		fmt.Fprintf(&many, "name_%d = name_%d\nclass C%d(name_%d):\n    def m(self): return name_%d\n", i, i/2, i, i, i)
	}
	var resolver names.Resolver
	var parser python.Parser
	for _, code := range []string{shop, many.String(), "", "x = 1\n", shop, many.String(), shop} {
		want := summary(names.Resolve(python.Parse(code)))
		if diff := cmp.Diff(want, summary(resolver.Resolve(parser.Parse(code)))); diff != "" {
			t.Fatalf("a resolver that was used before (-new +used):\n%s", diff)
		}
	}
}

// TestManyNames has more names in one scope than the file's size lets expect.
func TestManyNames(t *testing.T) {
	t.Parallel()
	var code strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&code, "a%d=1\n", i)
	}
	file := names.Resolve(python.Parse(code.String()))
	for i := range 3000 {
		if binding := file.Module.Lookup(fmt.Sprint("a", i)); binding == nil || len(binding.Definitions) != 1 {
			t.Fatalf("a%d is bound to %v", i, binding)
		}
	}
	if file.Module.Lookup("a3000") != nil {
		t.Error("a name that is not there has a binding")
	}
}

func BenchmarkResolve(b *testing.B) {
	file := python.Parse(strings.Repeat(shop, 50))
	var resolver names.Resolver
	b.SetBytes(int64(len(file.Source)))
	b.ReportAllocs()
	for b.Loop() {
		resolver.Resolve(file)
	}
}
