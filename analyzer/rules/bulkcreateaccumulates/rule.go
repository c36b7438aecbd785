// Package bulkcreateaccumulates reports lists that collect an object for every row or line before they are saved at once.
package bulkcreateaccumulates

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed doc.md
var doc string

// Rule reports bulk_create() and bulk_update() of what a loop over an unbounded source collected.
var Rule = &analyzer.Rule{
	Name:       "bulk-create-accumulates",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Stable,
	Files:      selection.Code | selection.Migration,
	Triggers:   []string{"bulk_create", "bulk_update"},
	Project:    true,
	Run:        run,
}

// A save is one call of bulk_create() or bulk_update(), and the list that it saves.
type save struct {
	call    *python.Call
	method  *python.Attribute
	objects python.Expr
}

func run(pass *analyzer.Pass) {
	told := make(map[*python.For]bool)
	for _, call := range pass.Calls {
		s, ok := saveOf(call)
		if !ok {
			continue
		}
		c, ok := collectionOf(pass, s.objects, maxHands)
		if !ok {
			c, ok = ofRows(pass, s)
		}
		if !ok || c.loop != nil && told[c.loop] {
			continue // Whoever mends the loop sees its other lists.
		}
		if report(pass, s, c) {
			told[c.loop] = true
		}
	}
}

func saveOf(call *python.Call) (save, bool) {
	method, ok := call.Func.(*python.Attribute)
	if !ok {
		return save{}, false
	}
	switch method.Attr {
	case "bulk_create", "bulk_update", "abulk_create", "abulk_update":
	default:
		return save{}, false
	}
	if objs := names.Keyword(call, "objs"); objs != nil {
		return save{call, method, objs.Value}, true
	}
	if len(call.Args) == 0 {
		return save{}, false
	}
	return save{call, method, call.Args[0]}, true
}

// stands reports whether the call is a statement of its own.
func (s save) stands(pass *analyzer.Pass) bool {
	parent := pass.Parent(s.call)
	if await, ok := parent.(*python.Await); ok {
		parent = pass.Parent(await)
	}
	_, alone := parent.(*python.ExprStmt)
	return alone
}

func (s save) updates() bool { return strings.HasSuffix(s.method.Attr, "update") }

// A collection is how the list that is saved came about.
type collection struct {
	holder   string
	iterable python.Expr
	// loop is the for statement that fills the list, comprehension the expression that makes it, fetched the one that fetches the rows
	// which are themselves what is saved; two of them are nil.
	loop          *python.For
	comprehension python.Expr
	fetched       python.Expr
	// chosen is true where a condition decides which rows are saved, atHand where it asks for what is in memory already.
	chosen, atHand bool
	// handed is true where another function fills the list than the one that saves it.
	handed bool
}

// collectionOf returns how the list that is saved came about, where a loop or a comprehension makes it, in another function of the
// file perhaps.
func collectionOf(pass *analyzer.Pass, list python.Expr, hands int) (collection, bool) {
	switch e := list.(type) {
	case *python.ListComp:
		return ofClause(pass, e.Generators[0], "the list", e), true
	case *python.GeneratorExp:
		return ofClause(pass, e.Generators[0], "the list that it makes of the generator", e), true
	case *python.Name:
		if list, ok := pass.Deref(e).(*python.ListComp); ok {
			return ofClause(pass, list.Generators[0], "`"+e.Id+"`", list), true
		}
		for _, loop := range pass.Loops {
			if loop.Contains(e.Span) {
				continue
			}
			if grown := collects(pass, loop, e); grown != nil {
				chosen := pass.IsChosen(grown, loop)
				return collection{holder: "`" + e.Id + "`", iterable: loop.Iter, loop: loop, chosen: chosen, atHand: isAtHand(pass, grown, loop)}, true
			}
		}
	}
	return handed(pass, list, hands)
}

// ofRows returns the collection whose rows are themselves what is saved, as a QuerySet or in a list of it, after a loop has changed them:
// bulk_update(orders, ["open"]).
func ofRows(pass *analyzer.Pass, s save) (collection, bool) {
	c := collection{holder: "the list of them"}
	if name, ok := s.objects.(*python.Name); ok {
		c.holder = "`" + name.Id + "`"
	}
	if copied := pass.Copy(pass.Deref(s.objects)); copied != nil && copied.Element == nil && !copied.Iterator {
		c.iterable, c.fetched = copied.Rows.Expr, copied.Expr
		return c, true
	}
	if rows := pass.QuerySet(s.objects); rows == nil || rows.Has("raw") {
		return c, false
	}
	c.iterable, c.fetched = s.objects, s.objects
	if walk := firstWalk(pass, s.objects); walk != nil {
		c.fetched = walk.Iter
	}
	return c, true
}

