package analyzer

import (
	"slices"

	"github.com/djleak/djleak/analyzer/change"
)

// compare marks the findings of the head that the base has not, and those that touch a changed line. It returns the
// findings of the base that are gone. One in whose function the same rule has a new finding is not: its code was changed,
// and nobody would call that mended.
//
// A finding is the base's if its fingerprint is, or, so that renaming a class makes no old finding new, if the line it
// starts on is unchanged and the same rule reported that line in the base. What was suppressed in the base counts as
// absent there: taking the suppression away brings the finding.
func compare(file *change.File, base inspection, head []Finding) (gone []Finding) {
	byFingerprint := make(map[string]int)
	for i, f := range base.findings {
		byFingerprint[f.Fingerprint] = i
	}
	matched := make([]bool, len(base.findings))
	for i := range head {
		f := &head[i]
		f.Added = file.Touches(f.Region.StartLine, f.Region.EndLine)
		if j, ok := byFingerprint[f.Fingerprint]; ok {
			matched[j] = true
			f.New = base.findings[j].Suppression != nil && f.Suppression == nil
		}
	}
	onLine := make(map[ruleLine][]int)
	for j, old := range base.findings {
		if !matched[j] && old.Suppression == nil {
			start := ruleLine{old.Rule.Name, old.Region.StartLine}
			onLine[start] = append(onLine[start], j)
		}
	}
	for i := range head {
		f := &head[i]
		if _, known := byFingerprint[f.Fingerprint]; known {
			continue
		}
		line, ok := file.BaseLine(f.Region.StartLine)
		if !ok {
			continue
		}
		start := ruleLine{f.Rule.Name, line}
		if same := onLine[start]; len(same) > 0 {
			matched[same[0]], f.New = true, false
			onLine[start] = same[1:]
		}
	}
	changed := make(map[ruleScope]int)
	for _, f := range head {
		if f.New {
			changed[ruleScope{f.Rule.Name, f.Scope}]++
		}
	}
	for j, old := range base.findings {
		if matched[j] {
			continue
		}
		if scope := (ruleScope{old.Rule.Name, old.Scope}); changed[scope] > 0 {
			changed[scope]--
			continue
		}
		gone = append(gone, old)
	}
	return gone
}

type ruleScope struct{ rule, scope string }

// mended are those of the findings gone that the head is known not to have: it was read whole, and their rule ran to its
// end. What was suppressed was no finding to anybody.
func mended(gone []Finding, head inspection) []Finding {
	if head.state != Analysed {
		return nil
	}
	return slices.DeleteFunc(gone, func(f Finding) bool {
		return f.Suppression != nil || slices.Contains(head.failedRules, f.Rule.Name)
	})
}
