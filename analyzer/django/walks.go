package django

import "github.com/djleak/djleak/analyzer/python"

// WalkedAlone reports whether whatever else uses the rows of a variable walks through them too, or counts them: iterator() and count()
// do the same and keep none.
func (f *File) WalkedAlone(expr python.Expr) bool {
	name, ok := expr.(*python.Name)
	return ok && f.otherUsesAre(name, func(use python.Expr) bool { return f.Asks(use) || f.isWalked(use) || f.isCounted(use) })
}

// isWalked reports whether a use of a QuerySet is what a loop or a comprehension walks through.
func (f *File) isWalked(use python.Expr) bool {
	switch parent := f.Parent(use).(type) {
	case *python.For:
		return parent.Iter == use
	case *python.Comprehension:
		return parent.Iter == use
	}
	return false
}

// isCounted reports whether a use of a QuerySet is what len() measures.
func (f *File) isCounted(use python.Expr) bool {
	call, ok := f.Parent(use).(*python.Call)
	return ok && f.Qualified(call.Func) == "builtins.len"
}
