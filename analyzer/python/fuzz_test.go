package python

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// FuzzParse holds every tree, of broken source too, to what its readers rely on.
func FuzzParse(f *testing.F) {
	for _, path := range pythonFiles(f, "testdata/syntax") {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for statement := range strings.SplitAfterSeq(string(data), "\n") {
			f.Add(statement)
		}
	}
	for _, broken := range brokenSources {
		f.Add(broken.source)
	}
	var parser Parser
	f.Fuzz(func(t *testing.T, source string) {
		file := parser.Parse(source)
		if err := checkFile(file); err != nil {
			t.Error(err)
		}
		if got := Parse(source); len(got.Errors) != len(file.Errors) || got.NodeCount != file.NodeCount {
			t.Error("a fresh parser sees another tree")
		}
	})
}

// checkFile checks that spans nest and siblings are in order, that Walk meets each node once and,
// where there is no error, all of them, and that comments and
// errors are in order.
func checkFile(file *File) error {
	c := checker{file: file, seen: make([]bool, file.NodeCount)}
	c.node(file.Module, file.Module.Span)
	if len(file.Errors) == 0 && slices.Contains(c.seen, false) {
		c.failf("node %d is not in the tree", slices.Index(c.seen, false))
	}
	last := int32(0)
	for _, comment := range file.Comments {
		if comment.Start < last || !strings.HasPrefix(file.Source[comment.Start:comment.End], "#") {
			c.failf("comment at %d", comment.Start)
		}
		last = comment.End
	}
	last = 0
	for _, problem := range file.Errors {
		if problem.Start < last || problem.End < problem.Start || int(problem.End) > len(file.Source) || problem.Msg == "" {
			c.failf("error at %d", problem.Start)
		}
		last = problem.Start
	}
	return c.err
}

type checker struct {
	file *File
	seen []bool
	err  error
}

func (c *checker) failf(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

func (c *checker) node(node Node, within Span) {
	span := node.Range()
	if span.Start > span.End || !within.Contains(span) {
		c.failf("%T %v is not within %v", node, span, within)
	}
	id := int(node.ID())
	if id >= len(c.seen) || c.seen[id] {
		c.failf("%T has the number %d of another node", node, id)
		return
	}
	c.seen[id] = true
	last := int32(0)
	first := true
	Walk(node, func(child Node) bool {
		if first {
			first = false
			return true
		}
		if child.Range().Start < last {
			c.failf("%T %v in %T %v stands before %d", child, child.Range(), node, span, last)
		}
		last = child.Range().End
		inner := span
		switch node := node.(type) {
		case *FunctionDef:
			if len(node.Decorators) > 0 {
				inner.Start = within.Start
			}
		case *ClassDef:
			if len(node.Decorators) > 0 {
				inner.Start = within.Start
			}
		}
		c.node(child, inner)
		return false
	})
}
