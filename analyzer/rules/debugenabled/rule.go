// Package debugenabled reports DEBUG = True in production's settings.
package debugenabled

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports DEBUG that is on, or on by default, where production's settings are.
var Rule = &analyzer.Rule{
	Name:       "debug-enabled",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Settings | selection.Deployment,
	Triggers:   []string{"DEBUG"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	file := pass.Settings
	if file.Role != settings.Production || hasNoDatabase(pass) {
		return
	}
	named := file.Decided("DEBUG")
	if file.Format != settings.Python {
		named = append(named, file.Decided("DJANGO_DEBUG")...)
	}
	for _, setting := range named {
		if on, known := setting.Value.AsBool(); on && known {
			d := diagnose(pass, setting)
			d.Preview = servesLocalhost(pass) || servesNobody(pass, setting)
			pass.Report(d)
		}
	}
}

// hasNoDatabase reports whether all databases are Django's dummy, as where a project keeps its data in MongoDB: no connection makes a
// query that it could keep.
// Source: https://docs.djangoproject.com/en/5.2/ref/settings/#databases
func hasNoDatabase(pass *analyzer.Pass) bool {
	file := pass.Settings
	aliases := file.Keys("DATABASES")
	return len(aliases) > 0 && !pass.Project.SetInProduction("DATABASES", file.Path) && !slices.ContainsFunc(aliases, func(alias string) bool {
		engine, ok := file.At("DATABASES", alias, "ENGINE")
		dummy := engine.Value.Text == "" || engine.Value.Text == "django.db.backends.dummy"
		return !ok || !dummy || engine.Value.Kind != settings.Text || engine.Value.FromEnv || file.Footing(engine) != settings.Firm
	})
}

// servesLocalhost reports whether the settings let in nobody but the machine itself and those beside it: an empty ALLOWED_HOSTS, which startproject
// writes, means localhost while DEBUG is on. Before Django 1.10.3 whatever they said meant everybody.
// Source: https://docs.djangoproject.com/en/5.2/releases/1.10.3/
func servesLocalhost(pass *analyzer.Pass) bool {
	hosts := pass.Settings.Named("ALLOWED_HOSTS")
	return len(hosts) > 0 && !pass.Django().Before(1, 11) && !slices.ContainsFunc(hosts, func(s settings.Setting) bool { return namesOther(s.Value, isLocal) })
}

// servesNobody reports whether a fixed DEBUG is that of a project which runs on the machine of whoever works at it: nothing deploys it,
// its databases are there, and its hosts name none that others know. Whoever asks the environment has thought of a deployment.
func servesNobody(pass *analyzer.Pass, debug settings.Setting) bool {
	if debug.Value.FromEnv || !pass.Project.NothingDeploys() {
		return false
	}
	file := pass.Settings
	aliases := file.Keys("DATABASES")
	return len(aliases) > 0 && !slices.ContainsFunc(aliases, func(alias string) bool { return !isAtHand(file, alias) }) &&
		!slices.ContainsFunc(file.Named("ALLOWED_HOSTS"), func(s settings.Setting) bool {
			return namesOther(s.Value, func(host string) bool { return host == "*" || isLocal(host) })
		})
}

// isAtHand reports whether a database is SQLite's, or one of the machine itself for which the environment has no say.
func isAtHand(file *settings.File, alias string) bool {
	engine, ok := file.At("DATABASES", alias, "ENGINE")
	if !ok || engine.Value.Kind != settings.Text || engine.Value.FromEnv {
		return false
	}
	return engine.Value.Text == "django.db.backends.sqlite3" || !slices.ContainsFunc([]string{"HOST", "NAME", "PASSWORD"}, func(key string) bool {
		entry, ok := file.At("DATABASES", alias, key)
		return ok && (entry.Value.Kind != settings.Text || entry.Value.FromEnv || key == "HOST" && entry.Value.Text != "" && !isLocal(entry.Value.Text))
	})
}

// namesOther reports whether a list may have hosts of another kind than one.
func namesOther(hosts settings.Value, kind func(host string) bool) bool {
	return hosts.Kind != settings.List || hosts.Partial || hosts.FromEnv || slices.ContainsFunc(hosts.Items, func(item settings.Value) bool {
		return !kind(item.Text) && !kind(hostAlone.Regexp().ReplaceAllString(item.Text, "$1"))
	})
}

// hostAlone finds the host where one is written with what it does not have: a scheme in front, a port behind.
var hostAlone = pattern.New(`^(?:https?://)?([^:/]*)(?::\d+)?/?$`)

// isLocal reports whether a host is the machine itself or one of the network at hand.
func isLocal(host string) bool { return localhost[host] || strings.HasPrefix(host, "192.168.") }

// localhost are the names of the machine itself, and the one that the test client asks for.
// Source: https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts
var localhost = map[string]bool{
	"localhost": true, ".localhost": true, "127.0.0.1": true, "[::1]": true, "0.0.0.0": true, "testserver": true,
}

func diagnose(pass *analyzer.Pass, setting settings.Setting) analyzer.Diagnostic {
	file := pass.Settings
	d := analyzer.Diagnostic{
		Span:       setting.Span,
		Message:    "`" + setting.Name + "` is on in " + file.Where() + ": each database connection keeps " + queries(pass),
		Remedy:     "DEBUG = os.environ.get(\"DJANGO_DEBUG\") == \"1\"\n",
		Confidence: pass.ConfidenceIn(setting, analyzer.HighConfidence),
	}
	switch {
	case file.Format != settings.Python:
		d.Remedy = file.Write(setting.Name, "false")
		if setting.Name == "DEBUG" && file.Format != settings.TOML {
			// Programs beside Django have a variable of this name too.
			d.Confidence = pass.ConfidenceIn(setting, analyzer.MediumConfidence)
		}
	case setting.Value.FromEnv:
		// Where it is deployed somebody may have thought of the variable.
		d.Confidence = pass.ConfidenceIn(setting, analyzer.MediumConfidence)
		if switchedOff(pass, setting) {
			d.Confidence = new(analyzer.LowConfidence)
		}
		d.Remedy = "" // The variable has a name already.
		d.Message = "`" + setting.Name + "` is on unless the environment says otherwise: each database connection then keeps " + queries(pass)
	default:
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Switch it off here",
			Kind:    analyzer.UnsafeFix,
			Check:   "Is it switched on where you develop, by settings or a variable of their own?",
			Edits:   []analyzer.TextEdit{{Span: setting.Value.Span, NewText: "False"}},
		}}
	}
	return d
}

