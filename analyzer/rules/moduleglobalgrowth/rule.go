// Package moduleglobalgrowth reports containers of a module that functions fill while the process serves.
package moduleglobalgrowth

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/growth"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a module-level container that a function grows and nothing bounds.
var Rule = &analyzer.Rule{
	Name:       "module-global-growth",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Stable,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, h := range growth.OfModule(pass.File) {
		for _, g := range growth.First(h.Growing(pass.File, pass.RunsAgain)) {
			if keepsRequest(pass, g) {
				continue // For request-retained-globally.
			}
			d := analyzer.Diagnostic{
				Span:    g.Node.Range(),
				Message: "`" + h.Name + "` keeps " + growth.Kept(pass.File, g.Use.Use, "call") + " for the life of the process",
				Remedy:  growth.Remedy(pass.File, h),
			}
			d.Preview = !servesMany(pass, g) || pass.DevelopersTool(g.Node)
			if g.Variety != growth.Many {
				low := analyzer.LowConfidence
				d.Confidence = &low
			}
			pass.Report(d)
		}
	}
}

// servesMany reports whether the code itself shows that many different things come to be kept: it answers requests, runs tasks or
// hears signals, or keys by what a row or a request holds. Of a function that anybody may call with any name nobody can see
// that; a few settings or kinds may be all that it is ever called with.
func servesMany(pass *analyzer.Pass, g growth.Growth) bool {
	if pass.ContextAt(g.Node) != django.OtherContext {
		return true
	}
	served := false
	if g.Key != nil {
		python.Walk(pass.Deref(g.Key), func(node python.Node) bool {
			access, ok := node.(*python.Attribute)
			served = served || ok && isServed(access)
			return !served
		})
	}
	return served
}

var (
	// servedWord ends the names of those whom a process serves, and of what they send.
	servedWord = pattern.New(`(?i)(^|_)((users?|request|req|session|visitor|customer|subscriber)(_?(id|pk|key|uuid))?|username|email|token|nonce|jti|` +
		`ip|addr|address|path|full_path|url|uri|query)$`)
	// rowKey are names of the keys of rows.
	rowKey = pattern.New(`^(pk|id|uuid|slug|name)$`)
)

// isServed reports whether an attribute is of what a process serves many of, such as user.pk or request.path, or tells them
// apart by itself, as order.email does. Of the key of any other row nobody can see whether use brings such rows in or an
// administrator.
func isServed(access *python.Attribute) bool {
	return servedWord.MatchString(access.Attr) || rowKey.MatchString(access.Attr) && servedWord.MatchString(python.LastName(access.Value))
}

// keepsRequest reports whether a use puts an object of one request into the container.
func keepsRequest(pass *analyzer.Pass, g growth.Growth) bool {
	return slices.ContainsFunc([]python.Expr{g.Key, g.Value}, func(expr python.Expr) bool {
		kept := pass.PerRequest(expr)
		return kept != "" && kept != "user"
	})
}
