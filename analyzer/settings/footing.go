package settings

import (
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
)

// A Footing says how firmly a setting stands in production.
type Footing uint8

// The footings, in ascending order.
const (
	// Presumed is what a file sets that says nothing of production and that many keep for their own machines: .env and
	// docker-compose.yml with its settings module. So is what a base says of that which nearly every deployment sets anew, such as DEBUG,
	// and what a folder keeps that is done with.
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
	case f.isLocalStack(), retiredFolder.MatchString("/" + f.Path):
		return Presumed
	case f.Format == Python && !strings.Contains(path.Base(f.Path), "compose") && !s.base && !f.isBase() && s.Span.Start >= f.reopened, f.Format != Python && f.SaysProduction():
		return Firm
	case f.Format == Env, strings.Contains(path.Base(f.Path), "compose"), SetPerDeployment(s.Name):
		return Presumed
	}
	return Overridable
}

// retiredFolder matches a folder of what nothing runs any more.
var retiredFolder = pattern.New(`(?i)/(legacy|old|backups?|deprecated|obsolete)/`)

// databasePasswords are the variables by which the images of databases take the password that they are to have.
var databasePasswords = []string{"POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD", "MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD", "MARIADB_ROOT_PASSWORD", "MARIADB_PASSWORD"}

// isLocalStack reports whether a compose file brings a database of its own with a password that everybody can read. Whatever the
// file is called, it runs on a developer's machine or in tests.
func (f *File) isLocalStack() bool {
	return f.Format == YAML && strings.Contains(path.Base(f.Path), "compose") && slices.ContainsFunc(f.Settings, func(s Setting) bool {
		return slices.Contains(databasePasswords, s.Name) && s.Value.Text != "" && !strings.Contains(s.Value.Text, "$")
	})
}

// perDeployment are the settings whose value in a base is the one for a developer's machine.
var perDeployment = map[string]bool{
	"DEBUG": true, "DJANGO_DEBUG": true, "CACHES": true, "CACHE_URL": true, "CHANNEL_LAYERS": true, "INSTALLED_APPS": true,
	"MIDDLEWARE": true,
}

// SetPerDeployment reports whether nearly every deployment has a value of its own for a setting.
func SetPerDeployment(name string) bool { return perDeployment[name] }

var productionName = pattern.New(`(?i)(^|[._/-])(prod|production|live)([._/-]|$)`)

// SaysProduction reports whether a part of the path names production.
func (f *File) SaysProduction() bool {
	return productionName.MatchString(strings.ReplaceAll(f.Path, "_", "-"))
}

// isBase reports whether a settings module is one that others build upon or that stands beside production's: a part of a package
// of settings, or one that says so by its name.
func (f *File) isBase() bool {
	folder, base := path.Split(f.Path)
	stem := strings.TrimSuffix(base, ".py")
	return isBaseName(stem) || baseFolder.MatchString("/"+folder) || stagingName.MatchString(strings.ReplaceAll(f.Path, "_", "-")) ||
		inSettings.MatchString("/"+folder) && !f.SaysProduction()
}

var stagingName = pattern.New(`(?i)(^|[._/-])(staging|stage|qa|uat)([._/-]|$)`)

// baseFolder matches a folder of what others build upon. Whole words: "core" is an application's name too.
var baseFolder = pattern.New(`/(base|common|defaults?|shared)/$`)

// isBaseName reports whether a module or a class says by its name that others build upon it.
func isBaseName(name string) bool {
	return slices.ContainsFunc([]string{"base", "common", "default", "shared", "core", "global"}, func(word string) bool {
		return strings.Contains(name, word)
	})
}

// inSettings matches the folders of a package of settings.
var inSettings = pattern.New(`/(settings|conf|config|configs)/`)

// Where names what the file configures, as far as its path tells: "what looks like production's settings".
func (f *File) Where() string {
	what := "settings"
	if f.Format != Python && f.Format != TOML {
		what = "environment"
	}
	if f.Role != Production {
		return f.Role.String() + " " + what
	}
	if f.SaysProduction() {
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
