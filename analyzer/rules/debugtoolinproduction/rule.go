// Package debugtoolinproduction reports tools for developers among production's middleware.
package debugtoolinproduction

import (
	_ "embed"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports the debug toolbar, silk and nplusone where nothing keeps them out of production.
var Rule = &analyzer.Rule{
	Name:       "debug-tool-in-production",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Files:      selection.Settings,
	Triggers:   []string{"debug_toolbar", "DEBUG_TOOLBAR", "silk", "nplusone"},
	Project:    true,
	Run:        run,
}

// A tool is an app that records what requests do.
type tool struct {
	app, middleware string
	// judge returns what to say of it here; ok is false where the settings bound it.
	judge func(pass *analyzer.Pass) (v verdict, ok bool)
}

type verdict struct {
	message    string
	severity   analyzer.Severity
	confidence analyzer.Confidence
}

var tools = []tool{
	{"debug_toolbar", "debug_toolbar.middleware.DebugToolbarMiddleware", judgeToolbar},
	{"silk", "silk.middleware.SilkyMiddleware", judgeSilk},
	{"nplusone.ext.django", "nplusone.ext.django.NPlusOneMiddleware", judgeNPlusOne},
}

func run(pass *analyzer.Pass) {
	file := pass.Settings
	if file.Role != settings.Production {
		return
	}
	for _, tool := range tools {
		item, ok := tool.installed(file)
		if !ok {
			continue
		}
		v, ok := tool.judge(pass)
		if item.Setting.Name == "INSTALLED_APPS" && file.Footing(item.Setting) < settings.Firm {
			// The module that has the middleware may leave this one out.
			v.confidence = analyzer.LowConfidence
		}
		if ok {
			pass.Report(analyzer.Diagnostic{
				Span: item.Value.Span, Message: v.message, Severity: &v.severity,
				Remedy:     "if DEBUG:\n    INSTALLED_APPS += [\"" + tool.app + "\"]\n    MIDDLEWARE += [\"" + tool.middleware + "\"]\n",
				Confidence: pass.ConfidenceIn(item.Setting, v.confidence),
			})
		}
	}
	reportCacheSize(pass)
}

// installed returns where a tool gets into requests whatever the conditions: among the middleware, or among the apps of a
// file that leaves the middleware to another.
func (t tool) installed(file *settings.File) (settings.Item, bool) {
	for _, item := range file.Items("MIDDLEWARE") {
		if item.Value.Text == t.middleware {
			return item, true
		}
	}
	if len(file.Named("MIDDLEWARE")) > 0 {
		return settings.Item{}, false
	}
	for _, item := range file.Items("INSTALLED_APPS") {
		if item.Value.Text == t.app {
			return item, true
		}
	}
	return settings.Item{}, false
}

func judgeToolbar(pass *analyzer.Pass) (verdict, bool) {
	file := pass.Settings
	const held = "the queries and templates of the latest 25 requests in memory"
	if callback, ok := file.At("DEBUG_TOOLBAR_CONFIG", "SHOW_TOOLBAR_CALLBACK"); ok && !strings.HasPrefix(callback.Value.Text, "debug_toolbar.") {
		code, confidence := callbackCode(pass, callback.Value)
		if decides.MatchString(code) {
			return verdict{}, false
		}
		return verdict{
			"The debug toolbar is on wherever its own `SHOW_TOOLBAR_CALLBACK` says so, and keeps " + held,
			analyzer.Medium, confidence,
		}, true
	}
	message := "The debug toolbar is installed in " + file.Where() + ": where `DEBUG` is on it keeps " + held
	for _, debug := range file.Decided("DEBUG") {
		switch on, known := debug.Value.AsBool(); {
		case known && on:
			return verdict{message, analyzer.Medium, analyzer.HighConfidence}, true
		case known:
			return verdict{message, analyzer.Low, analyzer.LowConfidence}, true
		}
	}
	return verdict{message, analyzer.Low, analyzer.LowConfidence}, true
}

// decides matches the settings that tell production from the rest: DEBUG, IS_DEV, ENVIRONMENT, ENABLE_TOOLBAR.
var decides = pattern.New(`\b([A-Z]+_)*(DEBUG|DEV|DEVELOPMENT|LOCAL|PROD|PRODUCTION|ENV|ENVIRONMENT|TOOLBAR)(_[A-Z]+)*\b`)

// callbackCode returns the code of a callback, and how sure it is that this is all of it: a lambda's, or that of a function of
// this file, by its name or its dotted name. What another file has nobody sees here.
func callbackCode(pass *analyzer.Pass, callback settings.Value) (code string, confidence analyzer.Confidence) {
	code = pass.Source[callback.Span.Start:callback.Span.End]
	if strings.HasPrefix(code, "lambda") {
		return code, analyzer.MediumConfidence
	}
	if callback.Kind == settings.Text {
		code = callback.Text
	}
	name := code[strings.LastIndexByte(code, '.')+1:]
	for _, fn := range pass.Functions {
		if fn.Name == name && fn.Parent == nil && fn.Class == nil {
			return pass.Text(fn), analyzer.MediumConfidence
		}
	}
	return "", analyzer.LowConfidence
}

// judgeSilk leaves out a silk that records a part of the requests: somebody has thought of production.
func judgeSilk(pass *analyzer.Pass) (verdict, bool) {
	file := pass.Settings
	for _, name := range []string{"SILKY_INTERCEPT_PERCENT", "SILKY_INTERCEPT_FUNC"} {
		if len(file.Named(name)) > 0 {
			return verdict{}, false
		}
	}
	return verdict{
		"silk records every request in " + file.Where() + ": its queries with their stack traces and its bodies, in memory and then in the database",
		analyzer.Medium, analyzer.HighConfidence,
	}, true
}

func judgeNPlusOne(pass *analyzer.Pass) (verdict, bool) {
	return verdict{
		"nplusone watches every row that a request loads in " + pass.Settings.Where(), analyzer.Low, analyzer.HighConfidence,
	}, true
}

// most is the largest RESULTS_CACHE_SIZE that passes: at 100 queries of 1 KB a request, 160 MB.
const most = 500

func reportCacheSize(pass *analyzer.Pass) {
	size, ok := pass.Settings.At("DEBUG_TOOLBAR_CONFIG", "RESULTS_CACHE_SIZE")
	if !ok || size.Value.Kind != settings.Number || size.Value.Number <= most {
		return
	}
	pass.Report(analyzer.Diagnostic{
		Span: size.Value.Span,
		Message: "The debug toolbar keeps the queries and templates of the latest " +
			strconv.FormatFloat(size.Value.Number, 'f', -1, 64) + " requests in memory",
		Severity:   new(analyzer.Low),
		Remedy:     "\"RESULTS_CACHE_SIZE\": 25,\n",
		Confidence: pass.ConfidenceIn(size, analyzer.HighConfidence),
	})
}
