package analyzer

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/selection"
)

// isByHand reports whether the admin's own page is all by which rows of a model come: one module defines it, the admin knows it, and
// nothing in the repository that production runs makes a row of it. Staff types such rows one by one. Accounts come without a line of the
// project's.
func (l *library) isByHand(model string) bool {
	byHand, known := l.byHand[model]
	if !known {
		byHand = model != "" && !strings.HasSuffix(model, "User") && l.comesByHand(model)
		l.byHand[model] = byHand
	}
	return byHand
}

func (l *library) comesByHand(model string) bool {
	definitions := l.definitions(model)
	if len(definitions) != 1 || l.makesOwnRows(definitions[0]) {
		return false
	}
	backs := []string{strings.ToLower(model) + "_set"}
	for _, match := range relatedName.Regexp().FindAllStringSubmatch(definitions[0].body, -1) {
		backs = append(backs, strings.Trim(match[1], `"'`))
	}
	var known, typed atomic.Bool
	var mu sync.Mutex
	var serializers []string
	made := l.anyModule(func(file, text string) bool {
		if isTrial(file) {
			return false
		}
		places := 0
		for start := range django.Words(text, model) {
			if places++; places > maxPlaces {
				return true
			}
			before, behind := text[:start], text[start+len(model):]
			var class string
			kind := other
			if describes(before, behind) {
				class, kind = classAround(before)
			}
			switch {
			case registers.MatchString(before[strings.LastIndexByte(before, '\n')+1:]):
				known.Store(true)
			case kind == form && adminModule.MatchString(file):
				typed.Store(true)
			case kind == serializer:
				mu.Lock()
				serializers = append(serializers, class)
				mu.Unlock()
			case kind != view && makesRow(before, behind):
				return true
			}
		}
		return slices.ContainsFunc(backs, func(back string) bool { return fills(text, back) })
	})
	// Rows that pile up, as a rule, may be left from code that is gone, unless the admin has a form for them.
	byHand := !made && (typed.Load() || known.Load() && !django.PilesUp(model))
	return byHand && (len(serializers) == 0 || !l.anyModule(func(file, text string) bool {
		return !isTrial(file) && slices.ContainsFunc(serializers, func(serializer string) bool { return saves(text, serializer) })
	}))
}

// maxPlaces is how many places of a file are looked at that name something: what has more may do anything with it, and each
// takes a look at the class around.
const maxPlaces = 500

// A definition is the text of a model's class, and that of its module.
type definition struct{ body, module string }

// makesOwnRows reports whether a model makes its own rows, or a manager of the project's own may.
func (l *library) makesOwnRows(d definition) bool {
	if makesItself.MatchString(d.body) {
		return true
	}
	return slices.ContainsFunc(manager.Regexp().FindAllStringSubmatch(d.body, -1), func(match []string) bool {
		body, ok := classBody(d.module, match[1])
		return ok && makesOwn.MatchString(body) || !ok && !l.isOthers(d.module, match[1])
	})
}

// isOthers reports whether a module imports a name from one that is not the repository's.
func (l *library) isOthers(text, name string) bool {
	places := 0
	for start := range django.Words(text, name) {
		if places++; places > maxPlaces {
			return false
		}
		if module := importedFrom(text[:start]); module != "" && !strings.HasPrefix(module, ".") {
			return len(l.placesOf(asPath(module))) == 0
		}
	}
	return false
}

