// Package querysetdeletecollects reports deletions that load every row which they delete.
package querysetdeletecollects

import (
	"cmp"
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed doc.md
var doc string

// Rule reports delete() of an unbounded QuerySet whose rows Django has to load.
var Rule = &analyzer.Rule{
	Name:       "queryset-delete-collects",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Files:      selection.Code | selection.Migration,
	Triggers:   []string{".delete()", ".adelete()"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		access, ok := call.Func.(*python.Attribute)
		if !ok || access.Attr != "delete" && access.Attr != "adelete" || len(call.Args) > 0 || !pass.Batch(call) && pass.ContextAt(call) != django.OtherContext {
			continue
		}
		qs := pass.QuerySet(access.Value)
		if qs == nil || pass.Extent(qs) != django.Whole || pass.NamesRow(qs) || inPieces(pass, call) || marks(pass, qs) {
			continue
		}
		for _, qs := range ofEachModel(pass, qs) {
			if d, ok := diagnose(pass, call, access, qs); ok {
				pass.Report(d)
				break
			}
		}
	}
}

// ofEachModel returns a QuerySet for each of the models of which a loop cleans up old rows, or the given one where it is of no such:
// model.objects in for model in [Order, Invoice].
func ofEachModel(pass *analyzer.Pass, qs *django.QuerySet) []*django.QuerySet {
	manager, ok := qs.Root.(*python.Attribute)
	loop, inside := names.Inside[*python.For](pass.File.File, qs.Root)
	if !ok || !inside || !django.HoldsRow(manager.Value, loop.Target) || !pass.Aged(qs) {
		return []*django.QuerySet{qs}
	}
	var models []python.Expr
	switch list := pass.Deref(loop.Iter).(type) {
	case *python.List:
		models = list.Elts
	case *python.Tuple:
		models = list.Elts
	}
	each := []*django.QuerySet{qs}
	for _, model := range models {
		of := *qs
		of.Model = python.LastName(model)
		each = append(each, &of)
	}
	return each
}

// inPieces reports whether the deletion stands in a loop that walks through the table by pieces.
func inPieces(pass *analyzer.Pass, call *python.Call) bool {
	_, ok := names.Inside[*python.While](pass.File.File, call)
	return ok
}

func diagnose(pass *analyzer.Pass, call *python.Call, access *python.Attribute, qs *django.QuerySet) (analyzer.Diagnostic, bool) {
	// What cascades from a model tells nothing of how much of it goes. A clean-up of what has grown old does.
	why, cascades, loose := "", false, false
	switch {
	case details(pass, call):
		why = "the code counts what cascades"
	case qs.Model == "":
		return analyzer.Diagnostic{}, false
	case pass.ContextAt(call) == django.MigrationContext:
		// No receiver hears of the models as they once were.
		model := pass.ModelName(qs)
		if pass.Project == nil || !slices.Contains(pass.Project.Cascades, model) {
			return analyzer.Diagnostic{}, false
		}
		why = elsewhere(pass.Project, model)
	case pass.Project.DeletionLoads(qs.Model) && !pass.IsSession(qs):
		why = elsewhere(pass.Project, qs.Model)
		cascades = slices.Contains(pass.Project.Cascades, qs.Model)
	case cascadesHere(pass, qs.Model):
		cascades = true
		why = "a model of this file cascades from `" + qs.Model + "`"
	case received(pass, qs.Model):
		why = "a receiver of this file waits for the deletion of `" + qs.Model + "`"
	case pass.Project.DeletionMayLoad(qs.Model) && !pass.IsSession(qs):
		loose = true
		why = "a receiver, in a module that nothing seems to import, waits for the deletion of `" + qs.Model + "`"
	default:
		return analyzer.Diagnostic{}, false
	}
	d := analyzer.Diagnostic{
		Span:    call.Span,
		Message: "`" + access.Attr + "()` loads every row that it deletes into memory first: " + why,
		Remedy:  remedy(pass, call, access, qs),
		// How often it runs, and so how much has piled up, shows nowhere; what use brings in is much. A method of the project's own may
		// return a QuerySet that only marks its rows.
		Preview: !pass.Batch(call) || qs.Custom || !isPlainManager(qs) || pass.Scale(qs) != django.Collected || qs.Expires() || pass.AgedInHours(qs) ||
			pass.LeavesSeen(qs) || repairs(pass, call, access, qs) || cascades && !pass.Aged(qs) || loose,
	}
	// Where nobody cleaned up for long there is much of what has an age; what else is deleted may be little.
	if startsOver(pass, call, qs) || !pass.Plenty(qs) || !pass.Aged(qs) && pass.Scale(qs) != django.Collected {
		low := analyzer.LowConfidence
		d.Confidence = &low
	}
	if pass.ContextAt(call) == django.MigrationContext && (d.Confidence == nil || maybeMany(pass, call, qs)) {
		severity, confidence := analyzer.Low, analyzer.MediumConfidence
		d.Severity, d.Confidence, d.Preview = &severity, &confidence, true
	}
	if d.Confidence != nil && *d.Confidence == analyzer.LowConfidence && cleansUp(pass, call, qs) {
		severity, confidence := analyzer.Low, analyzer.MediumConfidence
		d.Severity, d.Confidence, d.Preview = &severity, &confidence, true
	}
	return d, true
}

// cleansUp reports whether a deletion is of what has grown old: of what piles up even where it takes those of one state alone.
func cleansUp(pass *analyzer.Pass, call *python.Call, qs *django.QuerySet) bool {
	return pass.Aged(qs) && !startsOver(pass, call, qs) && pass.Scale(qs) != django.Configured && (qs.PilesUp() || !pass.Narrowed(qs)) && !pass.DevelopersTool(call) && !pass.Reverses(call) && !pass.InScripts()
}

// isPlainManager reports whether nothing but Django's own manager deletes the rows. One with a name of its own may only mark
// them as deleted.
func isPlainManager(qs *django.QuerySet) bool {
	manager, ok := qs.Root.(*python.Attribute)
	return ok && (manager.Attr == "objects" || manager.Attr == "_default_manager" || manager.Attr == "_base_manager")
}

// marks reports whether the model's manager gives QuerySets of the project's own that only mark the rows as deleted. Migrations have
// Django's own, and so have other managers, of which nothing is known.
func marks(pass *analyzer.Pass, qs *django.QuerySet) bool {
	manager, ok := qs.Root.(*python.Attribute)
	return ok && (manager.Attr == "objects" || manager.Attr == "_default_manager") && pass.Project.MarksDeleted(qs.Model) &&
		pass.ContextAt(qs.Root) != django.MigrationContext
}

// maybeMany reports whether a migration deletes rows of which nothing tells how many there are.
func maybeMany(pass *analyzer.Pass, call *python.Call, qs *django.QuerySet) bool {
	return (qs.Has("filter") || qs.Has("exclude")) && pass.Scale(qs) == django.UnknownScale && !pass.Narrowed(qs) &&
		!pass.Mismatched(qs) && !pass.Reverses(call)
}

// broken matches the names of what mends data that should not be there.
var broken = pattern.New(`(?i)(^|_)(orphan(s|ed)?|dangling|mismatch(es|ed)?|inconsisten(t|cies)|corrupt(ed)?|broken|stray)(_|$)`)

// repairs reports whether a deletion is of rows that lack what they belong to, as its names say: few do.
func repairs(pass *analyzer.Pass, call *python.Call, access *python.Attribute, qs *django.QuerySet) bool {
	lacking := slices.ContainsFunc(qs.Steps, func(step django.Step) bool {
		return slices.ContainsFunc(step.Call.Keywords, func(k *python.Keyword) bool { return strings.HasSuffix(k.Name, "__isnull") })
	})
	return lacking && (broken.MatchString(python.LastName(access.Value)) || broken.MatchString(pass.EnclosingName(call)))
}

// columns returns the call that leaves columns out, where the deletion has one: without it each row is loaded whole.
func columns(pass *analyzer.Pass, qs *django.QuerySet) string {
	for _, method := range []string{"only", "defer"} {
		if call := qs.Last(method); call != nil {
			return "." + method + strings.TrimPrefix(pass.Text(call), pass.Text(call.Func))
		}
	}
	return ""
}

// elsewhere says what in the repository makes Django load the rows of a model.
func elsewhere(facts *project.Facts, model string) string {
	switch {
	case slices.Contains(facts.Cascades, model):
		return "another model cascades from `" + model + "`"
	case slices.Contains(facts.DeleteReceivers, model):
		return "a receiver waits for the deletion of `" + model + "`"
	default:
		return "a receiver waits for the deletion of every model"
	}
}

var (
	// overs match the names of what empties tables to fill them again, on a developer's machine mostly.
	overs = pattern.New(`(?i)(^|[_.])(seed|reset|destroy|populate|fake|demo|sample|test|fixtures?|create|generate|load|setup|init)`)
	// clears match those of what may do so, or may clean up.
	clears = pattern.New(`(?i)(^|[_.])(clear|flush|wipe|drop)`)
)

// startsOver reports whether a deletion empties a whole table, which is done to those that are filled again and to those
// that nobody fills any more, or belongs to a tool named so. What clears rows of some age keeps the others: it cleans up.
func startsOver(pass *analyzer.Pass, call *python.Call, qs *django.QuerySet) bool {
	isOver := func(name string) bool { return overs.MatchString(name) || !pass.Aged(qs) && clears.MatchString(name) }
	return !qs.Has("filter") && !qs.Has("exclude") || isOver(strings.TrimSuffix(path.Base(pass.Path), ".py")) || isOver(pass.EnclosingName(call))
}

// details reports whether the code looks at the numbers of rows that delete() returns by model, which matters only where
// deletions cascade.
func details(pass *analyzer.Pass, call *python.Call) bool {
	assign, ok := pass.Parent(call).(*python.Assign)
	if !ok {
		return false
	}
	targets, ok := assign.Targets[0].(*python.Tuple)
	if !ok || len(targets.Elts) != 2 {
		return false
	}
	name, ok := targets.Elts[1].(*python.Name)
	if !ok || strings.HasPrefix(name.Id, "_") {
		return false
	}
	for _, use := range pass.Binding(name).Uses {
		switch pass.Parent(use).(type) {
		case *python.For, *python.Subscript, *python.Attribute, *python.Comprehension:
			return true
		}
	}
	return false
}

// cascadesHere reports whether a foreign key of this file refers to the model and cascades.
func cascadesHere(pass *analyzer.Pass, model string) bool {
	for _, call := range pass.Calls {
		switch pass.Qualified(call.Func) {
		case "django.db.models.ForeignKey", "django.db.models.OneToOneField":
		default:
			continue
		}
		rule := names.Keyword(call, "on_delete")
		if len(call.Args) == 0 || rule == nil || !strings.HasSuffix(pass.Qualified(rule.Value), ".CASCADE") {
			continue
		}
		if project.ModelName(call.Args[0]) == model {
			return true
		}
	}
	return false
}

// received reports whether a receiver of this file waits for the model's deletion.
func received(pass *analyzer.Pass, model string) bool {
	for _, call := range pass.Calls {
		sender := names.Keyword(call, "sender")
		if sender == nil || project.ModelName(sender.Value) != model {
			continue
		}
		switch name := pass.Qualified(call.Func); {
		case strings.HasSuffix(name, "_delete.connect"):
			return true
		case name == "django.dispatch.receiver" && len(call.Args) > 0 && strings.HasSuffix(pass.Qualified(call.Args[0]), "_delete"):
			return true
		}
	}
	return false
}

// remedy deletes in pieces, in the names at hand. The manager is the one that found the rows: another may not see them.
func remedy(pass *analyzer.Pass, call *python.Call, access *python.Attribute, qs *django.QuerySet) string {
	manager := cmp.Or(qs.Model, "Model") + ".objects"
	if root, ok := qs.Root.(*python.Attribute); ok && !qs.Given {
		manager = pass.Text(root)
	}
	rows := "rows = " + pass.Text(access.Value) + "\n"
	loop := "while pks := list(rows.values_list(\"pk\", flat=True)[:1000]):\n    "
	piece := manager + ".filter(pk__in=pks)" + columns(pass, qs) + ".delete()"
	switch _, alone := pass.Parent(call).(*python.ExprStmt); {
	case details(pass, call):
		return "from collections import Counter\n\n" + rows + "deleted = Counter()  # by model\n" + loop + "deleted.update(" + piece + "[1])\n"
	case !alone:
		return rows + "deleted = 0\n" + loop + "deleted += " + piece + "[0]\n"
	}
	return rows + loop + piece + "\n"
}
