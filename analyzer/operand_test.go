package analyzer_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

func TestOperand(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ expr, want, negation string }{
		{"a", "a", "not a"},
		{"a.b()", "a.b()", "not a.b()"},
		{"a[1]", "a[1]", "not a[1]"},
		{"a | b", "(a | b)", "not a | b"},
		{"a if b else c", "(a if b else c)", "not a if b else c"},
		{"a\n    .b()", "(a\n    .b())", "not a\n    .b()"},
		{"a.b(\n    c\n)", "a.b(\n    c\n)", "not a.b(\n    c\n)"},
	} {
		file := python.Parse("show(" + test.expr + ")")
		pass := &analyzer.Pass{File: django.NewFile(names.Resolve(file), "shop/app.py")}
		arg := pass.Calls[0].Args[0]
		if got := pass.Operand(arg); got != test.want {
			t.Errorf("Operand(%s) = %s, want %s", test.expr, got, test.want)
		}
		if got := pass.Negation(arg, test.expr); got != test.negation {
			t.Errorf("Negation(%s) = %s, want %s", test.expr, got, test.negation)
		}
	}
	file := python.Parse("x == len(y)")
	pass := &analyzer.Pass{File: django.NewFile(names.Resolve(file), "shop/app.py")}
	if got, want := pass.Negation(pass.Calls[0], "y.exists()"), "(not y.exists())"; got != want {
		t.Errorf("Negation = %s, want %s", got, want)
	}
}
