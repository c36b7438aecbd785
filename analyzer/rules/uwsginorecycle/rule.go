// Package uwsginorecycle reports uWSGI workers that live until the next deployment.
package uwsginorecycle

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports uWSGI without any of its options that restart a worker after a while.
var Rule = &analyzer.Rule{
	Name:       "uwsgi-no-recycle",
	Doc:        doc,
	Severity:   analyzer.Low,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Files:      selection.Deployment,
	Triggers:   []string{"uwsgi", "module", "wsgi-file"},
	Project:    true,
	Run:        run,
}

const message = "uWSGI's workers are never restarted: what they pile up stays until the next deployment"

func run(pass *analyzer.Pass) {
	file := pass.Settings
	if file.Role != settings.Production || slices.Contains(file.Recycles(), "uwsgi") || pass.Project.Recycles("uwsgi") {
		return
	}
	if file.Format == settings.INI {
		configured(pass)
	}
	for _, command := range file.Commands {
		if command.Program == "uwsgi" && !command.Open() && !isConfigured(command) {
			pass.Report(analyzer.Diagnostic{Span: command.Span, Message: message, Remedy: "--max-requests 1000\n"})
		}
	}
}

// configured reports a file of uWSGI's own that says what to serve and takes in no other file.
func configured(pass *analyzer.Pass) {
	var serves *settings.Setting
	for i, setting := range pass.Settings.Settings {
		switch setting.Name {
		case "module", "wsgi-file", "wsgi", "mount":
			if serves == nil {
				serves = &pass.Settings.Settings[i]
			}
		case "ini", "include", "inherit", "import", "yaml", "json", "xml", "emperor":
			return
		}
	}
	if serves != nil {
		pass.Report(analyzer.Diagnostic{Span: serves.Span, Message: message, Remedy: "max-requests = 1000\n"})
	}
}

// isConfigured reports whether a command line names a file of options, or serves nothing itself.
func isConfigured(command settings.Command) bool {
	if len(command.Args) == 0 {
		return true
	}
	for _, arg := range command.Args {
		name, _, _ := strings.Cut(arg.Text, "=")
		switch name {
		case "--ini", "--include", "--yaml", "--yml", "--json", "--xml", "--emperor", "--reload", "--stop", "--version":
			return true
		}
		for _, extension := range []string{".ini", ".yml", ".yaml", ".json", ".xml"} {
			if strings.HasSuffix(name, extension) {
				return true
			}
		}
	}
	return false
}
