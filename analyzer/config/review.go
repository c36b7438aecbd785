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
		result.Fixed = len(problems(file.Path, file.Base, rules))
		return result, result.Fixed > 0
	}
	head := parse(file.Path, file.Head, rules)
	before := fingerprints(file.Path, problems(file.OldPath, file.Base, rules))
	result.Fixed = len(before)
	if len(head.errs) > 0 {
		result.Source = string(file.Head)
	}
	prints := fingerprints(file.Path, head.errs)
	for i, err := range head.errs {
		known := slices.Contains(before, prints[i])
		if known {
			result.Fixed--
		}
		result.Findings = append(result.Findings, analyzer.Finding{
			Rule:        analyzer.InvalidConfiguration,
			Path:        file.Path,
			Region:      region(file.Head, err),
			Severity:    analyzer.InvalidConfiguration.Severity,
			Confidence:  analyzer.InvalidConfiguration.Confidence,
			Message:     message(err),
			Scope:       err.Key,
			Fingerprint: prints[i],
			New:         !known,
			Added:       file.Touches(err.Line, err.Line),
		})
	}
	slices.SortFunc(result.Findings, analyzer.CompareFindings)
	return result, head.found || len(before) > 0
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
