package django

import (
	"iter"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

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

// PickedByHand reports whether values that the code has at hand pick the rows of a QuerySet, or a filter that was put together before:
// filter(pk__in=chosen), filter(conditions).
func (f *File) PickedByHand(q *QuerySet) bool {
	return slices.ContainsFunc(q.Steps, func(step Step) bool {
		if step.Method != "filter" {
			return false
		}
		return slices.ContainsFunc(step.Call.Args, func(arg python.Expr) bool {
			_, named := arg.(*python.Name)
			return named
		}) || slices.ContainsFunc(step.Call.Keywords, func(k *python.Keyword) bool {
			return lookupOf(k.Name) == "in" && !isKinds(k.Value) && f.QuerySet(k.Value) == nil
		})
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

// SearchedByText reports whether a QuerySet looks for rows whose text holds what somebody typed: filter(name__icontains=term).
func (f *File) SearchedByText(q *QuerySet) bool {
	return slices.ContainsFunc(slices.Collect(f.asked(q)), func(k *python.Keyword) bool {
		switch lookupOf(k.Name) {
		case "contains", "icontains", "startswith", "istartswith", "search", "trigram_similar":
			return !isText(k.Value)
		}
		return false
	})
}

func isBool(expr python.Expr, kind python.ConstantKind) bool {
	constant, ok := expr.(*python.Constant)
	return ok && constant.Kind == kind
}

// Mismatched reports whether a QuerySet asks for what a pattern picks, or for what is not what a function makes of it, as those do that
// mend what was written wrongly: filter(name__startswith="["), exclude(name=Lower("name")).
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
			return step.Method == "exclude" && isMadeOf(k.Value, k.Name)
		})
	})
}

// isMadeOf reports whether an expression is what a function makes of a column: Lower("name"), Lower(F("name")).
func isMadeOf(expr python.Expr, column string) bool {
	call, ok := expr.(*python.Call)
	return ok && len(call.Args) > 0 && (textOf(call.Args[0]) == column || isMadeOf(call.Args[0], column))
}

func lastPart(name string) string { return name[strings.LastIndexAny(name, "_- ")+1:] }
