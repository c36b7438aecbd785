package querysetloopwithoutiterator

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// inLanguage matches the names of columns for what another holds, in a language that many sites are written in: title_en, title_pt_br.
var inLanguage = pattern.New(`_(ar|ca|cs|cy|da|de|el|en|es|et|eu|fa|fi|fr|he|hi|hr|hu|it|ja|ko|lt|lv|nb|nl|nn|pl|pt|ro|ru|sk|sl|sr|sv|tr|uk|vi|zh)(_[a-z]{2,4})?$`)

// isTranslated reports whether a loop meets in each row the same text with and without a language, as where a site comes to have several:
// row.title_en = row.title. People translate what editors write.
func isTranslated(pass *analyzer.Pass, w *walk) bool {
	read := map[string]bool{}
	for node := range pass.WithinBlock(w.body) {
		if column, ok := node.(*python.Attribute); ok && django.HoldsRow(column.Value, w.target) {
			read[column.Attr] = true
		}
	}
	for column := range read {
		if text := inLanguage.Regexp().ReplaceAllString(column, ""); text != column && read[text] {
			return true
		}
	}
	return false
}
