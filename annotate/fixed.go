package annotate

import (
	"fmt"
	"slices"

	"github.com/djleak/djleak/analyzer"
)

// fixedIn are the findings of the base that the change has fixed and that would have been reported, the most important
// first. What a function of that name has in another file has only moved.
func fixedIn(result analyzer.Result, options analyzer.Options) []analyzer.Finding {
	moved := map[movable]int{}
	for _, file := range result.Files {
		for _, f := range file.Findings {
			if f.New {
				moved[movableOf(f)]++
			}
		}
	}
	var all []analyzer.Finding
	for _, file := range result.Files {
		for _, f := range file.Fixed {
			switch code := movableOf(f); {
			case moved[code] > 0:
				moved[code]--
			case options.Admits(f):
				all = append(all, f)
			}
		}
	}
	slices.SortStableFunc(all, compareImportance)
	return all
}

// A movable is what a finding keeps when its function moves to another file: the function's name, and the half of its
// fingerprint that tells of rule and code alone.
type movable struct{ scope, code string }

func movableOf(f analyzer.Finding) movable {
	return movable{f.Scope, f.Fingerprint[len(f.Fingerprint)/2:]}
}

// balance holds what the change brings against what it fixes, as far as the title does not tell it.
func (p Plan) balance() string {
	shown := p.unsuppressed()
	brought := 0
	for _, f := range shown {
		if f.New {
			brought++
		}
	}
	var brings, fixes string
	switch {
	case brought < len(shown):
		brings = fmt.Sprintf("brings %d of them", brought)
	case brought > 0 && len(p.Fixed) > 0:
		brings = fmt.Sprintf("brings %d", brought)
	}
	if len(p.Fixed) > 0 {
		fixes = fmt.Sprintf("fixes %d", len(p.Fixed))
	}
	switch {
	case brings != "" && fixes != "":
		return "The change " + brings + " and " + fixes + "."
	case brings+fixes != "":
		return "The change " + brings + fixes + "."
	default:
		return ""
	}
}
