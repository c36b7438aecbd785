package analyzer

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/selection"
)

// isByHand reports whether the admin's own page is all by which rows of a model come: one module defines it, the admin knows it, and
// nothing in the repository that production runs makes a row of it. Staff types such rows one by one.
func (l *library) isByHand(model string) bool {
	byHand, known := l.byHand[model]
	if !known {
		byHand = model != "" && l.comesByHand(model)
		l.byHand[model] = byHand
	}
	return byHand
}

func (l *library) comesByHand(model string) bool {
	definitions := l.definitions(model)
	if len(definitions) != 1 || definitions[0].makes() {
		return false
	}
	backs := []string{strings.ToLower(model) + "_set"}
	for _, match := range relatedName.Regexp().FindAllStringSubmatch(definitions[0].body, -1) {
		backs = append(backs, strings.Trim(match[1], `"'`))
	}
	var registered atomic.Bool
	return !l.anyModule(func(file, text string) bool {
		if isTrial(file) {
			return false
		}
		for start := range django.Words(text, model) {
			before, behind := text[:start], text[start+len(model):]
			if registers.MatchString(before[strings.LastIndexByte(before, '\n')+1:]) {
				registered.Store(true)
			} else if makesRow(before, behind) {
				return true
			}
		}
		return slices.ContainsFunc(backs, func(back string) bool { return fills(text, back) })
	}) && registered.Load()
}

// A definition is the text of a model's class, and that of its module.
type definition struct{ body, module string }

// makes reports whether a model makes its own rows, or a manager of the project's own may.
func (d definition) makes() bool {
	if makesItself.MatchString(d.body) {
		return true
	}
	return slices.ContainsFunc(manager.Regexp().FindAllStringSubmatch(d.body, -1), func(match []string) bool {
		body, ok := classBody(d.module, match[1])
		return !ok || makesOwn.MatchString(body)
	})
}

// definitions returns the classes of a name at the top of the repository's modules of models.
func (l *library) definitions(class string) []definition {
	var found []definition
	for _, file := range l.paths {
		if !strings.HasSuffix(file, ".py") || !strings.Contains(file, "models") || isTrial(file) {
			continue
		}
		raw, err := l.read(file)
		if err != nil {
			continue
		}
		if body, ok := classBody(string(raw), class); ok {
			found = append(found, definition{body, string(raw)})
		}
	}
	return found
}

// fills reports whether a text makes rows through the relation back to them: challenge.invoices.create().
func fills(text, back string) bool {
	for start := range django.Words(text, back) {
		if strings.HasSuffix(text[:start], ".") && adding.MatchString(text[start+len(back):]) {
			return true
		}
	}
	return false
}

var (
	// registers matches what stands in front of a model that the admin gets a page for.
	registers = pattern.New(`\bregister\((\w+\.)*$`)
	// makes matches what stands behind a model that somebody asks for a new row.
	makes = pattern.New(`^(\(|(\.\w+)*\.\w*(create|make|build|generate|issue|record|import|load|add|from)\w*\()`)
	// adding matches what stands behind a relation back through which rows come.
	adding = pattern.New(`^\.\w*(create|add|set)\w*\(`)
	// makesItself matches what makes a row in a class of the model itself.
	makesItself = pattern.New(`\bcls\b|__class__`)
	// manager matches a class behind the manager of a model, makesOwn what makes a row in such a class.
	manager  = pattern.New(`\b(\w+(?:Manager|QuerySet))(?:\(|\.as_manager\(|\.from_queryset\()`)
	makesOwn = pattern.New(`\bself\.(model\(|\w*create\w*\()`)
	// reads matches the class of a view that shows rows.
	reads = pattern.New(`^class \w+\([^)]*\b(List|Detail|Delete)View\b`)
	// writes matches one that takes them from a form as well.
	writes = pattern.New(`Create|Update|Form|Edit`)
	// trial matches paths of what fills the tables of a developer or a demonstration.
	trial = pattern.New(`(?i)(^|[/_])(fixtures?|seeds?|seeder|demo|populate|factory)([/_.]|$)`)
)

// isTrial reports whether what a file makes are no rows of production's: it is a test's or a demonstration's, or a migration's, which
// says of each model what it is.
func isTrial(file string) bool {
	kind := selection.KindOf(file)
	return kind == selection.Test || kind == selection.Migration || trial.MatchString(file)
}

// makesRow reports whether a model that stands between two texts is asked for a new row, or is that of a form, a serializer or the like,
// or a base.
func makesRow(before, behind string) bool {
	line := before[strings.LastIndexByte(before, '\n')+1:]
	statement := strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(statement, "#"), statement == "class":
		return false
	case strings.HasPrefix(statement, "class "), strings.Contains(line, "get_model("):
		return true
	case strings.HasPrefix(statement, "model") && strings.Contains(statement, "="):
		return !isShown(before, line)
	}
	return makes.MatchString(behind)
}

// isShown reports whether the class whose body ends with a line is a view that only shows rows.
func isShown(before, line string) bool {
	at := strings.LastIndex("\n"+before, "\nclass ")
	if at < 0 || len(line)-len(strings.TrimLeft(line, " ")) > len("    ") {
		return false
	}
	head, _, _ := strings.Cut(before[at:], ":\n")
	return reads.MatchString(head) && !writes.MatchString(head)
}

// classBody returns the text of a class at the top of a module.
func classBody(text, class string) (body string, ok bool) {
	at := strings.Index("\n"+text, "\nclass "+class+"(")
	if at < 0 {
		return "", false
	}
	body = text[at:]
	if end := behindClass.Regexp().FindStringIndex(body); end != nil {
		body = body[:end[0]]
	}
	return body, true
}

// behindClass matches the end of a class at the top of a module: what follows is not indented.
var behindClass = pattern.New(`\n[^\s#)]`)