// switchedOff reports whether production's environment switches off what a setting asks it for.
func switchedOff(pass *analyzer.Pass, setting settings.Setting) bool {
	if takesTextForTrue(pass, setting) {
		return false
	}
	if variable := setting.Value.Variable; variable != "" {
		return pass.Project.SwitchesOff(variable)
	}
	return pass.Project.SwitchesOff("DEBUG") || pass.Project.SwitchesOff("DJANGO_DEBUG")
}

// takesTextForTrue reports whether a value is bool() of what the environment says, which is true of "False" too. What tells texts
// apart within it, strtobool() and == "True", is something else.
func takesTextForTrue(pass *analyzer.Pass, setting settings.Setting) bool {
	inner, found := strings.CutPrefix(pass.Source[setting.Value.Span.Start:setting.Value.Span.End], "bool(")
	return found && !tellsTextsApart.MatchString(inner)
}

var tellsTextsApart = pattern.New(`bool\(|int\(|==|\bin\b`)

// queries says which queries a connection keeps: 9,000 at most since Django 1.8.
// Source: https://docs.djangoproject.com/en/5.2/releases/1.8/#database-backends
func queries(pass *analyzer.Pass) string {
	if pass.Django().Before(1, 8) {
		return "every query until the next request"
	}
	return "its latest 9,000 queries"
}
