// Package uploadlimitdisabled reports limits on requests that production's settings switch off.
package uploadlimitdisabled

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/release"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports limits on what a request may hold in memory that are None or very large.
var Rule = &analyzer.Rule{
	Name:       "upload-limit-disabled",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Settings | selection.Deployment,
	Triggers:   []string{"DATA_UPLOAD_MAX_", "FILE_UPLOAD_MAX_MEMORY_SIZE"},
	Project:    true,
	Run:        run,
}

// A limit is one of Django's settings for what a request may hold.
type limit struct {
	name string
	// since is the release of Django that brought it.
	since release.Version
	// what None lets in; empty where Django does not take None.
	what string
	// severity of None.
	severity analyzer.Severity
	// held is what a large number of bytes lets into memory; empty for a limit that counts no bytes.
	held string
	// bound is a limit that most projects can live with, as Python writes it, and check what to make sure of before it is set.
	bound, check string
}

var limits = []limit{
	{
		name: "DATA_UPLOAD_MAX_MEMORY_SIZE", since: release.Version{Major: 1, Minor: 10}, what: "a body of any size is read into memory", severity: analyzer.High,
		held: "a request's body", bound: "10_485_760", check: "Does every form and API call, its files not counted, fit into 10 MB?",
	},
	{
		name: "DATA_UPLOAD_MAX_NUMBER_FIELDS", since: release.Version{Major: 1, Minor: 10}, what: "a body of short fields becomes a QueryDict of 40 times its size", severity: analyzer.High,
		bound: "10_000", check: "Has no form, the admin's lists included, more than 10,000 fields?",
	},
	{
		name: "DATA_UPLOAD_MAX_NUMBER_FILES", since: release.Version{Major: 3, Minor: 2}, what: "a request may open any number of files", severity: analyzer.Medium,
		bound: "1_000", check: "Does no form send more than 1,000 files at once?",
	},
	{
		name: "FILE_UPLOAD_MAX_MEMORY_SIZE", held: "an upload",
		bound: "2_621_440", check: "Does all that reads uploads take those that are temporary files too?",
	},
}

// largest is the largest number of bytes that passes.
const largest = 50 << 20

func run(pass *analyzer.Pass) {
	file := pass.Settings
	if file.Role != settings.Production {
		return
	}
	for _, limit := range limits {
		if pass.Django().Before(limit.since.Major, limit.since.Minor) || limit.name == "FILE_UPLOAD_MAX_MEMORY_SIZE" && keepsNoUploads(file) {
			continue
		}
		for _, setting := range file.Decided(limit.name) {
			if message, severity, ok := limit.judge(setting.Value, file); ok {
				pass.Report(limit.diagnose(pass, setting, message, severity))
			}
		}
	}
}

// keepsNoUploads reports whether the settings write all uploads to temporary files: MemoryFileUploadHandler alone asks for the limit.
// Source: https://docs.djangoproject.com/en/5.2/topics/http/file-uploads/#built-in-upload-handlers
func keepsNoUploads(file *settings.File) bool {
	for _, handlers := range file.Decided("FILE_UPLOAD_HANDLERS") {
		toDisk := false
		for _, handler := range handlers.Value.Items {
			if handler.Kind != settings.Text || strings.Contains(handler.Text, "Memory") {
				return false
			}
			toDisk = toDisk || handler.Text == "django.core.files.uploadhandler.TemporaryFileUploadHandler"
		}
		if toDisk && !handlers.Value.Partial {
			return true
		}
	}
	return false
}

// judge returns what a value of the limit lets in and how bad that is; ok is false where the limit holds.
func (l limit) judge(value settings.Value, file *settings.File) (message string, severity analyzer.Severity, ok bool) {
	if value.Kind == settings.Null && l.what != "" && (file.Format == settings.Python || file.Format == settings.TOML) {
		return "`" + l.name + "` is None in " + file.Where() + ": " + l.what, l.severity, true
	}
	bytes, known := value.AsNumber()
	if !known || l.held == "" || bytes <= largest {
		return "", 0, false
	}
	size := strconv.FormatFloat(bytes/(1<<20), 'f', 0, 64)
	return "`" + l.name + "` lets " + l.held + " take " + size + " MB of memory in " + file.Where(), analyzer.Medium, true
}

func (l limit) diagnose(pass *analyzer.Pass, setting settings.Setting, message string, severity analyzer.Severity) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:       setting.Span,
		Message:    message,
		Remedy:     pass.Settings.Write(l.name, l.bound),
		Severity:   &severity,
		Confidence: pass.ConfidenceIn(setting, analyzer.HighConfidence),
		// The server in front has the say on how many bytes there are, not on how many fields they make.
		Preview: l.name == "DATA_UPLOAD_MAX_MEMORY_SIZE" &&
			(isBoundBefore(pass, setting) || setting.Value.Kind == settings.Null && pass.Project.BoundsBodies()) ||
			l.held != "" && pass.Project.BodiesUpTo(largest),
	}
	switch {
	case setting.Value.FromEnv:
		d.Message += ", unless the environment says otherwise"
	case pass.Settings.Format == settings.Python:
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Set a limit",
			Kind:    analyzer.UnsafeFix,
			Check:   l.check,
			Edits:   []analyzer.TextEdit{{Span: withSize(pass, setting.Value.Span), NewText: l.bound}},
		}}
	}
	return d
}

// before names what stands between a client and Django.
var before = pattern.New(`(?i)nginx|apache|caddy|traefik|haproxy|\bproxy|load[ -]?balancer|ingress|gateway`)

// isBoundBefore reports whether the comments above a setting, with no empty line between, say that what stands before Django bounds
// bodies.
func isBoundBefore(pass *analyzer.Pass, setting settings.Setting) bool {
	lines := strings.Split(pass.Source[:setting.Span.Start], "\n")
	for _, line := range slices.Backward(lines[:len(lines)-1]) {
		switch line = strings.TrimSpace(line); {
		case line == "":
			return false
		case strings.HasPrefix(line, "#") && before.MatchString(line):
			return true
		}
	}
	return false
}

// size is a comment behind a value that says how much it is.
var size = pattern.New(`^[ \t]*#[ \t]*~?\d[\d.,_]*[ \t]*[kKmMgG]i?[bB]?[ \t]*\r?(\n|$)`)

// withSize extends the span of a value over the comment behind it that says how much it is.
func withSize(pass *analyzer.Pass, span python.Span) python.Span {
	comment := strings.TrimRight(size.Regexp().FindString(pass.Source[span.End:]), "\r\n")
	return python.Span{Start: span.Start, End: span.End + int32(len(comment))}
}
