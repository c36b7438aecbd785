package django

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// A Scale says how many rows a model's table is likely to have, by what the model's name says its rows are.
type Scale uint8

// The scales.
const (
	// UnknownScale is that of most models: only those who run the project know.
	UnknownScale Scale = iota
	// Configured tables hold what people set up by hand, and stay small: roles, plugins, projects, schedules.
	Configured
	// Collected tables hold what use brings in, and grow with it: users, orders, messages, files, logs.
	Collected
)

// Scale returns how many rows the table behind a QuerySet is likely to have.
func (f *File) Scale(q *QuerySet) Scale {
	model := f.ModelName(q)
	scale := scaleOf(model)
	if scale != UnknownScale {
		return scale
	}
	switch apps := collectedIn[model]; {
	case apps != nil && f.isOfApp(q, apps):
		return Collected
	case f.isIndexed(model):
		return Configured
	}
	return UnknownScale
}

// isIndexed reports whether the file puts the whole table of a model into a dict by what people call its rows:
// {kind.slug: kind for kind in Kind.objects.all()}. Whoever does so knows that they are few.
func (f *File) isIndexed(model string) bool {
	return model != "" && slices.ContainsFunc(f.Comprehensions, func(clause *python.Comprehension) bool {
		dict, ok := f.Parent(clause).(*python.DictComp)
		if !ok || len(clause.Ifs) > 0 {
			return false
		}
		key, ok := dict.Key.(*python.Attribute)
		if !ok || !HoldsRow(key.Value, clause.Target) || !appellations[key.Attr] {
			return false
		}
		rows := f.QuerySet(clause.Iter)
		return rows != nil && !rows.Given && !rows.Related && !rows.conditional() && f.ModelName(rows) == model
	})
}

// appellations are columns with what people call a row.
var appellations = map[string]bool{"slug": true, "name": true, "code": true, "key": true, "label": true, "codename": true, "identifier": true}

// isOfApp reports whether a model's module or the file at hand belongs to an app of one of the names.
func (f *File) isOfApp(q *QuerySet, apps []string) bool {
	parts := strings.Split(f.Path, "/")
	if access, ok := q.Root.(*python.Attribute); ok {
		parts = append(parts, strings.Split(f.Qualified(access.Value), ".")...)
	}
	return slices.ContainsFunc(parts, func(part string) bool { return slices.Contains(apps, part) })
}

// ModelName returns the name of the model behind a QuerySet as its class has it: Order where the code says
// OrderModel = apps.get_model("shop", "Order"), or where it stands in a method of OrderManager. It is empty where nothing tells.
func (f *File) ModelName(q *QuerySet) string {
	if access, ok := q.Root.(*python.Attribute); ok && isManager(access) {
		if name, ok := f.historicalModel(access.Value); ok {
			return name
		}
	}
	if q.Model != "" {
		if isClassName(q.Model) {
			return q.Model
		}
		// A variable that may hold any model, unless it is the class around.
		if fn := f.FunctionAt(q.Root); fn != nil && fn.Class != nil && q.Model == fn.Self() && f.ClassKind(fn.Class) == Model {
			return fn.Class.Name
		}
		return ""
	}
	fn := f.FunctionAt(q.Root)
	if fn == nil || fn.Class == nil || q.Given {
		return ""
	}
	if name, ok := q.Root.(*python.Name); ok && name.Id == fn.Self() && f.ClassKind(fn.Class) == Manager {
		return strings.TrimSuffix(fn.Class.Name, "Manager")
	}
	return ""
}

// historicalModel returns the model that a call names which looks it up: apps.get_model("shop", "Order"),
// get_user_model().
func (f *File) historicalModel(expr python.Expr) (string, bool) {
	call, ok := f.Deref(expr).(*python.Call)
	if !ok {
		return "", false
	}
	switch python.LastName(call.Func) {
	case "get_user_model":
		return "User", true
	case "get_model", "get_registered_model":
	default:
		return "", false
	}
	var name python.Expr
	if len(call.Args) > 0 {
		name = call.Args[len(call.Args)-1]
	}
	if keyword := names.Keyword(call, "model_name"); keyword != nil {
		name = keyword.Value
	}
	if name == nil {
		return "", false
	}
	if strings.Contains(f.Text(name), "AUTH_USER_MODEL") {
		return "User", true
	}
	constant, ok := name.(*python.Constant)
	if !ok {
		return "", true // Any model.
	}
	text, _ := constant.Str()
	return text[strings.LastIndex(text, ".")+1:], true
}

