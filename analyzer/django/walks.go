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

// WalkedRows returns the QuerySet whose rows a loop over an iterable meets, all of them: as they come from the cache or from iterator(),
// counted off or not. It returns nil for anything else.
func (f *File) WalkedRows(iterable python.Expr) *QuerySet {
	if call, ok := iterable.(*python.Call); ok && f.Qualified(call.Func) == "itertools.islice" {
		return nil
	}
	rows := f.Unwrapped(iterable)
	if qs := f.QuerySet(rows); qs != nil {
		return qs
	}
	return f.Iterated(rows)
}

// Unwrapped returns the iterable inside a call that takes any and hands its elements on, such as enumerate or tqdm.
func (f *File) Unwrapped(iterable python.Expr) python.Expr {
	call, ok := iterable.(*python.Call)
	if !ok || len(call.Args) == 0 {
		return iterable
	}
	switch f.Qualified(call.Func) {
	case "builtins.enumerate", "builtins.zip", "tqdm.tqdm", "tqdm.auto.tqdm", "rich.progress.track", "itertools.batched",
		"itertools.islice", "more_itertools.chunked", "more_itertools.batched", "more_itertools.ichunked":
		return call.Args[0]
	case "builtins.map", "builtins.filter":
		return call.Args[len(call.Args)-1]
	}
	return iterable
}
