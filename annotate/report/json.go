package report

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/djleak/djleak/analyzer"
)

// jsonVersion changes when a member changes its meaning or goes; new members may come at any time.
const jsonVersion = 1

// The object of the json format. Lines and columns count from 1, columns count Unicode characters, and an end is one
// past the last.
type (
	jsonReport struct {
		Version  int           `json:"version"`
		Djleak   string        `json:"djleak"`
		Summary  jsonSummary   `json:"summary"`
		Findings []jsonFinding `json:"findings"`
		Notices  []jsonNotice  `json:"notices"`
	}
	// The findings that are not suppressed, in all and by severity.
	jsonSummary struct {
		Found      int `json:"found"`
		High       int `json:"high"`
		Medium     int `json:"medium"`
		Low        int `json:"low"`
		Info       int `json:"info"`
		Suppressed int `json:"suppressed"`
	}
	jsonFinding struct {
		Rule        string              `json:"rule"`
		URL         string              `json:"url,omitempty"`
		Severity    analyzer.Severity   `json:"severity"`
		Confidence  analyzer.Confidence `json:"confidence"`
		Path        string              `json:"path"`
		Start       jsonPosition        `json:"start"`
		End         jsonPosition        `json:"end"`
		Scope       string              `json:"scope,omitempty"`
		Message     string              `json:"message"`
		Remedy      string              `json:"remedy,omitempty"`
		Fix         *jsonFix            `json:"fix,omitempty"`
		Fingerprint string              `json:"fingerprint"`
		New         bool                `json:"new"`
		Added       bool                `json:"added"`
		Suppression *jsonSuppression    `json:"suppression,omitempty"`
	}
	jsonPosition struct {
		Line   int `json:"line"`
		Column int `json:"column"`
	}
	// A fix replaces whole lines, both ends included; a null text removes them.
	jsonFix struct {
		Message string           `json:"message"`
		Kind    analyzer.FixKind `json:"kind"`
		Check   string           `json:"check,omitempty"`
		Edits   []jsonEdit       `json:"edits"`
	}
	jsonEdit struct {
		StartLine int     `json:"start_line"`
		EndLine   int     `json:"end_line"`
		Text      *string `json:"text"`
	}
	jsonSuppression struct {
		Line   int    `json:"line"`
		File   bool   `json:"file"`
		Reason string `json:"reason"`
	}
	jsonNotice struct {
		Path    string `json:"path,omitempty"`
		Line    int    `json:"line,omitempty"`
		Message string `json:"message"`
	}
)

func jsonObject(out *bytes.Buffer, r Report) error {
	t := r.tally
	object := jsonReport{
		Version: jsonVersion, Djleak: r.Version,
		Summary: jsonSummary{
			Found: t.found, High: t.by[analyzer.High], Medium: t.by[analyzer.Medium],
			Low: t.by[analyzer.Low], Info: t.by[analyzer.Info], Suppressed: t.suppressed,
		},
		Findings: []jsonFinding{}, Notices: []jsonNotice{},
	}
	pages := r.pages()
	for _, f := range r.Findings {
		object.Findings = append(object.Findings, r.jsonFinding(f, pages[f.Path]))
	}
	for _, n := range r.Notices {
		object.Notices = append(object.Notices, jsonNotice(n))
	}
	return encode(out, object)
}

func (r Report) jsonFinding(f analyzer.Finding, p page) jsonFinding {
	object := jsonFinding{
		Rule: f.Rule.Name, URL: r.ruleURL(f.Rule), Severity: f.Severity, Confidence: f.Confidence, Path: f.Path,
		Start: jsonPosition{f.Region.StartLine, p.Characters(f.Region.StartLine, f.Region.StartColumn)},
		End:   jsonPosition{f.Region.EndLine, p.Characters(f.Region.EndLine, f.Region.EndColumn)},
		Scope: f.Scope, Message: f.Message, Remedy: f.Remedy,
		Fingerprint: f.Fingerprint, New: f.New, Added: f.Added,
	}
	if f.Fix != nil {
		object.Fix = &jsonFix{Message: f.Fix.Message, Kind: f.Fix.Kind, Check: f.Fix.Check, Edits: []jsonEdit{}}
		for _, edit := range f.Fix.Lines {
			e := jsonEdit{StartLine: edit.StartLine, EndLine: edit.EndLine, Text: &edit.NewText}
			if edit.Delete && edit.NewText == "" {
				e.Text = nil
			}
			object.Fix.Edits = append(object.Fix.Edits, e)
		}
	}
	if s := f.Suppression; s != nil {
		object.Suppression = &jsonSuppression{Line: s.Line, File: s.File, Reason: s.Reason}
	}
	return object
}

// encode writes indented JSON that leaves <, > and & as they are.
func encode(out *bytes.Buffer, object any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(object); err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	return nil
}