// stem returns a model's name without what says that it is one, and in the singular.
func stem(model string) string {
	model = strings.TrimSuffix(strings.TrimSuffix(model, "_model"), "Model")
	if singular, ok := strings.CutSuffix(model, "s"); ok && !strings.HasSuffix(singular, "s") && !endsIn(configured, model) {
		return singular
	}
	return model
}

func scaleOf(model string) Scale {
	model = stem(model)
	if owner, ok := strings.CutSuffix(model, "Profile"); ok && (endsIn(configured, owner) || smallTable(owner)) {
		return Configured // One for each.
	}
	switch {
	case model == "":
		return UnknownScale
	case strings.HasPrefix(model, "Historical"):
		return Collected // Every change of a row makes one.
	case smallTable(model) || endsIn(configured, model):
		return Configured
	case endsIn(edited, model):
		return UnknownScale
	case speaksForItself(model), endsIn(mostly, model):
		return Collected
	}
	return UnknownScale
}

// speaksForItself reports whether the name of a model alone says that use brings its rows.
func speaksForItself(model string) bool {
	return strings.HasPrefix(model, "Historical") || endsIn(collected, model) || isOneOf(alone, model)
}

// SpeaksForItself reports whether what the model behind a QuerySet is called says that use brings its rows in nearly every project
// that has one of that name.
func (f *File) SpeaksForItself(q *QuerySet) bool {
	model := f.ModelName(q)
	return speaksForItself(stem(model)) || collectedIn[model] != nil && f.Scale(q) == Collected
}

// endsIn reports whether a model's name ends in one of the words. Names that have no capitals, as get_model() allows, are
// compared without; a short word may stand at their end by chance, as line does in timeline.
func endsIn(words []string, model string) bool {
	lower := model == strings.ToLower(model)
	return slices.ContainsFunc(words, func(word string) bool {
		if !lower {
			return strings.HasSuffix(model, word)
		}
		word = strings.ToLower(word)
		return model == word || len(word) > len("line") && strings.HasSuffix(model, word)
	})
}

// isOneOf reports whether a model has one of the names, in capitals or without, as get_model() allows.
func isOneOf(names []string, model string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(model, name) })
}

// passing name states that a row is in for a while, so that few are at any time.
var passing = map[string]bool{
	"pending": true, "queued": true, "running": true, "processing": true, "started": true, "waiting": true, "scheduled": true,
	"sending": true, "retry": true, "retrying": true, "stuck": true, "progress": true, "unsent": true, "unprocessed": true,
	"editing": true, "draft": true, "triggered": true, "stale": true, "expired": true, "due": true, "overdue": true, "dead": true, "incomplete": true, "unfinished": true,
}

// completion matches columns that tell that work on a row has come to its end.
var completion = pattern.New(`(^|_)(finished|completed?|done|processed|sent|ended|delivered|synced|executed|handled|dispatched|notified|recorded|indexed|scanned|parsed|imported|exported|confirmed)(_at|_on|_date)?$`)

// staff matches columns that tell who may do more than others.
var staff = pattern.New(`^(is_(staff|superuser|admin|moderator|owner)|can_\w+)$`)

// Narrowed reports whether a QuerySet asks for little at any time, however large its table: for what is in a passing state,
// for what happened lately, for those who run the project, or for what belongs to rows that the function was given.
func (f *File) Narrowed(q *QuerySet) bool {
	return f.passes(q) || f.isRecent(q) || slices.ContainsFunc(slices.Collect(f.asked(q)), func(k *python.Keyword) bool {
		if staff.MatchString(strings.TrimPrefix(k.Name, "user__")) {
			return isBool(k.Value, python.True)
		}
		if strings.HasPrefix(k.Name, "groups__") || strings.HasPrefix(k.Name, "user_permissions__") {
			return true
		}
		rows := f.QuerySet(k.Value)
		return lookupOf(k.Name) == "in" && rows != nil && rows.Given
	})
}

// asked yields the look-ups of a QuerySet's filters, those of Q objects among them.
func (f *File) asked(q *QuerySet) iter.Seq[*python.Keyword] {
	return func(yield func(*python.Keyword) bool) {
		for _, step := range q.Steps {
			if step.Method != "filter" {
				continue
			}
			for _, keyword := range slices.Concat(step.Call.Keywords, f.alternatives(step.Call)) {
				if !yield(keyword) {
					return
				}
			}
		}
	}
}

