package django

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

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

// expiry matches columns that say when a row is to go, or that somebody asked for it to go.
var expiry = pattern.New(`(?i)expir|valid_(until|to)|delete_(at|after)|schedule|to_be_(deleted|removed)|marked_for_(deletion|removal)|(deletion|removal)_(requested|pending|due)|pending_(deletion|removal)`)

// Expires reports whether a QuerySet asks by when its rows are to go, or whether they are to: what clears those whose time has come
// runs often and meets few.
func (q *QuerySet) Expires() bool {
	return slices.ContainsFunc(q.Steps, func(step Step) bool {
		return slices.ContainsFunc(step.Call.Keywords, func(k *python.Keyword) bool { return expiry.MatchString(k.Name) })
	})
}

// isEarlier reports whether a value is some time before another: now() - timedelta(weeks=2), now() - settings.CART_TTL.
func (f *File) isEarlier(value python.Expr) bool {
	if f.deltaBefore(value) != nil {
		return true
	}
	minus, ok := f.Deref(value).(*python.BinOp)
	return ok && minus.Op == python.Sub && f.isNow(minus.Left)
}

// isNow reports whether a value is the time at which the code runs: timezone.now(), datetime.utcnow(), date.today().
func (f *File) isNow(value python.Expr) bool {
	call, ok := f.Deref(value).(*python.Call)
	if !ok {
		return false
	}
	switch python.LastName(call.Func) {
	case "now", "utcnow", "today", "localtime":
		return true
	}
	return false
}

// AgedInHours reports whether a QuerySet asks for what is older than a day at most: what goes so soon is cleared often, and little has
// come since the last time.
func (f *File) AgedInHours(q *QuerySet) bool {
	return slices.ContainsFunc(slices.Collect(f.asked(q)), func(k *python.Keyword) bool {
		lookup := lookupOf(k.Name)
		return (lookup == "lt" || lookup == "lte") && f.isHoursAgo(k.Value)
	})
}

// isHoursAgo reports whether a value is a day or less before another time, or as many hours as the settings say: now() -
// timedelta(minutes=30).
func (f *File) isHoursAgo(value python.Expr) bool {
	delta := f.deltaBefore(value)
	return delta != nil && len(delta.Args) == 0 && len(delta.Keywords) > 0 && !slices.ContainsFunc(delta.Keywords, func(k *python.Keyword) bool {
		most, known := map[string]float64{"hours": 24, "minutes": 24 * 60, "seconds": 24 * 60 * 60}[k.Name]
		amount := f.Deref(k.Value)
		if constant, ok := amount.(*python.Constant); ok {
			n, err := strconv.ParseFloat(constant.Raw, 64)
			return !known || err != nil || n > most
		}
		access, ok := amount.(*python.Attribute)
		return !known || !ok || python.LastName(access.Value) != "settings"
	})
}

// deltaBefore returns the timedelta or relativedelta by which a value stands before another time, or nil.
func (f *File) deltaBefore(value python.Expr) *python.Call {
	minus, ok := f.Deref(value).(*python.BinOp)
	if !ok || minus.Op != python.Sub {
		return nil
	}
	delta, ok := f.Deref(minus.Right).(*python.Call)
	if !ok || !strings.HasSuffix(python.LastName(delta.Func), "delta") {
		return nil
	}
	return delta
}

// isDaysAgo reports whether a value is no more than a month before another time: now() - timedelta(days=7).
func (f *File) isDaysAgo(value python.Expr) bool {
	delta := f.deltaBefore(value)
	if delta == nil || len(delta.Keywords) == 0 {
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
	delta := f.deltaBefore(value)
	return delta != nil && slices.ContainsFunc(delta.Keywords, func(k *python.Keyword) bool {
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
