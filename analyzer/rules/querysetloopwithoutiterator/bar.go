package querysetloopwithoutiterator

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

// uncounted returns a progress bar around the rows that asks themselves how many they are, and where it may be told instead: what
// iterator() returns has no len(), so that the bar shows no end. It returns nil where there is none.
// Sources: https://tqdm.github.io/docs/tqdm/, https://rich.readthedocs.io/en/stable/reference/progress.html#rich.progress.track
func uncounted(pass *analyzer.Pass, rows python.Expr) (bar *python.Call, end int32) {
	bar, ok := pass.Parent(rows).(*python.Call)
	if !ok {
		return nil, 0
	}
	switch pass.Qualified(bar.Func) {
	case "tqdm.tqdm", "tqdm.auto.tqdm", "rich.progress.track":
	default:
		return nil, 0
	}
	// The total is the third parameter of each, and ** may bring it.
	if len(bar.Args) > 2 || slices.ContainsFunc(bar.Keywords, func(k *python.Keyword) bool { return k.Name == "total" || k.Name == "" }) {
		return nil, 0
	}
	for _, arg := range bar.Args {
		end = max(end, arg.Range().End)
	}
	for _, keyword := range bar.Keywords {
		end = max(end, keyword.Range().End)
	}
	return bar, end
}
