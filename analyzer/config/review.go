package config

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
)

// Review returns what is wrong in a configuration file that a change brings, as findings of
// [analyzer.InvalidConfiguration]. It is false for a file that does not configure djleak. Rules are the names of all
// rules there are.
func Review(file change.File, rules []string) (result analyzer.FileResult, ok bool) {
	result = analyzer.FileResult{Path: file.Path, OldPath: file.OldPath}
	switch {
	case file.Unread != "":
		result.State = analyzer.Unread
		result.Notices = []analyzer.Notice{{Path: file.Path, Message: "not read: " + file.Unread}}
		return result, true
	case file.Status == change.Deleted:
		result.State = analyzer.Deleted
		result.Fixed = findings(file.Path, file.Path, file.Base, problems(file.Path, file.Base, rules))
		return result, len(result.Fixed) > 0
	}
	head := parse(file.Path, file.Head, rules)
	before := findings(file.OldPath, file.Path, file.Base, problems(file.OldPath, file.Base, rules))
	if len(head.errs) > 0 {
		result.Source = string(file.Head)
	}
	result.Findings = findings(file.Path, file.Path, file.Head, head.errs)
	for i := range result.Findings {
		f := &result.Findings[i]
		f.New = !slices.ContainsFunc(before, sameAs(*f))
		f.Added = file.Touches(f.Region.StartLine, f.Region.StartLine)
	}
	for _, f := range before {
		if !slices.ContainsFunc(result.Findings, sameAs(f)) {
			result.Fixed = append(result.Fixed, f)
		}
	}
	return result, head.found || len(before) > 0
}

func sameAs(f analyzer.Finding) func(other analyzer.Finding) bool {
	return func(other analyzer.Finding) bool { return other.Fingerprint == f.Fingerprint }
}

// findings are the errors in a version of a file, sorted. Identity is the path that goes into their fingerprints.
func findings(name, identity string, text []byte, errs Errors) []analyzer.Finding {
	prints := fingerprints(identity, errs)
	var all []analyzer.Finding
	for i, err := range errs {
		all = append(all, analyzer.Finding{
			Rule:        analyzer.InvalidConfiguration,
			Path:        name,
			Region:      region(text, err),
			Severity:    analyzer.InvalidConfiguration.Severity,
			Confidence:  analyzer.InvalidConfiguration.Confidence,
			Message:     message(err),
			Scope:       err.Key,
			Fingerprint: prints[i],
		})
	}
	slices.SortStableFunc(all, analyzer.CompareFindings)
	return all
}

// problems returns what is wrong in a version of a file; nothing, where there is none.
func problems(name string, text []byte, rules []string) Errors {
	if name == "" || text == nil {
		return nil
	}
	file := parse(name, text, rules)
	if !file.found {
		return nil
	}
	return file.errs
}

func message(err *Error) string {
	if err.Key == "" {
		return err.Msg
	}
	return err.Key + ": " + err.Msg
}

// fingerprints tell errors apart by key and message, and equal ones by their number: a moved line is the same error.
func fingerprints(name string, errs Errors) []string {
	seen := map[string]int{}
	prints := make([]string, len(errs))
	for i, err := range errs {
		text := message(err)
		parts := []string{analyzer.InvalidConfiguration.Name, name, text, strings.Repeat("+", seen[text])}
		sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
		prints[i] = hex.EncodeToString(sum[:16])
		seen[text]++
	}
	return prints
}

// region is the rest of the line that an error starts in.
func region(text []byte, err *Error) analyzer.Region {
	start := 0
	for range err.Line - 1 {
		start += bytes.IndexByte(text[start:], '\n') + 1
	}
	line, _, _ := bytes.Cut(text[start:], []byte("\n"))
	end := len(bytes.TrimRight(line, " \t\r"))
	column := min(err.Column, max(end, 1))
	return analyzer.Region{
		StartLine: err.Line, StartColumn: column,
		EndLine: err.Line, EndColumn: max(end, column) + 1,
		Start: start + column - 1, End: start + max(end, column-1),
	}
}
