package analyzer

import (
	"strings"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

// WorksThrough reports whether a node belongs to a command, a task or a migration that works through the rows of a QuerySet, and nothing
// says that few of them may come. A script that no command and no task is runs by hand, if at all.
func (p *Pass) WorksThrough(q *django.QuerySet, node python.Node) bool {
	return p.Batch(node) && !p.InScripts() && !q.OnePerParent() && !p.LeavesSeen(q) && !p.Dangling(q) && !p.SaysFew(node)
}

// GrowsWithUse reports whether a QuerySet grows as its table does, and the table with use.
func (p *Pass) GrowsWithUse(q *django.QuerySet) bool { return p.GrowsAsTable(q) && p.OfGrowingTable(q) }

// OfGrowingTable reports whether the table behind a QuerySet grows with use: by what the model is called, where that speaks for itself,
// or else by its fields. Where the name says nothing at all, each row has to be one of many that somebody has.
func (p *Pass) OfGrowingTable(q *django.QuerySet) bool {
	switch p.Scale(q) {
	case django.Collected:
		return p.FilledByUse(q)
	case django.UnknownScale:
		return p.Project.Keeps(p.ModelName(q))
	default:
		return false
	}
}

// FilledByUse reports whether use fills the table behind a QuerySet, whatever part of it is asked for: by what the model is called,
// where that speaks for itself, or else by its fields.
//
// Accounts and profiles count only where the project depends on a package that lets people in, and accounts in migrations alone. They may
// be a site's public or a company's staff: of the loops over accounts in migrations that people read 43 of 45 were worth a remark with
// such a package and 18 of 26 without, of those over profiles 32 of 33 and 10 of 13. In commands and tasks it was 57 of 78, whatever
// the project depends on.
func (p *Pass) FilledByUse(q *django.QuerySet) bool {
	model := p.ModelName(q)
	isAccount := django.IsAccount(model)
	switch {
	case (isAccount || strings.HasSuffix(model, "Profile")) && !p.Project.LetsPeopleIn():
		return false
	case isAccount && !p.InMigration(q.Expr):
		return false
	case p.Project.KeepsSessionsElsewhere() && p.IsSession(q), p.MerelyProducts(q) && !p.Project.Offers(model):
		return false
	}
	return p.SpeaksForItself(q) || p.Project.Records(model)
}
