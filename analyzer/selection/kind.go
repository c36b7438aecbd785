package selection

import (
	"path"
	"slices"
	"strings"
)

// A Kind is a set of kinds of files.
type Kind uint8

// The kinds of files. Test and migration modules are kinds of their own: few rules make sense there.
const (
	// Code is a Python module of the application.
	Code Kind = 1 << iota
	// Settings is a Python module of Django settings, or of a server's or Celery's.
	Settings
	// Migration is a module in a migrations package.
	Migration
	// Test is a test module, a conftest.py, a module in a package of tests or of data for them, or factories for test objects.
	Test
	// Deployment is a settings file in another language than Python.
	Deployment

	// AllKinds are all of these.
	AllKinds = Code | Settings | Migration | Test | Deployment
)

// KindOf returns what a file is for, by its path; one of an unknown name, which somebody asked for, is Python. It is one
// kind, except that a module which may be settings or code, such as user_settings.py or celery.py, is both. Tests come
// first: the settings of a test project are a test's.
func KindOf(name string) Kind {
	folders, file := path.Split(name)
	parents := strings.Split(strings.TrimSuffix(folders, "/"), "/")
	parent := parents[len(parents)-1]
	stem := strings.TrimSuffix(file, ".py")
	switch {
	case isDeployment(file):
		return Deployment
	case slices.ContainsFunc(parents, testFolder) || testModule(stem) || isBehave(parents, stem):
		return Test
	case parent == "migrations":
		return Migration
	case stem == "settings", parent == "settings" && !appModule(stem):
		return Settings
	case strings.HasPrefix(stem, "settings_"), strings.HasSuffix(stem, "_settings"),
		slices.Contains(parents, "settings") && !appModule(stem), hasPrefix(stem, "celery", "gunicorn"),
		deployments[stem] && slices.ContainsFunc(parents, isConfiguration):
		return Settings | Code
	default:
		return Code
	}
}

// IsTemplate reports whether a file may be a template, by its path: one of HTML or Jinja, or any in a folder of templates but Python.
func IsTemplate(name string) bool {
	folders, file := path.Split(name)
	switch path.Ext(file) {
	case ".html", ".htm", ".djhtml", ".jinja", ".jinja2", ".j2":
		return true
	case ".py":
		return false
	}
	return slices.ContainsFunc(strings.Split(folders, "/"), func(folder string) bool { return folder == "templates" || folder == "jinja2" })
}

// deployments are the names that a package of settings gives its modules where it is called config or conf.
var deployments = map[string]bool{
	"base": true, "common": true, "defaults": true, "production": true, "prod": true, "live": true, "staging": true,
	"stage": true, "development": true, "dev": true, "local": true, "testing": true, "test": true, "ci": true,
}

func isConfiguration(folder string) bool {
	switch folder {
	case "config", "configs", "conf", "configuration", "configurations":
		return true
	}
	return false
}

// testFolder reports whether a folder holds tests or what they work with: tests, e2e_tests, testdatabuilder. A name that only
// ends so, such as contests, is an application's.
func testFolder(name string) bool {
	switch name {
	case "test", "tests", "unittests", "testapp", "testproject", "testutils", "factories":
		return true
	case "test_app", "test_project", "test_utils", "test_helpers":
		return true
	}
	return strings.HasSuffix(name, "_tests") || strings.HasSuffix(name, "-tests") || hasPrefix(name, "testdata", "test_data", "test-data")
}

func testModule(stem string) bool {
	switch stem {
	case "conftest", "tests", "factories":
		return true
	}
	return strings.HasPrefix(stem, "test_") || strings.HasPrefix(stem, "tests_") || strings.HasSuffix(stem, "_test")
}

// isBehave reports whether a module holds the steps of behave, or its environment.
// Source: https://behave.readthedocs.io/en/stable/gherkin/
func isBehave(parents []string, stem string) bool {
	features := slices.Index(parents, "features")
	if features < 0 {
		return false
	}
	return stem == "environment" && features == len(parents)-1 || slices.Contains(parents[features+1:], "steps")
}

// appModule reports whether a module's name is one that an application has and a package of settings has not: an
// application may be called "settings" too.
func appModule(stem string) bool {
	switch stem {
	case "admin", "api", "apps", "context_processors", "forms", "managers", "middleware", "models", "serializers",
		"signals", "tasks", "urls", "views":
		return true
	}
	return false
}