// definitions returns the classes of a name at the top of the repository's modules of models.
func (l *library) definitions(class string) []definition {
	var found []definition
	for _, file := range l.definers()[class] {
		if text, ok := l.text(file); ok {
			body, _ := classBody(text, class)
			found = append(found, definition{body, text})
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
	// reads matches the head of a view that shows rows.
	reads = pattern.New(`\b((List|Detail|Delete)View|(List|Retrieve|Destroy)APIView|ReadOnlyModelViewSet|(List|Retrieve)ModelMixin)\b`)
	// writes matches that of one which takes them from a form as well.
	writes = pattern.New(`Create|Update|Form|Edit|\bModelViewSet`)
	// forms matches the head of a form, of a view with one, or of what puts the rows of one model into the form of another's.
	forms = pattern.New(`[a-z](Form|View|Inline)\b`)
	// adminModule matches the paths of modules that make up the admin's pages.
	adminModule = pattern.New(`(^|/)(\w+_)?admin(_\w+)?(/|\.py$)`)
	// trial matches paths of what fills the tables of a developer or a demonstration.
	trial = pattern.New(`(?i)(^|[/_])(fixtures?|seeds?|seeder|demo|populate|factory)([/_.]|$)`)
)

// isTrial reports whether what a file makes are no rows of production's: it is a test's or a demonstration's, or a migration's, which
// says of each model what it is.
func isTrial(file string) bool {
	kind := selection.KindOf(file)
	return kind == selection.Test || kind == selection.Migration || trial.MatchString(file)
}

// makesRow reports whether a model that stands between two texts is asked for a new row, or is that of a class, or a base.
func makesRow(before, behind string) bool {
	line := before[strings.LastIndexByte(before, '\n')+1:]
	statement := strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(statement, "#"), statement == "class":
		return false
	case strings.HasPrefix(statement, "class "), strings.Contains(line, "get_model("), strings.Contains(line, "form_factory("), strings.Contains(line, "formset_factory("):
		return true
	}
	return describes(before, behind) || makes.MatchString(behind)
}

// describes reports whether two texts meet where the class around tells its model: model = Order. That of Order.tags.through is another.
func describes(before, behind string) bool {
	statement := strings.TrimSpace(before[strings.LastIndexByte(before, '\n')+1:])
	return strings.HasPrefix(statement, "model") && strings.Contains(statement, "=") && !strings.HasPrefix(behind, ".")
}

// A classKind is what a class does with the rows of its model, as far as its head tells.
type classKind uint8

const (
	other classKind = iota
	// view shows rows, form takes them from who types them, and serializer does what the view does that it is for.
	view
	form
	serializer
)

// classAround returns the name and the kind of the class at the top of a module in which a text ends, where it ends in one.
func classAround(before string) (name string, kind classKind) {
	at := lastBeginning(before, "class ")
	if at < 0 || behindClass.MatchString(before[at:]) {
		return "", other
	}
	head, _, _ := strings.Cut(before[at+len("class "):], ":\n")
	name, bases, _ := strings.Cut(head, "(")
	switch {
	case strings.Contains(bases, "Serializer"):
		return name, serializer
	case reads.MatchString(bases) && !writes.MatchString(bases):
		return name, view
	case forms.MatchString(bases):
		return name, form
	}
	return name, other
}

// saves reports whether a text may save rows with a serializer: it gives it data, derives another from it, or hands it to what is not seen
// to show rows alone. As a field of another one it saves none.
// Source: https://www.django-rest-framework.org/api-guide/serializers/#writable-nested-representations
func saves(text, name string) bool {
	places := 0
	for start := range django.Words(text, name) {
		if places++; places > maxPlaces || places == 1 && strings.Contains(text, "Nested") { // As drf-writable-nested has it.
			return true
		}
		before, behind := text[:start], text[start+len(name):]
		statement := strings.TrimSpace(before[strings.LastIndexByte(before, '\n')+1:])
		_, kind := classAround(before)
		switch {
		case statement == "class", kind == view, importedFrom(before) != "", strings.HasPrefix(statement, "#"):
		case strings.HasPrefix(statement, "class "):
			return true
		case kind == serializer:
		case !strings.HasPrefix(behind, "("), givesData.MatchString(behind):
			return true
		}
	}
	return false
}

// givesData matches the arguments of a serializer that takes in what a client sent.
var givesData = pattern.New(`^\([^()]*\bdata\s*=`)

// importedFrom returns the module from which the list imports in which a text ends, or nothing where it ends in none.
func importedFrom(before string) string {
	at := lastBeginning(before, "from ")
	if at < 0 {
		return ""
	}
	match := importList.Regexp().FindStringSubmatch(before[at:])
	if match == nil {
		return ""
	}
	return match[1]
}

// importList matches an import, up to one of its names.
var importList = pattern.New(`^from ([\w.]+) import(?:\s+[\w\s,]*|\s*\([\w\s,#]*)$`)

// lastBeginning returns where the last line of a text stands that begins with some words, or -1.
func lastBeginning(text, words string) int {
	if at := strings.LastIndex(text, "\n"+words); at >= 0 {
		return at + 1
	}
	if strings.HasPrefix(text, words) {
		return 0
	}
	return -1
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
