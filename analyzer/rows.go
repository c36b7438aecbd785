package analyzer

import "github.com/djleak/djleak/analyzer/django"

// GrowsWithUse reports whether a QuerySet grows as its table does, and the table with use: by what the model is called, where that
// speaks for itself, or else by its fields.
func (p *Pass) GrowsWithUse(q *django.QuerySet) bool {
	return p.GrowsByName(q) && p.FilledByUse(q)
}

// FilledByUse reports whether use fills the table behind a QuerySet, whatever part of it is asked for: by what the model is called,
// where that speaks for itself, or else by its fields.
//
// The accounts count in migrations alone. Their table holds a site's public or a company's staff, and nothing in the code tells which:
// neither views nor packages for signing up do. Of the loops over them in commands and tasks that people read 57 of 78
// were worth a remark, of those in migrations 51 of 57.
func (p *Pass) FilledByUse(q *django.QuerySet) bool {
	model := p.ModelName(q)
	if django.IsAccount(model) && !p.InMigration(q.Expr) {
		return false
	}
	return p.SpeaksForItself(q) || p.Project.Records(model)
}