// firstWalk returns the first loop over the QuerySet that a variable holds, which is where its rows are fetched.
func firstWalk(pass *analyzer.Pass, rows python.Expr) *python.For {
	for _, loop := range pass.Loops {
		if loop.End <= rows.Range().Start && pass.FunctionAt(loop) == pass.FunctionAt(rows) && isSame(pass, loop.Iter, rows) {
			return loop
		}
	}
	return nil
}

// isSame reports whether two names are those of one variable.
func isSame(pass *analyzer.Pass, a, b python.Expr) bool {
	name, ok := unwrapped(pass, a).(*python.Name)
	other, isName := b.(*python.Name)
	return ok && isName && pass.Binding(name) == pass.Binding(other)
}

// isDoubtful reports whether few of the rows that are fetched and saved may come, or whether a loop needs all of them.
func isDoubtful(pass *analyzer.Pass, s save, c collection) bool {
	rows := pass.QuerySet(c.iterable)
	return !pass.GrowsWithUse(rows) || !pass.WorksThrough(rows, s.call) || slices.ContainsFunc(pass.Loops, func(loop *python.For) bool {
		return isSame(pass, loop.Iter, s.objects) && pass.KeepsEachRow(rows, loop, loop.Target, loop.Body)
	})
}

func ofClause(pass *analyzer.Pass, clause *python.Comprehension, holder string, comprehension python.Expr) collection {
	atHand := slices.ContainsFunc(clause.Ifs, func(test python.Expr) bool { return asksForMember(pass, clause, test, true) })
	return collection{holder: holder, iterable: clause.Iter, comprehension: comprehension, chosen: len(clause.Ifs) > 0, atHand: atHand}
}

// collects returns where a loop in front of a use of a list fills the list, or nil.
func collects(pass *analyzer.Pass, loop *python.For, list *python.Name) python.Node {
	if loop.End > list.Start || pass.FunctionAt(loop) != pass.FunctionAt(list) {
		return nil
	}
	found := pass.Collected(loop, loop.Body)
	i := slices.IndexFunc(found, func(c django.Collection) bool {
		name, ok := c.Expr.(*python.Name)
		return ok && c.Kind == names.Grows && pass.Binding(name) == pass.Binding(list)
	})
	if i < 0 {
		return nil
	}
	return found[i].Node
}

// report tells of a collection that has no bound, and returns whether it did.
func report(pass *analyzer.Pass, s save, c collection) bool {
	severity, confidence, from, ok := weigh(pass, s, c)
	if !ok {
		return false
	}
	long := confidence == analyzer.LowConfidence && maybeLong(pass, s, c)
	if long {
		severity, confidence = analyzer.Low, analyzer.MediumConfidence
	}
	message := c.holder + " holds a new object for every " + from + " before the first is saved"
	if s.updates() || c.fetched != nil {
		message = c.holder + " holds every " + from + " before the first is saved"
		if c.chosen {
			message = c.holder + " holds every " + from + " that changes before the first is saved"
		}
	}
	if names.Keyword(s.call, "batch_size") != nil {
		message += ": `batch_size` bounds the statements, not the list"
	}
	span := s.call.Func.Range()
	if c.fetched != nil {
		span = c.fetched.Range()
	}
	d := analyzer.Diagnostic{
		Span:       span,
		Message:    message,
		Severity:   &severity,
		Confidence: &confidence,
		// A file that a person made, or that is shipped with the code, has few lines. Whoever uses what the call returns wants all of
		// it. What is in memory already bounds what is picked by it, and the last run what has come since. A function that returns a
		// list may be there for many callers.
		Preview: long || c.handed || from == line || !s.stands(pass) || c.atHand || catchesUp(pass, s, c) ||
			c.fetched != nil && isDoubtful(pass, s, c),
		Remedy: remedy(pass, s, c),
	}
	if rows := pass.QuerySet(c.iterable); rows != nil {
		d.Table, d.Rows = pass.MigratedTable(rows), pass.ModelName(rows)
	}
	pass.Report(d)
	return true
}
