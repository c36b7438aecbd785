package annotate

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/markdown"
)

const (
	// maxAnnotationTitle is GitHub's limit; maxAnnotationMessage is ours, far below the 64 KB that it takes.
	maxAnnotationTitle   = 255
	maxAnnotationMessage = 1_000
)

// annotationOf places a finding in a check run, with a message of one line.
func annotationOf(f analyzer.Finding, on ground) Annotation {
	own := linesOf(f.Region)
	own.first = max(own.first, 1)
	own.last = max(own.last, own.first)
	a := Annotation{
		Path:        f.Path,
		StartLine:   own.first,
		EndLine:     own.last,
		Level:       levels[f.Severity],
		Title:       markdown.Clip(markdown.Line(f.Rule.Name), maxAnnotationTitle-1),
		Message:     markdown.Clip(markdown.Line(f.Message), maxAnnotationMessage),
		Fingerprint: f.Fingerprint,
	}
	if a.Message == "" {
		a.Message = a.Title
	}
	if own.first == own.last && own.last <= len(on.text) {
		a.StartColumn = on.columns.Characters(own.first, f.Region.StartColumn)
		a.EndColumn = max(a.StartColumn, on.columns.Characters(own.first, f.Region.EndColumn))
	}
	return a
}

var levels = [...]string{
	analyzer.Info: "notice", analyzer.Low: "notice", analyzer.Medium: "warning", analyzer.High: "failure",
}
