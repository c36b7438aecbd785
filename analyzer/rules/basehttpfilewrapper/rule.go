// Package basehttpfilewrapper reports the import of FileWrapper from where Django no longer has it.
package basehttpfilewrapper

import (
	_ "embed"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports from django.core.servers.basehttp import FileWrapper.
var Rule = &analyzer.Rule{
	Name:       "basehttp-filewrapper",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.SafeFix,
	Status:     analyzer.Stable,
	Files:      analyzer.AnyFile,
	Triggers:   []string{module},
	Project:    true,
	Run:        run,
}

const module = "django.core.servers.basehttp"

func run(pass *analyzer.Pass) {
	if pass.Django().Before(1, 9) { // It is still there: https://docs.djangoproject.com/en/5.2/releases/1.9/
		return
	}
	for _, stmt := range pass.ImportFroms {
		if stmt.Module != module || stmt.Level > 0 || isFallback(pass, stmt) {
			continue
		}
		for _, alias := range stmt.Names {
			if alias.Name == "FileWrapper" {
				pass.Report(diagnose(pass, stmt))
			}
		}
	}
}

// isFallback reports whether the import may fail: it stands in a try statement, or in one of its handlers.
func isFallback(pass *analyzer.Pass, stmt *python.ImportFrom) bool {
	_, ok := names.Inside[*python.Try](pass.File.File, stmt)
	return ok
}

func diagnose(pass *analyzer.Pass, stmt *python.ImportFrom) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    stmt.Span,
		Message: "`FileWrapper` is not in django.core.servers.basehttp: this import raises ImportError",
		Remedy: "from django.http import FileResponse\n\n" +
			"return FileResponse(open(path, \"rb\"), as_attachment=True, filename=filename)\n",
	}
	if pass.Django().Before(2, 1) { // https://docs.djangoproject.com/en/5.2/releases/2.1/#requests-and-responses
		d.Remedy = "from django.http import FileResponse\n\n" +
			"response = FileResponse(open(path, \"rb\"))\nresponse[\"Content-Disposition\"] = ...\n"
	}
	if len(stmt.Names) == 1 {
		at := stmt.Start + int32(strings.Index(pass.Text(stmt), module))
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Import it from wsgiref.util; better, return a FileResponse, which needs no wrapper",
			Kind:    analyzer.SafeFix,
			Edits: []analyzer.TextEdit{{
				Span: python.Span{Start: at, End: at + int32(len(module))}, NewText: "wsgiref.util",
			}},
		}}
	}
	return d
}
