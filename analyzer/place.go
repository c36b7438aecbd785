package analyzer

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

// placing is where diagnostics become findings.
type placing struct {
	path string
	// identity is the path that goes into fingerprints.
	identity func() string
	kind     selection.Kind
	text     string
	lines    *python.Lines
	// scopes is nil where no rule had to look at the file.
	scopes *names.File
}

// place gives each diagnostic its lines, its severity and its fingerprint.
func place(found []placed, at placing) {
	if len(found) == 0 {
		return
	}
	within := enclosures(at.scopes)
	for i := range found {
		p := &found[i]
		p.Path = at.path
		p.Message, p.Remedy = p.diagnostic.Message, p.diagnostic.Remedy
		p.Severity, p.Confidence = p.Rule.Severity, p.Rule.Confidence
		if p.diagnostic.Severity != nil {
			p.Severity = *p.diagnostic.Severity
		}
		if p.diagnostic.Confidence != nil {
			p.Confidence = *p.diagnostic.Confidence
		}
		p.Preview = p.diagnostic.Preview
		// The contract's cap: high is for what is certain.
		if p.Confidence < HighConfidence {
			p.Severity = min(p.Severity, Medium)
		}
		p.Region = at.region(p.diagnostic.Span)
		p.Scope = scope(within, p.diagnostic.Span)
		p.New, p.Added = true, true
	}
	slices.SortStableFunc(found, func(a, b placed) int { return CompareFindings(a.Finding, b.Finding) })
	fingerprint(found, at)
}

// region places a span, cut to the lines that a finding may point at.
func (at placing) region(span python.Span) Region {
	start, end := at.lines.Line(span.Start), at.lines.Line(max(span.Start, span.End-1))
	if end-start >= MaxRegionLines {
		end = start
		span.End = at.lines.End(start)
	}
	for span.End > span.Start+1 && strings.ContainsRune(" \t\r\n", rune(at.text[span.End-1])) {
		span.End--
	}
	return Region{
		StartLine: start, StartColumn: int(span.Start-at.lines.Start(start)) + 1,
		EndLine: end, EndColumn: int(span.End-at.lines.Start(end)) + 1,
		Start: int(span.Start), End: int(span.End),
	}
}

// An enclosure is a function or a class, which findings stand in.
type enclosure struct {
	span python.Span
	name string
	// around is the index of the next larger one, -1 for none.
	around int
}

// enclosures returns the functions and classes of a file in ascending order of where they start.
func enclosures(scopes *names.File) []enclosure {
	if scopes == nil {
		return nil
	}
	var found []enclosure
	for _, fn := range scopes.Functions {
		found = append(found, enclosure{span: fn.Range(), name: fn.QualifiedName})
	}
	for _, class := range scopes.Classes {
		found = append(found, enclosure{span: class.Range(), name: class.QualifiedName})
	}
	slices.SortStableFunc(found, func(a, b enclosure) int { return cmp.Compare(a.span.Start, b.span.Start) })
	for i := range found {
		found[i].around = i - 1
		for at := &found[i].around; *at >= 0 && !found[*at].span.Contains(found[i].span); {
			*at = found[*at].around
		}
	}
	return found
}

// scope returns the qualified name of the innermost function or class around a span.
func scope(within []enclosure, span python.Span) string {
	behind, _ := slices.BinarySearchFunc(within, span.Start+1, func(e enclosure, start int32) int {
		return cmp.Compare(e.span.Start, start)
	})
	for i := behind - 1; i >= 0; i = within[i].around {
		if within[i].span.Contains(span) {
			return within[i].name
		}
	}
	return ""
}

// fingerprint gives each finding the hash of what stays when lines move: rule, path, enclosing name, the flagged code
// without its layout, and the finding's number among those that are alike.
func fingerprint(found []placed, at placing) {
	seen := make(map[[3]string]int)
	identity := at.identity()
	for i := range found {
		p := &found[i]
		code := withoutLayout(at.text[p.Region.Start:p.Region.End])
		key := [3]string{p.Rule.Name, p.Scope, code}
		// The second half is alike for alike code, wherever it stands: who misses a finding can look for where it went.
		p.Fingerprint = digest(p.Rule.Name, identity, p.Scope, code, strconv.Itoa(seen[key]))[:16] + digest(p.Rule.Name, code)[:16]
		seen[key]++
	}
}

// digest hashes its parts to 32 hexadecimal digits.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// withoutLayout drops what a code formatter changes: white space, the kind of quotes, trailing commas, and the
// parentheses' line breaks with them.
func withoutLayout(code string) string {
	var b strings.Builder
	b.Grow(len(code))
	comma := false
	for i := range len(code) {
		c := code[i]
		switch c {
		case ' ', '\t', '\n', '\r', '\f', '\\':
			continue
		case '\'':
			c = '"'
		}
		if comma && c != ')' && c != ']' && c != '}' {
			b.WriteByte(',')
		}
		if comma = c == ','; !comma {
			b.WriteByte(c)
		}
	}
	return b.String()
}
