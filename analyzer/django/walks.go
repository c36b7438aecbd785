package django

import (
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// WalkedAlone reports whether whatever else uses the rows of a variable walks through them too, counts them, or asks whether there are
// any: iterator(), count() and exists() do the same and keep none.
func (f *File) WalkedAlone(expr python.Expr) bool {
	name, ok := expr.(*python.Name)
	return ok && f.otherUsesAre(name, func(use python.Expr) bool {
		return f.Asks(use) || f.isWalked(use) || f.isCounted(use) || f.isTested(use)
	})
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
	if len(call.Args) == 1 && f.showsProgress(call.Func) && f.QuerySet(call.Args[0]) != nil {
		return call.Args[0]
	}
	return iterable
}

// progress matches the names of what projects wrap around an iterable to show how far a loop has come.
var progress = pattern.New(`(?i)^(iter_)?wrapper$|progress|tqdm|^track$`)

// showsProgress reports whether a function hands on the elements of an iterable, as its name or that of its object tells:
// self.progress(orders), bar.iter(orders), iter_wrapper(orders).
func (f *File) showsProgress(fn python.Expr) bool {
	if method, ok := fn.(*python.Attribute); ok && method.Attr == "iter" {
		fn = method.Value
	}
	return progress.MatchString(python.LastName(fn)) && f.FunctionOf(fn) == nil
}

// isTested reports whether a use of a QuerySet asks no more than whether it has rows.
func (f *File) isTested(use python.Expr) bool {
	switch parent := f.Parent(use).(type) {
	case *python.If, *python.While:
		return true
	case *python.UnaryOp:
		return parent.Op == python.Not
	}
	return false
}
