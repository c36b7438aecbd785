// Package singletonstategrowth reports containers of objects that Django keeps for the life of the process.
package singletonstategrowth

import (
	_ "embed"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/growth"
	"github.com/djleak/djleak/analyzer/names"
)

//go:embed doc.md
var doc string

// Rule reports a container that an admin class, a template node, a storage or the like fills and nothing bounds.
var Rule = &analyzer.Rule{
	Name:       "singleton-state-growth",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Stable,
	Triggers:   []string{"class "},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, class := range pass.Classes {
		what := pass.Singleton(class)
		if what == "" || what == django.ModuleObject || pass.ClassKind(class) == django.Middleware || pass.ClassKind(class) == django.Command {
			continue
		}
		for _, h := range growth.OfClass(pass.File, class) {
			for _, g := range growth.First(h.Growing(pass.File, pass.RunsOnObject)) {
				report(pass, class, what, h, g)
			}
		}
	}
}

func report(pass *analyzer.Pass, class *names.Class, what string, h growth.Holder, g growth.Growth) {
	d := analyzer.Diagnostic{
		Span: g.Node.Range(),
		Message: "`" + h.Name + "` on " + class.Name + " keeps " + growth.Kept(pass.File, g.Use.Use, "call") +
			"; " + article(what) + what + " lives as long as the process",
		Remedy: growth.Remedy(pass.File, h),
		// It chooses among databases by what there are as few of.
		Preview: what == django.DatabaseRouter && g.Kind == names.GrowsKeyed,
	}
	if g.Variety != growth.Many {
		low := analyzer.LowConfidence
		d.Confidence = &low
	}
	pass.Report(d)
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an "
	}
	return "a "
}
