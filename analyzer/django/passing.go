package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// passing name states that a row is in for a while, so that few are at any time.
var passing = map[string]bool{
	"pending": true, "queued": true, "running": true, "processing": true, "started": true, "waiting": true, "scheduled": true,
	"sending": true, "retry": true, "retrying": true, "stuck": true, "progress": true, "unsent": true, "unprocessed": true,
	"editing": true, "draft": true, "triggered": true, "stale": true, "expired": true, "due": true, "overdue": true, "dead": true, "incomplete": true, "unfinished": true,
}

// completion matches columns that tell that work on a row has come to its end.
var completion = pattern.New(`(^|_)(finished|completed?|done|processed|sent|ended|delivered|synced|executed|handled|dispatched|notified|recorded|indexed|scanned|parsed|imported|exported|confirmed)(_at|_on|_date)?$`)

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
