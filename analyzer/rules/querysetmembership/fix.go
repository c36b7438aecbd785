package querysetmembership

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
)

// isFilterable reports whether a QuerySet takes one more filter, as contains() needs it: slices and combined queries raise
// an error.
func isFilterable(qs *django.QuerySet) bool {
	return !qs.Sliced && !qs.Has("union") && !qs.Has("intersection") && !qs.Has("difference")
}

// isOwnJoin reports whether one more filter on a column asks the same row of a related table as the column itself: a second
// filter on a relation with many rows joins the table once more.
// Source: https://docs.djangoproject.com/en/5.2/topics/db/queries/#spanning-multi-valued-relationships
func isOwnJoin(qs *django.QuerySet, field string) bool {
	relation, _, related := strings.Cut(field, "__")
	return related && slices.ContainsFunc(qs.Steps, func(step django.Step) bool {
		if step.Method != "filter" && step.Method != "exclude" {
			return false
		}
		for _, keyword := range step.Call.Keywords {
			if keyword.Name == relation || strings.HasPrefix(keyword.Name, relation+"__") {
				return true
			}
		}
		return len(step.Call.Args) > 0
	})
}

// naming says of an object whose name gives it away what contains() makes of it.
func naming(needle string) string {
	if strings.HasSuffix(needle, "user") {
		return ", as for an AnonymousUser"
	}
	return ""
}
