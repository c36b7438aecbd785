// Package querylogging reports logging of every query in production's settings.
package querylogging

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

// Rule reports the logger django.db.backends at DEBUG.
var Rule = &analyzer.Rule{
	Name:       "query-logging",
	Doc:        doc,
	Severity:   analyzer.Info,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Settings,
	Triggers:   []string{logger},
	Project:    true,
	Run:        run,
}

const logger = "django.db.backends"

func run(pass *analyzer.Pass) {
	file := pass.Settings
	if file.Role != settings.Production {
		return
	}
	level, ok := file.At("LOGGING", "loggers", logger, "level")
	if !ok || !strings.EqualFold(level.Value.Text, "DEBUG") || level.Value.FromEnv {
		return
	}
	handlers, _ := file.At("LOGGING", "loggers", logger, "handlers")
	silenced := isSilenced(file, handlers.Value)
	if silenced && !handlers.Value.FromEnv {
		return
	}
	pass.Report(analyzer.Diagnostic{
		Span: level.Value.Span,
		Message: "`" + logger + "` at DEBUG logs nothing unless DEBUG or force_debug_cursor is on, and with them each connection " +
			"keeps and formats every query",
		Confidence: pass.ConfidenceIn(level, analyzer.HighConfidence),
		Preview:    silenced, // Whoever has the environment let queries through asks for them.
		Fixes: []analyzer.SuggestedFix{{
			Message: "Log from INFO on",
			Kind:    analyzer.UnsafeFix,
			Check:   "Does nobody switch DEBUG on to read these lines?",
			Edits:   []analyzer.TextEdit{{Span: level.Value.Span, NewText: `"INFO"`}},
		}},
	})
}

// isSilenced reports whether handlers of the logger drop what they are given: it is set up to keep queries out of the log, or to show
// them where DEBUG is on alone.
func isSilenced(file *settings.File, handlers settings.Value) bool {
	return len(handlers.Items) > 0 && !slices.ContainsFunc(handlers.Items, func(name settings.Value) bool {
		class, ok := file.At("LOGGING", "handlers", name.Text, "class")
		return !ok || class.Value.Text != "logging.NullHandler" && !needsDebug(file, name.Text) && !startsAbove(file, name.Text)
	})
}

// startsAbove reports whether a handler drops what is of the level DEBUG.
func startsAbove(file *settings.File, handler string) bool {
	level, ok := file.At("LOGGING", "handlers", handler, "level")
	return ok && !level.Value.FromEnv && slices.Contains([]string{"INFO", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL"}, level.Value.Text)
}

// needsDebug reports whether a handler has the filter that lets nothing through unless DEBUG is on.
func needsDebug(file *settings.File, handler string) bool {
	filters, ok := file.At("LOGGING", "handlers", handler, "filters")
	return ok && slices.ContainsFunc(filters.Value.Items, func(name settings.Value) bool {
		class, ok := file.At("LOGGING", "filters", name.Text, "()")
		return ok && class.Value.Text == "django.utils.log.RequireDebugTrue"
	})
}
