// Package persistentconnectionsunderasgi reports persistent database connections of a project that runs under ASGI.
package persistentconnectionsunderasgi

import (
	_ "embed"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports a CONN_MAX_AGE other than 0 where an ASGI server serves the project.
var Rule = &analyzer.Rule{
	Name:       "persistent-connections-under-asgi",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Settings | selection.Deployment,
	Triggers:   []string{"CONN_MAX_AGE", "conn_max_age"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	file := pass.Settings
	asgi := pass.Project.UnderASGI()
	// Before Django 4.0 all requests share a thread for what is synchronous, and its connections: ThreadSensitiveContext in
	// https://github.com/django/django/blob/4.0/django/core/handlers/asgi.py is what gives each its own.
	if file.Role != settings.Production || asgi.Strength < project.Likely || pass.Django().Before(4, 0) {
		return
	}
	for _, alias := range file.Keys("DATABASES") {
		engine, _ := file.At("DATABASES", alias, "ENGINE")
		pool, hasPool := file.At("DATABASES", alias, "OPTIONS", "pool")
		// Connections of a pool end with the request, and SQLite's cost no server.
		if strings.Contains(engine.Value.Text, "sqlite") || hasPool && pool.Value.Kind != settings.Null {
			continue
		}
		if age, ok := file.At("DATABASES", alias, "CONN_MAX_AGE"); ok && persists(age.Value) {
			d := diagnose(pass, age, "`CONN_MAX_AGE` of the database `"+alias+"`", asgi)
			if alias != "default" {
				// Commands and tasks alone may use another database.
				d.Confidence = new(min(*d.Confidence, analyzer.MediumConfidence))
			}
			pass.Report(d)
		}
	}
	if file.Format == settings.Python {
		return
	}
	for _, setting := range file.Settings {
		if strings.HasSuffix(setting.Name, "CONN_MAX_AGE") && !setting.Guarded && persists(setting.Value) {
			pass.Report(diagnose(pass, setting, "`"+setting.Name+"`", asgi))
		}
	}
}

// persists reports whether connections of that age outlive a request: None means for ever.
func persists(age settings.Value) bool {
	seconds, known := age.AsNumber()
	return known && seconds > 0 || age.Kind == settings.Null
}

func diagnose(pass *analyzer.Pass, age settings.Setting, name string, asgi project.Evidence) analyzer.Diagnostic {
	most := analyzer.HighConfidence
	switch {
	case pass.Project.BesideWSGI():
		// Web sockets alone may be what ASGI serves, and their consumers use connections of another thread.
		most = analyzer.LowConfidence
	case age.Value.FromEnv && pass.Project.SwitchesOff(age.Value.Variable):
		// The environment, or an example of it, sets 0.
		most = analyzer.LowConfidence
	case asgi.Strength < project.Certain:
		most = analyzer.MediumConfidence
	}
	value := "None"
	if seconds, known := age.Value.AsNumber(); known {
		value = strconv.FormatFloat(seconds, 'f', -1, 64)
	}
	d := analyzer.Diagnostic{
		Span: age.Value.Span,
		Message: name + " is " + value + " under ASGI (" + asgi.Where + "): each request opens a connection that no later one uses " +
			"and leaves it to the garbage collector",
		Remedy:     "\"CONN_MAX_AGE\": 0,\n",
		Preview:    pass.Project.DoubtsASGI(),
		Confidence: pass.ConfidenceIn(age, most),
	}
	switch {
	case pass.Settings.Format != settings.Python:
		d.Remedy = pass.Settings.Write(age.Name, "0")
	case !age.Value.FromEnv:
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Close connections at the end of each request",
			Kind:    analyzer.UnsafeFix,
			Check:   "Does no WSGI server use these settings, which would connect anew for each request?",
			Edits:   []analyzer.TextEdit{{Span: age.Value.Span, NewText: "0"}},
		}}
	}
	return d
}
