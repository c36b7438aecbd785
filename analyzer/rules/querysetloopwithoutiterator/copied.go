package querysetloopwithoutiterator

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

// copiesEachRow reports whether a loop makes a record of each row and keeps all of them: a dict or a tuple of so many of its fields
// weighs no less than the row, so that iterator() halves what is held and no more.
func copiesEachRow(pass *analyzer.Pass, w *walk) bool {
	row, ok := w.target.(*python.Name)
	if !ok || w.body == nil {
		return false
	}
	for _, collection := range pass.Collected(w.loop, w.body) {
		if always(pass, w.loop, collection.Node) && slices.ContainsFunc(recordsOf(pass, collection.Value), func(record python.Expr) bool { return isRecord(record, row) }) {
			return true
		}
	}
	return false
}

// always reports whether a part of a loop's body runs for each row, or for each that is new to a container.
func always(pass *analyzer.Pass, loop, part python.Node) bool {
	for node := pass.Parent(part); node != loop; node = pass.Parent(node) {
		switch n := node.(type) {
		case nil, *python.For, *python.While, *python.Try:
			return false
		case *python.If:
			test, ok := n.Test.(*python.Compare)
			if !ok || !slices.Contains(test.Ops, python.NotIn) {
				return false
			}
		}
	}
	return true
}

// recordsOf returns what an expression may be: itself, or what was assigned to the name that it is.
func recordsOf(pass *analyzer.Pass, value python.Expr) []python.Expr {
	name, ok := value.(*python.Name)
	if !ok {
		return []python.Expr{value}
	}
	var values []python.Expr
	for _, def := range pass.Reaching(name) {
		values = append(values, def.Value)
	}
	return values
}

// partsOfRecord is from how many parts on a record of a row is as heavy, where no more than one of them comes from elsewhere.
const partsOfRecord = 3

// isRecord reports whether an expression makes a dict, a tuple or a list of fields of a row.
func isRecord(value python.Expr, row *python.Name) bool {
	var parts []python.Expr
	switch v := value.(type) {
	case *python.Dict:
		parts = v.Values
	case *python.Tuple:
		parts = v.Elts
	case *python.List:
		parts = v.Elts
	default:
		return false
	}
	fields := map[string]bool{}
	for _, part := range parts {
		python.Walk(part, func(node python.Node) bool {
			if access, ok := node.(*python.Attribute); ok {
				if of, ok := access.Value.(*python.Name); ok && of.Id == row.Id {
					fields[access.Attr] = true
				}
			}
			return true
		})
	}
	return len(parts) >= partsOfRecord && len(fields) >= partsOfRecord-1
}
