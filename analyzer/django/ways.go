package django

import (
	"slices"

	"github.com/djleak/djleak/analyzer/python"
)

// maxWays bounds the ways to a QuerySet that are told apart. Each condition around a filter() doubles them.
const maxWays = 16

// Ways returns the QuerySets that may stand where q stands, one for each way through the code: orders and
// orders.filter(shop=shop) where a condition decides on the filter. They are q alone where there is one way, or too many.
func (q *QuerySet) Ways() []*QuerySet {
	if len(q.ways) == 0 || len(q.ways) > maxWays {
		return []*QuerySet{q}
	}
	return q.ways
}

// mergeWays gives q the ways of another QuerySet, too.
func (q *QuerySet) mergeWays(other *QuerySet) {
	if len(q.ways) > maxWays {
		return
	}
	q.ways = slices.Concat(q.ownWays(), other.ownWays())
}

// ownWays returns copies of the ways to a QuerySet, which chains go on from without a change to it.
func (q *QuerySet) ownWays() []*QuerySet {
	if len(q.ways) == 0 {
		way := *q
		return []*QuerySet{&way}
	}
	ways := make([]*QuerySet, len(q.ways))
	for i, way := range q.ways {
		own := *way
		ways[i] = &own
	}
	return ways
}

// onEachWay does to each way what is done to the whole. The ways may be those of another QuerySet that goes on otherwise, so that
// they are made anew.
func (q *QuerySet) onEachWay(change func(way *QuerySet)) {
	if len(q.ways) == 0 {
		return
	}
	q.ways = q.ownWays()
	for _, way := range q.ways {
		change(way)
	}
}

// Including returns the QuerySet without the filters that only leave rows out, as exclude() does: filter(~Q(pk=sender.pk)).
func (q *QuerySet) Including() *QuerySet {
	if !slices.ContainsFunc(q.Steps, leavesOut) {
		return q
	}
	including := *q
	including.Steps = slices.DeleteFunc(slices.Clone(q.Steps), leavesOut)
	return &including
}

// leavesOut reports whether a step is a filter by nothing but negated look-ups.
func leavesOut(step Step) bool {
	return step.Method == "filter" && len(step.Call.Keywords) == 0 && len(step.Call.Args) > 0 &&
		!slices.ContainsFunc(step.Call.Args, func(arg python.Expr) bool {
			not, ok := arg.(*python.UnaryOp)
			return !ok || not.Op != python.Invert
		})
}
