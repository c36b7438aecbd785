// Package baseline remembers the findings that a team lives with, so that only others are reported.
package baseline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/djleak/djleak/analyzer"
)

// version is that of the file's format.
const version = 1

// A Baseline is the findings that were there when it was written.
type Baseline struct {
	// Findings in ascending order of path, rule and fingerprint, each once.
	Findings []Entry
}

// An Entry is one finding. It has no line number, so that the file changes only when findings come or go.
type Entry struct {
	// Path from the top of the project, with slashes.
	Path string `json:"path"`
	Rule string `json:"rule"`
	// Scope is the qualified name of the function or class around the finding, empty at the module's level.
	Scope string `json:"scope,omitempty"`
	// Fingerprint is the finding's: it holds the path from the top of the project.
	Fingerprint string `json:"fingerprint"`
}

// file is how a baseline is written down.
type file struct {
	Version  int     `json:"version"`
	Findings []Entry `json:"findings"`
}

// Of returns the baseline of findings. Identity returns the path from the top of the project to a finding's path.
func Of(findings []analyzer.Finding, identity func(path string) string) Baseline {
	entries := make([]Entry, len(findings))
	for i, f := range findings {
		entries[i] = Entry{Path: identity(f.Path), Rule: f.Rule.Name, Scope: f.Scope, Fingerprint: f.Fingerprint}
	}
	return Baseline{Findings: sorted(entries)}
}

func sorted(entries []Entry) []Entry {
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	return slices.Compact(entries)
}

// Parse reads a baseline. An error says what is wrong with it.
func Parse(text []byte) (Baseline, error) {
	var read file
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&read); err != nil {
		return Baseline{}, fmt.Errorf("it is no baseline: %w", err)
	}
	switch {
	case len(bytes.TrimSpace(text[decoder.InputOffset():])) > 0:
		return Baseline{}, errors.New("it is no baseline: there is more behind its end, as after a merge that kept both sides")
	case read.Version != version:
		return Baseline{}, fmt.Errorf("its version is %d, this djleak reads %d", read.Version, version)
	case slices.ContainsFunc(read.Findings, func(e Entry) bool { return e.Fingerprint == "" }):
		return Baseline{}, errors.New("it is no baseline: a finding has no fingerprint")
	}
	return Baseline{Findings: sorted(read.Findings)}, nil
}

// Marshal returns the file of a baseline, one finding in a few lines, so that a change of it can be reviewed.
func (b Baseline) Marshal() []byte {
	findings := b.Findings
	if findings == nil {
		findings = []Entry{}
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	// Texts and numbers can always be written to memory.
	_ = encoder.Encode(file{Version: version, Findings: findings})
	return text.Bytes()
}

// Remove takes the findings that the baseline knows out of a result, and tells how many they were.
func (b Baseline) Remove(result *analyzer.Result) (removed int) {
	known := make(map[string]bool, len(b.Findings))
	for _, entry := range b.Findings {
		known[entry.Fingerprint] = true
	}
	for i := range result.Files {
		file := &result.Files[i]
		before := len(file.Findings)
		file.Findings = slices.DeleteFunc(file.Findings, func(f analyzer.Finding) bool { return known[f.Fingerprint] })
		removed += before - len(file.Findings)
	}
	return removed
}

// Outside returns the entries in files for which looked is false: a look at a part of the project says nothing of them.
func (b Baseline) Outside(looked func(path string) bool) []Entry {
	var outside []Entry
	for _, entry := range b.Findings {
		if !looked(entry.Path) {
			outside = append(outside, entry)
		}
	}
	return outside
}

// With returns the baseline with more entries.
func (b Baseline) With(entries []Entry) Baseline {
	return Baseline{Findings: sorted(slices.Concat(b.Findings, entries))}
}
