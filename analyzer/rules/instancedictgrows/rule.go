// Package instancedictgrows reports containers of objects that a module keeps for the life of the process.
package instancedictgrows

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/growth"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a container on an object of which the module makes one for the whole process, or for each function that it decorates.
var Rule = &analyzer.Rule{
	Name:       "instance-dict-grows",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Preview,
	Triggers:   []string{"class "},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, class := range pass.Classes {
		if what := pass.Singleton(class); what != "" && what != django.ModuleObject {
			continue
		}
		holder, decorates := pass.ProcessWide(class), isDecorator(pass, class)
		lives := holder + " holds one object for the whole process"
		switch {
		case decorates:
			lives = "the function that it decorates holds it for the whole process"
		case holder == "":
			continue
		}
		for _, h := range growth.OfClass(pass.File, class) {
			for _, g := range growth.First(h.Growing(pass.File, pass.RunsOnObject)) {
				d := analyzer.Diagnostic{
					Span: g.Node.Range(),
					Message: "`" + h.Name + "` on " + class.Name + " keeps " + growth.Kept(pass.File, g.Use.Use, "call") +
						"; " + lives,
					Remedy: growth.Remedy(pass.File, h),
				}
				if decorates {
					d.Remedy = "from functools import lru_cache\n\n@lru_cache(maxsize=1000)  # in place of @" + class.Name + "\n"
				}
				if g.Variety != growth.Many && (!decorates || g.Function.Name != "__call__") {
					low := analyzer.LowConfidence
					d.Confidence = &low
				}
				pass.Report(d)
			}
		}
	}
}

// isDecorator reports whether a class decorates functions: it is made of one, which it keeps, and calling its object calls that.
func isDecorator(pass *analyzer.Pass, class *names.Class) bool {
	made, called := class.Method("__init__"), class.Method("__call__")
	if made == nil || called == nil || len(made.Params()) != 2 || len(pass.Made(class)) > 0 {
		return false
	}
	function := made.Params()[1].Name
	return slices.ContainsFunc(pass.Attributes(class), func(attribute *names.Attribute) bool {
		kept, calls := false, false
		for _, use := range attribute.Uses {
			value, ok := use.Value.(*python.Name)
			kept = kept || use.Method == made && use.Kind == names.Rebinds && ok && value.Id == function
			call, ok := pass.Parent(use.Expr).(*python.Call)
			calls = calls || use.Method == called && ok && call.Func == use.Expr
		}
		return kept && calls
	})
}
