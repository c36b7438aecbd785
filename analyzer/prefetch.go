package analyzer

import "github.com/djleak/djleak/analyzer/django"

// LosesPrefetch reports whether iterator() leaves out what a QuerySet prefetches, as it does before Django 4.1 whatever the
// chunk_size. Source: https://docs.djangoproject.com/en/5.2/releases/4.1/#models
func (p *Pass) LosesPrefetch(qs *django.QuerySet) bool {
	return qs.Prefetches() && p.Django().Before(4, 1)
}

// PrefetchedInPieces returns a loop over the rows of a QuerySet that holds some of them at a time, each with what is prefetched,
// and does without iterator(). A slice, of which no filter can take a piece, is bounded already.
func (p *Pass) PrefetchedInPieces(qs *django.QuerySet) string {
	if qs.Sliced {
		return "for row in " + p.Operand(qs.Expr) + ":  # iterator() would leave out what is prefetched\n    ...\n"
	}
	return "from itertools import islice\n\nrows = " + p.Operand(qs.Expr) +
		"\npks = rows.values_list(\"pk\", flat=True).iterator(chunk_size=2000)\nwhile batch := list(islice(pks, 500)):\n" +
		"    for row in rows.filter(pk__in=batch):\n        ...\n"
}
