package querysetloopwithoutiterator

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

// fixes returns the call of iterator() for a loop whose body it leaves alone, with the number of rows for a bar around it. There is none where the cursor would not
// survive the loop, nor where the loop adds to the table it reads: SQLite hands such rows to the loop as well, without end.
// Source: https://docs.djangoproject.com/en/5.2/ref/databases/#sqlite-isolation
func fixes(pass *analyzer.Pass, qs *django.QuerySet, body []python.Stmt, method string) []analyzer.SuggestedFix {
	if !isCertain(pass, qs) || pass.AddsTo(qs, body) || closesConnections(pass, body) || pass.LosesPrefetch(qs) {
		return nil
	}
	check := "Is each row used once, in this loop? Behind PgBouncer in transaction mode DISABLE_SERVER_SIDE_CURSORS must be set."
	if pass.WritesIn(body) {
		check += " On SQLite, does the loop change the table it reads? Then a row may come twice or not at all."
	}
	edits := []analyzer.TextEdit{analyzer.Insert(qs.Expr.Range().End, "."+method+"(chunk_size=2000)")}
	if bar, end := uncounted(pass, qs.Expr); bar != nil {
		edits = append(edits, analyzer.Insert(end, ", total="+pass.Operand(qs.Expr)+".count()"))
	}
	return []analyzer.SuggestedFix{{
		Message: "Fetch the rows in pieces with " + method + "()",
		Kind:    analyzer.UnsafeFix,
		Check:   check,
		Edits:   edits,
	}}
}

// isCertain reports whether what is looped over has iterator() as QuerySets have it. What was made elsewhere is a QuerySet
// where it has a method that nothing else has.
func isCertain(pass *analyzer.Pass, qs *django.QuerySet) bool {
	return qs.Certain(pass.File) || !qs.Custom && (qs.Has("select_related") || qs.Has("prefetch_related") || qs.Has("values_list"))
}

func closesConnections(pass *analyzer.Pass, body []python.Stmt) bool {
	for node := range pass.WithinBlock(body) {
		if call, ok := node.(*python.Call); ok && pass.ClosesConnections(call.Func) {
			return true
		}
	}
	return false
}
