package annotate

import (
	"fmt"
	"maps"
	"slices"

	"github.com/djleak/djleak/analyzer"
)

// String is the line that ends the job summary.
func (l Ledger) String() string {
	return fmt.Sprintf("%d found = %d commented + %d already commented + %d in the summary only + %d suppressed",
		l.Found, l.Commented, l.AlreadyCommented, l.SummaryOnly, l.Suppressed)
}

// A fate is where a reader finds a finding.
type fate uint8

const (
	inSummary fate = iota
	inComment
	inEarlierComment
	isSuppressed
)

// fateOf places one finding, given the comments that were delivered.
func (p Plan) fateOf(f analyzer.Finding, commented map[string]bool) fate {
	switch {
	case f.Suppression != nil:
		return isSuppressed
	case p.already[f.Fingerprint]:
		return inEarlierComment
	case commented[f.Fingerprint]:
		return inComment
	default:
		return inSummary
	}
}

func (p Plan) ledger(commented map[string]bool) Ledger {
	l := Ledger{Found: len(p.Findings)}
	for _, f := range p.Findings {
		switch p.fateOf(f, commented) {
		case isSuppressed:
			l.Suppressed++
		case inEarlierComment:
			l.AlreadyCommented++
		case inComment:
			l.Commented++
		case inSummary:
			l.SummaryOnly++
		}
	}
	return l
}

// planned are the fingerprints that the review's comments tell.
func (p Plan) planned() map[string]bool {
	all := map[string]bool{}
	if p.Review != nil {
		for _, comment := range p.Review.Comments {
			for _, fingerprint := range comment.Fingerprints {
				all[fingerprint] = true
			}
		}
	}
	return all
}

// Settle returns the ledger of what was delivered. It is an error if that is not a part of what was planned: the
// counts would not add up to what people see.
func (p Plan) Settle(d Delivery) (Ledger, error) {
	settled := p.ledger(d.Commented)
	planned := p.planned()
	delivered := 0
	for _, fingerprint := range slices.Sorted(maps.Keys(d.Commented)) {
		if !d.Commented[fingerprint] {
			continue
		}
		if !planned[fingerprint] {
			return settled, fmt.Errorf("settle the ledger: a comment was posted for %s, which was not planned", fingerprint)
		}
		delivered++
	}
	if settled.Commented < delivered {
		return settled, fmt.Errorf("settle the ledger: comments were posted for %s, but only %d are accounted for",
			plural(delivered, "finding"), settled.Commented)
	}
	return settled, nil
}
