package analyzer

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// noqa matches a comment that tells flake8 and ruff which rules to leave alone on a line, by their codes, and why.
var noqa = pattern.New(`(?i)#\s*noqa\s*:\s*([a-z]+\d+(?:[,\s]+[a-z]+\d+)*)\b[^#]*\b[a-z]{2,}\b`)

// Excused reports whether a comment on a node's lines says why flake8 and ruff are to leave a rule of theirs alone there:
// # noqa: B019 - one view at most. One without a reason may be there to silence them, one without codes may be about anything.
// Source: https://docs.astral.sh/ruff/linter/#error-suppression
func (p *Pass) Excused(node python.Node, code string) bool {
	span := node.Range()
	rest, _, _ := strings.Cut(p.Source[span.End:], "\n")
	end := int(span.End) + len(rest)
	return slices.ContainsFunc(p.Comments, func(c python.Comment) bool {
		if c.Start < span.Start || int(c.Start) >= end {
			return false
		}
		match := noqa.Regexp().FindStringSubmatch(p.Source[c.Start:c.End])
		return len(match) > 0 && slices.Contains(strings.FieldsFunc(strings.ToUpper(match[1]), isSeparator), code)
	})
}

func isSeparator(r rune) bool { return r == ',' || r == ' ' || r == '\t' }