// passes reports whether a QuerySet asks for what is in a passing state: what waits to be sent, what has not come to its
// end, what has become due.
func (f *File) passes(q *QuerySet) bool {
	model := f.ModelName(q)
	for _, prefix := range []string{"Pending", "Queued", "Scheduled", "Active", "Current"} {
		if strings.HasPrefix(model, prefix) {
			return true
		}
	}
	if slices.ContainsFunc(q.Steps, func(s Step) bool { return !chaining[s.Method] && passing[lastPart(s.Method)] }) {
		return true
	}
	state := false
	marked := map[string]bool{}
	for keyword := range f.asked(q) {
		column, lookup, _ := strings.Cut(strings.TrimSuffix(keyword.Name, "__exact"), "__")
		ended := completion.MatchString(column)
		switch {
		case lookup == "" && choices[lastPart(column)]:
			if passing[lastPart(stateOf(keyword.Value))] {
				return true
			}
			state = true
		case lookup == "" && ended && (isBool(keyword.Value, python.False) || isNone(keyword.Value)),
			lookup == "isnull" && ended && isBool(keyword.Value, python.True):
			return true
		case lookup == "" && isBool(keyword.Value, python.True):
			marked[column] = true
		}
	}
	for keyword := range f.times(q) {
		// Of one kind, and its time has come; or marked, and since when.
		column, _, _ := strings.Cut(keyword.Name, "__")
		if state || marked[strings.TrimSuffix(strings.TrimSuffix(column, "_at"), "_on")] {
			return true
		}
	}
	return false
}

func isBool(expr python.Expr, kind python.ConstantKind) bool {
	constant, ok := expr.(*python.Constant)
	return ok && constant.Kind == kind
}

// Mismatched reports whether a QuerySet asks for what a pattern picks, as those do that mend what was written wrongly.
func (f *File) Mismatched(q *QuerySet) bool {
	return slices.ContainsFunc(q.Steps, func(step Step) bool {
		if step.Method != "filter" && step.Method != "exclude" {
			return false
		}
		return slices.ContainsFunc(step.Call.Keywords, func(k *python.Keyword) bool {
			switch lookupOf(k.Name) {
			case "startswith", "istartswith", "endswith", "iendswith", "contains", "icontains", "regex", "iregex":
				return isText(k.Value)
			}
			return false
		})
	})
}

// stateOf returns the name of a state: that of a constant, or a text.
func stateOf(value python.Expr) string {
	if constant, ok := value.(*python.Constant); ok {
		text, _ := constant.Str()
		return strings.ToLower(text)
	}
	if access, ok := value.(*python.Attribute); ok && (access.Attr == "value" || access.Attr == "name") {
		return stateOf(access.Value)
	}
	return strings.ToLower(python.LastName(value))
}

func lastPart(name string) string { return name[strings.LastIndexAny(name, "_- ")+1:] }

// isRecent reports whether a QuerySet asks for what happened between two times, or since some days ago: what is done every
// so often meets few rows each time.
func (f *File) isRecent(q *QuerySet) bool {
	after, before := map[string]bool{}, map[string]bool{}
	for keyword := range f.asked(q) {
		path := strings.Split(keyword.Name, "__")
		switch path[len(path)-1] {
		case "date", "month", "week", "day":
			if len(path) > 1 && isTime(path[len(path)-2]) {
				return true
			}
		}
	}
	for keyword := range f.times(q) {
		column, _, _ := strings.Cut(keyword.Name, "__")
		switch lookupOf(keyword.Name) {
		case "gt", "gte":
			if f.isDaysAgo(keyword.Value) {
				return true
			}
			after[column] = !f.isLongAgo(keyword.Value)
		case "lt", "lte":
			before[column] = true
		default:
			after[column], before[column] = !f.isLongAgo(firstOf(keyword.Value)), true
		}
		if after[column] && before[column] {
			return true
		}
	}
	return false
}

