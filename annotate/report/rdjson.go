package report

import (
	"bytes"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/markdown"
)

// The object of reviewdog's format, as in its proto/rdf/reviewdog.proto. Its columns count UTF-8 bytes from 1, and an end is
// one past the last: as a finding's region does.
type (
	rdResult struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	}
	rdLocation struct {
		Path  string  `json:"path"`
		Range rdRange `json:"range"`
	}
	rdRange struct {
		Start rdPosition `json:"start"`
		End   rdPosition `json:"end"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column"`
	}
	rdCode struct {
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
)

var rdSeverities = [...]string{
	analyzer.Info: "INFO", analyzer.Low: "INFO", analyzer.Medium: "WARNING", analyzer.High: "ERROR",
}

func rdjson(out *bytes.Buffer, r Report) error {
	result := rdResult{Source: rdSource{Name: "djleak", URL: homepage}, Diagnostics: []rdDiagnostic{}}
	pages := r.pages()
	for _, f := range r.shown() {
		d := rdDiagnostic{
			Message: markdown.Line(f.Message),
			Location: rdLocation{Path: f.Path, Range: rdRange{
				Start: rdPosition{f.Region.StartLine, f.Region.StartColumn},
				End:   rdPosition{f.Region.EndLine, f.Region.EndColumn},
			}},
			Severity: rdSeverities[f.Severity],
			Code:     rdCode{Value: f.Rule.Name, URL: r.ruleURL(f.Rule)},
		}
		for _, c := range changes(f, pages[f.Path]) {
			d.Suggestions = append(d.Suggestions, rdSuggestion{
				Range: rdRange{Start: rdPosition{c.start.line, c.start.column}, End: rdPosition{c.end.line, c.end.column}},
				Text:  c.text,
			})
		}
		result.Diagnostics = append(result.Diagnostics, d)
	}
	return encode(out, result)
}

// A replacement is one edit of a fix by positions; columns count bytes.
type replacement struct {
	start, end position
	text       string
}

// changes are the edits of a finding's fix; none where the file's text is not at hand.
func changes(f analyzer.Finding, p page) []replacement {
	if f.Fix == nil {
		return nil
	}
	var all []replacement
	for _, edit := range f.Fix.Edits {
		if edit.Span.Start < 0 || edit.Span.End < edit.Span.Start || int(edit.Span.End) > len(p.source) {
			return nil
		}
		all = append(all, replacement{p.position(int(edit.Span.Start)), p.position(int(edit.Span.End)), edit.NewText})
	}
	return all
}
