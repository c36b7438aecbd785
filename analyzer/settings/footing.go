package settings

import (
	"path"
	"regexp"
	"strings"
)

// A Footing says how firmly a setting stands in production.
type Footing uint8

// The footings, in ascending order.
const (
	// Presumed is what a file sets that says nothing of production and that many keep for their own machines: .env and
	// docker-compose.yml.
	Presumed Footing = iota
	// Overridable is what another module may set again: a base that others build upon, or what stands in front of
	// from .local import *. So is what a Dockerfile says, which whoever runs the image may change.
	Overridable
	// Firm is what production's settings say last.
	Firm
)

// Footing returns how firmly a setting of this file stands in production. It means nothing for another role's file.
func (f *File) Footing(s Setting) Footing {
	switch {
	case f.Format == Python && !f.isBase() && s.Span.Start >= f.reopened, f.Format != Python && f.saysProduction():
		return Firm
	case f.Format == Env, f.Format == YAML && strings.Contains(path.Base(f.Path), "compose"):
		return Presumed
	}
	return Overridable
}

var productionName = regexp.MustCompile(`(?i)(^|[._/-])(prod|production|live)([._/-]|$)`)

// saysProduction reports whether a part of the path names production.
func (f *File) saysProduction() bool {
	return productionName.MatchString(strings.ReplaceAll(f.Path, "_", "-"))
}

// isBase reports whether a settings module is one that others build upon: a part of a package of settings, or one that says
// so by its name.
func (f *File) isBase() bool {
	folder, base := path.Split(f.Path)
	stem := strings.TrimSuffix(base, ".py")
	for _, word := range []string{"base", "common", "default", "shared", "core", "global"} {
		if strings.Contains(stem, word) {
			return true
		}
	}
	return strings.Contains("/"+folder, "/settings/") && !productionName.MatchString(stem)
}

// Where names what the file configures, as far as its path tells: "what looks like production's settings".
func (f *File) Where() string {
	what := "settings"
	if f.Format != Python && f.Format != TOML {
		what = "environment"
	}
	if f.Role != Production {
		return f.Role.String() + " " + what
	}
	if f.saysProduction() {
		return "production's " + what
	}
	return "what looks like production's " + what
}

// Write returns a setting as the file's language writes it, on a line of its own.
func (f *File) Write(name, value string) string {
	switch f.Format {
	case Python, TOML:
		return name + " = " + value + "\n"
	case YAML:
		return name + ": \"" + value + "\"\n"
	case Env, INI, Lines, Script:
	}
	return name + "=" + value + "\n"
}
