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

// fateOf places one finding, given what was delivered.
func (p Plan) fateOf(f analyzer.Finding, d Delivery) fate {
	comment, restored := p.restored[f.Fingerprint]
	switch {
	case f.Suppression != nil:
		return isSuppressed
	case p.already[f.Fingerprint]:
		return inEarlierComment
	case d.Commented[f.Fingerprint]:
		return inComment
	case restored && d.Edited[comment]:
		return inEarlierComment
	default:
		return inSummary
	}
}

func (p Plan) ledger(d Delivery) Ledger {
	l := Ledger{Found: len(p.Findings)}
	for _, f := range p.Findings {
		switch p.fateOf(f, d) {
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

// whole is the delivery of everything.
func (p Plan) whole() Delivery {
	d := Delivery{Edited: map[int64]bool{}}
	if p.Review != nil {
		d.Commented = fingerprintsIn(p.Review.Comments)
	}
	for _, edit := range p.Edits {
		d.Edited[edit.CommentID] = true
	}
	return d
}

func fingerprintsIn(comments []Comment) map[string]bool {
	all := map[string]bool{}
	for _, comment := range comments {
		for _, fingerprint := range comment.Fingerprints {
			all[fingerprint] = true
		}
	}
	return all
}

// planned are the fingerprints that a new comment or a restored one is to tell.
func (p Plan) planned() map[string]bool {
	all := map[string]bool{}
	if p.Review != nil {
		all = fingerprintsIn(p.Review.Comments)
	}
	for fingerprint := range p.restored {
		all[fingerprint] = true
	}
	return all
}

// Settle returns the ledger of what was delivered. It is an error if that is not a part of what was planned: the
// counts would not add up to what people see.
func (p Plan) Settle(d Delivery) (Ledger, error) {
	settled := p.ledger(d)
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
