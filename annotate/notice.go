package annotate

import (
	"cmp"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
)

// noticesOf gathers what could not be done, sorted by place. Where a file's state has no notice of its own, it gets
// one here: nothing is left out silently.
func noticesOf(result analyzer.Result, diff change.Change) []analyzer.Notice {
	all := slices.Clone(result.Notices)
	for _, partial := range diff.Partial {
		all = append(all, analyzer.Notice{Message: partial})
	}
	for _, file := range result.Files {
		all = append(all, file.Notices...)
		if len(file.Notices) > 0 {
			continue
		}
		switch file.State {
		case analyzer.Unread:
			all = append(all, analyzer.Notice{Path: file.Path, Message: "could not be read"})
		case analyzer.Broken:
			all = append(all, analyzer.Notice{Path: file.Path, Message: "does not parse everywhere"})
		case analyzer.Analysed, analyzer.Deleted:
		}
		for _, rule := range file.FailedRules {
			all = append(all, analyzer.Notice{Path: file.Path, Message: rule + " did not run to its end"})
		}
	}
	slices.SortStableFunc(all, func(a, b analyzer.Notice) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(all)
}

// incomplete reports whether something was not looked at, so that silence is no proof.
func incomplete(result analyzer.Result, diff change.Change) bool {
	if len(result.Notices) > 0 || len(diff.Partial) > 0 {
		return true
	}
	for _, file := range result.Files {
		if file.State == analyzer.Broken || file.State == analyzer.Unread || len(file.FailedRules) > 0 {
			return true
		}
	}
	return false
}

// suppressionsOf lists the suppressions that the change adds, in the order of their places.
func suppressionsOf(result analyzer.Result) []AddedSuppression {
	var all []AddedSuppression
	for _, file := range result.Files {
		for _, s := range file.AddedSuppressions {
			all = append(all, AddedSuppression{Path: file.Path, Suppression: s})
		}
	}
	return all
}
