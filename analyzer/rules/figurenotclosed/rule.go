// Package figurenotclosed reports pyplot figures that nobody closes.
package figurenotclosed

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a figure of matplotlib.pyplot in code that runs again and again, with no close in sight.
var Rule = &analyzer.Rule{
	Name:       "figure-not-closed",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Preview,
	Triggers:   []string{"pyplot", "pylab"},
	Run:        run,
}

var makers = []string{
	"matplotlib.pyplot.figure", "matplotlib.pyplot.subplots", "matplotlib.pyplot.subplot_mosaic", "pylab.figure",
	"pylab.subplots", "matplotlib.pylab.figure",
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		fn := pass.FunctionAt(call)
		if !slices.Contains(makers, pass.Qualified(call.Func)) || !pass.RunsAgain(fn) || isNumbered(pass, call) || closes(pass, fn) {
			continue
		}
		d := analyzer.Diagnostic{
			Span:    call.Range(),
			Message: "pyplot keeps the figure of each call of " + fn.QualifiedName + " until it is closed",
			Remedy:  remedy(pass, fn, call),
		}
		if name := figure(pass, call); name == "" || returned(fn, name) {
			low := analyzer.LowConfidence
			d.Confidence = &low
		}
		pass.Report(d)
	}
}

// remedy closes the figure by the name that it has, around what draws it as it is written.
func remedy(pass *analyzer.Pass, fn *names.Function, call *python.Call) string {
	pyplot := "plt"
	if access, ok := call.Func.(*python.Attribute); ok {
		pyplot = pass.Text(access.Value)
	}
	name := figure(pass, call)
	closing := pyplot + ".close(" + name + ")\n"
	if _, assigned := pass.Parent(call).(*python.Assign); !assigned || name == "" {
		closing = pyplot + ".close()\n"
	}
	drawing := "..."
	for node := range pass.Own(fn) {
		saves, ok := node.(*python.Call)
		if ok && saves.Start > call.Start && python.LastName(saves.Func) == "savefig" && !strings.Contains(pass.Text(saves), "\n") {
			drawing = pass.Text(saves)
			break
		}
	}
	return "try:\n    " + drawing + "\nfinally:\n    " + closing
}

// isNumbered reports whether the figure has a fixed number or name, under which pyplot hands out the same one again.
func isNumbered(pass *analyzer.Pass, call *python.Call) bool {
	var number python.Expr
	if keyword := names.Keyword(call, "num"); keyword != nil {
		number = keyword.Value
	} else if len(call.Args) > 0 && strings.HasSuffix(pass.Qualified(call.Func), ".figure") {
		number = call.Args[0]
	}
	if number == nil {
		return false
	}
	if name, ok := number.(*python.Name); ok {
		// for number in plt.get_fignums()
		for _, def := range pass.Reaching(name) {
			if def.Kind == names.Looped {
				return true
			}
		}
	}
	constant, ok := pass.Deref(number).(*python.Constant)
	return ok && constant.Kind != python.None
}

// closes reports whether the function, or one of this file that it calls or that calls it, closes figures.
func closes(pass *analyzer.Pass, fn *names.Function) bool {
	for node := range pass.Within(fn) {
		if isClose(pass, node) {
			return true
		}
	}
	return slices.ContainsFunc(pass.References(fn), func(place python.Expr) bool {
		caller := pass.FunctionAt(place)
		if caller == nil {
			return false
		}
		for node := range pass.Own(caller) {
			if isClose(pass, node) {
				return true
			}
		}
		return false
	})
}

func isClose(pass *analyzer.Pass, node python.Node) bool {
	call, ok := node.(*python.Call)
	if !ok {
		return false
	}
	switch pass.Qualified(call.Func) {
	case "matplotlib.pyplot.close", "pylab.close", "matplotlib.pylab.close",
		// Somebody sits before it and closes the window.
		"matplotlib.pyplot.show", "pylab.show", "matplotlib.pylab.show":
		return true
	}
	return false
}

// figure returns the name that the figure gets, or "".
func figure(pass *analyzer.Pass, call *python.Call) string {
	stmt, ok := pass.Parent(call).(*python.Assign)
	if !ok {
		return "figure"
	}
	switch target := stmt.Targets[0].(type) {
	case *python.Name:
		return target.Id
	case *python.Tuple:
		if len(target.Elts) > 0 {
			if name, ok := target.Elts[0].(*python.Name); ok {
				return name.Id
			}
		}
	}
	return ""
}

// returned reports whether a function hands the figure to its caller, who may close it.
func returned(fn *names.Function, name string) bool {
	values, _ := fn.Results()
	return slices.ContainsFunc(values, func(value python.Expr) bool {
		found := false
		python.Walk(value, func(node python.Node) bool {
			if _, call := node.(*python.Call); call {
				return false
			}
			if n, ok := node.(*python.Name); ok && n.Id == name {
				found = true
			}
			return !found
		})
		return found
	})
}
