package release

import (
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
)

// A Range is what a requirement allows. The zero value allows all.
type Range struct {
	// From is the least release, zero where none is.
	From Version
	// Limit is above the last one.
	Limit Limit
	// Pinned is true where the requirement names the release: ==4.2.1, or a lock file.
	Pinned bool
}

// Allows reports whether a requirement lets another, which names its release, be.
func (r Range) Allows(pin Range) bool {
	return pin.From.Compare(r.From) >= 0 && (r.Limit.unknown() || Version(pin.Limit).Compare(Version(r.Limit)) <= 0)
}

// clause is one comparison of a specifier, in the words of pip or of Poetry: ==1.11.*, <2.0a1, ^4.2, 4.2.
var clause = pattern.New(`^\s*(===|==|~=|!=|<=|>=|<|>|\^|~|=|)\s*v?(\d{1,4})(?:\.(\d{1,4}|\*))?(?:\.(\d{1,9}|\*))?(\.\*)?`)

// Parse reads a version specifier, such as ">=1.8,<2" or "^4.2 || ^5.0". What it does not understand sets no limit.
// Sources: https://packaging.python.org/en/latest/specifications/version-specifiers/,
// https://python-poetry.org/docs/dependency-specification/
func Parse(specifier string) Range {
	specifier = strings.Trim(strings.TrimSpace(specifier), "()")
	var whole Range
	for i, alternative := range strings.Split(strings.ReplaceAll(specifier, "||", "|"), "|") {
		allowed := parseAll(alternative)
		if i == 0 {
			whole = allowed
			continue
		}
		whole = Range{Limit: whole.Limit.Newer(allowed.Limit)}
	}
	return whole
}

// parseAll reads clauses that all hold.
func parseAll(list string) Range {
	var all Range
	for text := range strings.SplitSeq(list, ",") {
		one := parseClause(text)
		all.Limit = all.Limit.Older(one.Limit)
		all.Pinned = all.Pinned || one.Pinned
		if one.From.Compare(all.From) > 0 {
			all.From = one.From
		}
	}
	return all
}

func parseClause(text string) Range {
	match := clause.Regexp().FindStringSubmatch(text)
	if match == nil {
		return Range{}
	}
	operator, minor, patch := match[1], match[3], match[4]
	version := Version{Major: number(match[2]), Minor: number(minor)}
	nextMajor, next := Limit{Major: version.Major + 1}, Limit{version.Major, version.Minor + 1}
	switch operator {
	case ">", ">=":
		return Range{From: version}
	case "<":
		if number(patch) > 0 {
			return Range{Limit: next}
		}
		return Range{Limit: Limit(version)}
	case "<=":
		return Range{Limit: next}
	case "^":
		return Range{From: version, Limit: nextMajor}
	case "~=":
		if patch == "" {
			return Range{From: version, Limit: nextMajor}
		}
		return Range{From: version, Limit: next}
	case "~":
		if minor == "" {
			return Range{From: version, Limit: nextMajor}
		}
		return Range{From: version, Limit: next}
	case "==", "===", "=", "":
		if minor == "*" {
			return Range{From: version, Limit: nextMajor, Pinned: true}
		}
		return Range{From: version, Limit: next, Pinned: true}
	}
	return Range{} // != leaves all but one.
}

// number returns the value of a few digits, 0 of nothing or of a star.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