// times yields the look-ups of a QuerySet that compare a time.
func (f *File) times(q *QuerySet) iter.Seq[*python.Keyword] {
	return func(yield func(*python.Keyword) bool) {
		for keyword := range f.asked(q) {
			switch lookupOf(keyword.Name) {
			case "lt", "lte", "gt", "gte", "range":
			default:
				continue
			}
			path := strings.Split(keyword.Name, "__")
			if len(path) > 1 && isTime(path[len(path)-2]) && !yield(keyword) {
				return
			}
		}
	}
}

// Aged reports whether a QuerySet asks for what is older than something: what has an age is recorded day by day.
func (f *File) Aged(q *QuerySet) bool {
	return slices.ContainsFunc(slices.Collect(f.asked(q)), func(k *python.Keyword) bool {
		path := strings.Split(k.Name, "__")
		switch path[len(path)-1] {
		case "lt", "lte":
			return len(path) > 1 && isTime(path[len(path)-2]) || f.isEarlier(k.Value)
		case "gt", "gte":
			return len(path) > 1 && age.MatchString(path[len(path)-2])
		}
		return false
	})
}

// age matches columns that hold how old something is.
var age = pattern.New(`(^|_)(age|since)(_|$)`)

// isEarlier reports whether a value is some time before another: now() - timedelta(weeks=2).
func (f *File) isEarlier(value python.Expr) bool {
	minus, ok := f.Deref(value).(*python.BinOp)
	if !ok || minus.Op != python.Sub {
		return false
	}
	delta, ok := f.Deref(minus.Right).(*python.Call)
	return ok && strings.HasSuffix(python.LastName(delta.Func), "delta")
}

// isDaysAgo reports whether a value is no more than a month before another time: now() - timedelta(days=7).
func (f *File) isDaysAgo(value python.Expr) bool {
	minus, ok := f.Deref(value).(*python.BinOp)
	if !ok || minus.Op != python.Sub {
		return false
	}
	delta, ok := f.Deref(minus.Right).(*python.Call)
	if !ok || !strings.HasSuffix(python.LastName(delta.Func), "delta") || len(delta.Keywords) == 0 {
		return false
	}
	return !slices.ContainsFunc(delta.Keywords, func(k *python.Keyword) bool {
		if name := python.LastName(k.Value); name != "" && name == strings.ToUpper(name) {
			return false // An interval with a name is one between two runs.
		}
		return !isNumber(k.Value) || exceedsMonth(k)
	})
}

// isLongAgo reports whether a value is more than a month before another time: what happened since then is much.
func (f *File) isLongAgo(value python.Expr) bool {
	minus, ok := f.Deref(value).(*python.BinOp)
	if !ok || minus.Op != python.Sub {
		return false
	}
	delta, ok := f.Deref(minus.Right).(*python.Call)
	return ok && strings.HasSuffix(python.LastName(delta.Func), "delta") && slices.ContainsFunc(delta.Keywords, func(k *python.Keyword) bool {
		return isNumber(k.Value) && exceedsMonth(k)
	})
}

// exceedsMonth reports whether a part of a timedelta or a relativedelta, which is a number, is more than a month.
func exceedsMonth(part *python.Keyword) bool {
	constant, _ := part.Value.(*python.Constant)
	n, err := strconv.Atoi(constant.Raw)
	most, known := map[string]int{"days": 31, "hours": 744, "weeks": 4, "months": 1}[part.Name]
	return err != nil || known && n > most || !known && part.Name != "minutes" && part.Name != "seconds"
}

func isNumber(expr python.Expr) bool {
	constant, ok := expr.(*python.Constant)
	return ok && constant.Kind == python.Int
}

// firstOf returns the first of the two ends of a range, or the range itself where they cannot be seen.
func firstOf(ends python.Expr) python.Expr {
	switch e := ends.(type) {
	case *python.Tuple:
		if len(e.Elts) > 0 {
			return e.Elts[0]
		}
	case *python.List:
		if len(e.Elts) > 0 {
			return e.Elts[0]
		}
	}
	return ends
}

// isTime reports whether a column holds a time, by its name.
func isTime(column string) bool {
	switch column {
	case "created", "updated", "modified", "added", "date", "time", "timestamp", "datetime", "last_login", "when":
		return true
	}
	for _, suffix := range []string{"_at", "_on", "_date", "_time", "_timestamp", "_datetime"} {
		if strings.HasSuffix(column, suffix) {
			return true
		}
	}
	return strings.HasPrefix(column, "date_") || strings.HasPrefix(column, "time_")
}
