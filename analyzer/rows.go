package analyzer

import "github.com/djleak/djleak/analyzer/django"

// GrowsWithUse reports whether a QuerySet grows as its table does, and the table with use: by what the model is called, where that
// speaks for itself, or else by its fields.
func (p *Pass) GrowsWithUse(q *django.QuerySet) bool {
	return p.GrowsByName(q) && p.FilledByUse(q)
}

// FilledByUse reports whether use fills the table behind a QuerySet, whatever part of it is asked for: by what the model is called,
// where that speaks for itself, or else by its fields.
func (p *Pass) FilledByUse(q *django.QuerySet) bool {
	return p.SpeaksForItself(q) || p.Project.Records(p.ModelName(q))
}
