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
		Remedy:  remedy(pass, what, h, g),
		Preview: isPassing(what, g),
	}
	if g.Variety != growth.Many {
		low := analyzer.LowConfidence
		d.Confidence = &low
	}
	pass.Report(d)
}

// isPassing reports whether what is kept may be little, or not for long: a router chooses among databases by what there are as few of,
// and a handler may be made for one piece of work, to collect what is logged of it.
func isPassing(what string, g growth.Growth) bool {
	return what == django.DatabaseRouter && g.Kind == names.GrowsKeyed || what == django.LoggingHandler
}

// remedy returns a list of its own where a method adds to one of the admin class's options, and a bound for any other container.
func remedy(pass *analyzer.Pass, what string, h growth.Holder, g growth.Growth) string {
	if what != django.AdminClass || !isOption[h.Name] || g.Kind != names.Grows || g.Value == nil {
		return growth.Remedy(pass.File, h)
	}
	added := "*" + pass.Operand(g.Value)
	if g.Method == "append" {
		added = pass.Text(g.Value)
	}
	return "return [*self." + h.Name + ", " + added + "]\n"
}

// isOption has the lists among the options of admin classes, each with a method that returns it for a request.
// Source: https://docs.djangoproject.com/en/5.2/ref/contrib/admin/#modeladmin-methods
var isOption = map[string]bool{
	"exclude": true, "fields": true, "fieldsets": true, "inlines": true, "list_display": true, "list_display_links": true,
	"list_filter": true, "ordering": true, "readonly_fields": true, "search_fields": true, "sortable_by": true,
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an "
	}
	return "a "
}
