package django

import (
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// fewRows matches what people write where they know that few rows are there.
var fewRows = pattern.New(`(?i)\b(very few|only a few|a handful of) (rows|records|objects|entries)\b|\b(early (on )?in (the )?development|(no|before any|before we have) (production|live|real) (data|users))\b`)

// SaysFew reports whether the function around a node, or the text at the top of the file, says that few rows are there.
func (f *File) SaysFew(node python.Node) bool {
	if body := f.Body(); len(body) > 0 {
		if text, ok := body[0].(*python.ExprStmt); ok && fewRows.MatchString(f.Text(text)) {
			return true
		}
	}
	fn := f.FunctionAt(node)
	if fn == nil {
		return false
	}
	span := fn.Range()
	return fewRows.MatchString(f.Source[span.Start:span.End])
}
