// Package instancedictgrows reports containers of objects that a module keeps for the life of the process.
package instancedictgrows

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/growth"
)

//go:embed doc.md
var doc string

// Rule reports a container on an object of which the module makes one for the whole process.
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
		holder := pass.ProcessWide(class)
		if holder == "" {
			continue
		}
		for _, h := range growth.OfClass(pass.File, class) {
			for _, g := range growth.First(h.Growing(pass.File, pass.RunsOnObject)) {
				d := analyzer.Diagnostic{
					Span: g.Node.Range(),
					Message: "`" + h.Name + "` on " + class.Name + " keeps " + growth.Kept(pass.File, g.Use.Use, "call") +
						"; " + holder + " holds one object for the whole process",
					Remedy: growth.Remedy(pass.File, h),
				}
				if g.Variety != growth.Many {
					low := analyzer.LowConfidence
					d.Confidence = &low
				}
				pass.Report(d)
			}
		}
	}
}
