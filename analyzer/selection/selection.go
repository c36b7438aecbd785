// Package selection says which files of a repository djleak reads and what a file is for. It decides by path and, for
// generated code, by how the file begins.
package selection

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// A Selection is a choice of files. The zero value chooses every Python file that is not left out by default.
//
// Paths are relative to the folder that the globs start from, with slashes.
type Selection struct {
	include, exclude []string
	// settings are globs of more files that hold settings.
	settings []string
	// within is the folder that was asked for, with a slash behind it, or empty.
	within string
}

// New returns the choice of the files that match one of the include globs, if there are any, and none of the exclude
// globs. A glob that matches a folder stands for everything in it. The error names the first glob that is none.
func New(include, exclude []string) (*Selection, error) {
	for _, glob := range slices.Concat(include, exclude) {
		if err := ValidateGlob(glob); err != nil {
			return nil, err
		}
	}
	return &Selection{include: cleanGlobs(include), exclude: cleanGlobs(exclude)}, nil
}

// Within returns the choice for a walk that starts at a folder: to ask for a folder is to include it by name.
func (s *Selection) Within(folder string) *Selection {
	within := *s
	if folder != "." {
		within.within = folder + "/"
	}
	return &within
}

// WithSettings returns the choice that knows more files of settings: those that match one of the globs.
func (s *Selection) WithSettings(globs []string) *Selection {
	with := *s
	with.settings = cleanGlobs(globs)
	return &with
}

// HasSettings reports whether the selection knows more files of settings.
func (s *Selection) HasSettings() bool { return len(s.settings) > 0 }

// Kind returns what a file is for, as [KindOf] does; one of the selection's own settings is that.
func (s *Selection) Kind(name string) Kind {
	switch {
	case !matchesAny(s.settings, name):
		return KindOf(name)
	case path.Ext(name) == ".py":
		return Settings
	default:
		return Deployment
	}
}

// Matches reports whether a glob matches the path or a folder above it.
func Matches(glob, name string) bool { return matchesAny([]string{cleanGlob(glob)}, name) }

// ValidateGlob returns an error that names the glob unless it is one.
func ValidateGlob(glob string) error {
	if cleanGlob(glob) == "" || !doublestar.ValidatePattern(glob) {
		return fmt.Errorf("%q is not a glob; write one such as \"shop/**/*.py\"", glob)
	}
	return nil
}

// File reports whether the file is chosen, as far as its path tells; see [Selection.Named] for generated files.
func (s *Selection) File(name string) bool {
	if !reads(name) && !matchesAny(s.settings, name) || matchesAny(s.exclude, name) {
		return false
	}
	if len(s.include) > 0 && !matchesAny(s.include, name) {
		return false
	}
	return s.leftOut(name) == ""
}

// reads reports whether djleak understands files of this name: Python, and settings in other languages.
func reads(name string) bool { return path.Ext(name) == ".py" || isDeployment(path.Base(name)) }

// isDeployment reports whether a file is one of settings or commands, by its name. These count:
//
//	.env, .env.*, *.env                                        NAME=value
//	docker-compose*, compose*, values*, deployment*, settings* .yml and .yaml
//	settings*.toml, .secrets.toml                              dynaconf
//	uwsgi*.ini, *uwsgi.ini, supervisor*.conf, *.service        INI
//	Procfile*, Dockerfile*, *.Dockerfile, *.sh                 command lines
func isDeployment(base string) bool {
	extension := path.Ext(base)
	switch stem := strings.TrimSuffix(base, extension); extension {
	case ".py":
		return false
	case ".yml", ".yaml":
		return hasPrefix(stem, "docker-compose", "compose", "values", "deployment", "settings")
	case ".toml":
		return hasPrefix(stem, "settings", ".secrets")
	case ".ini":
		return hasPrefix(stem, "uwsgi") || strings.HasSuffix(stem, "uwsgi")
	case ".conf":
		return hasPrefix(stem, "supervisor")
	case ".service", ".sh":
		return true
	}
	return base == ".env" || strings.HasPrefix(base, ".env.") || extension == ".env" ||
		hasPrefix(base, "Procfile", "Dockerfile") || extension == ".Dockerfile"
}

func hasPrefix(name string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// Folder reports whether a folder may hold chosen files, so that a walk can skip the others.
func (s *Selection) Folder(name string) bool {
	return !matchesAny(s.exclude, name) && s.leftOut(name+"/") == ""
}

// Environment reports whether a folder that turned out to be a virtual environment may hold chosen files.
func (s *Selection) Environment(name string) bool {
	return s.namesFolder(path.Base(name))
}

// Named reports whether an include glob names the file itself. A generated file that is chosen by its path is left out
// all the same unless it is named.
func (s *Selection) Named(name string) bool {
	return s.namesFile(path.Base(name))
}

// leftOut returns the part of the path for which it is left out by default, or an empty string. A path that ends with
// a slash is a folder's.
func (s *Selection) leftOut(name string) string {
	folders, file := path.Split(strings.TrimPrefix(name, s.within))
	for folder := range strings.SplitSeq(strings.TrimSuffix(folders, "/"), "/") {
		if leftOutFolder(folder) && !s.namesFolder(folder) {
			return folder
		}
	}
	if strings.HasSuffix(file, "_pb2.py") && !s.namesFile(file) {
		return file
	}
	return ""
}

// leftOutFolder reports whether a folder of this name holds nobody's own code.
func leftOutFolder(name string) bool {
	switch name {
	case "venv", "virtualenv", "node_modules", "site-packages", "build", "dist",
		"vendor", "vendor-local", "vendored", "_vendor", "third_party", "third-party", "thirdparty":
		return true
	case "", ".", "..":
		return false
	}
	return name[0] == '.'
}

// namesFolder reports whether an include glob names a folder: one of its parts matches the folder's name and does not
// begin with a wildcard, which would match any name.
func (s *Selection) namesFolder(name string) bool {
	for _, glob := range s.include {
		for part := range partsOf(glob) {
			if part != "" && !strings.ContainsRune("*?[", rune(part[0])) && doublestar.MatchUnvalidated(part, name) {
				return true
			}
		}
	}
	return false
}

// namesFile reports whether an include glob names a file: its last part is the file's name, or ends as generated
// modules do.
func (s *Selection) namesFile(name string) bool {
	for _, glob := range s.include {
		last := path.Base(glob)
		if last == name || strings.HasSuffix(last, "_pb2.py") && doublestar.MatchUnvalidated(last, name) {
			return true
		}
	}
	return false
}

// matchesAny reports whether a glob matches the path or a folder above it.
func matchesAny(globs []string, name string) bool {
	for ; name != "." && name != "/"; name = path.Dir(name) {
		for _, glob := range globs {
			if doublestar.MatchUnvalidated(glob, name) {
				return true
			}
		}
	}
	return false
}

// partsOf yields the parts of a glob between slashes, leaving groups such as "{a,b/c}" whole.
func partsOf(glob string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		depth, start := 0, 0
		for i := range len(glob) {
			switch glob[i] {
			case '{':
				depth++
			case '}':
				depth--
			case '/':
				if depth == 0 {
					if !yield(glob[start:i]) {
						return
					}
					start = i + 1
				}
			}
		}
		yield(glob[start:])
	}
}

func cleanGlobs(globs []string) []string {
	cleaned := make([]string, 0, len(globs))
	for _, glob := range globs {
		cleaned = append(cleaned, cleanGlob(glob))
	}
	return cleaned
}

// cleanGlob drops what people write around a glob without meaning more by it: "./shop/" is "shop".
func cleanGlob(glob string) string {
	return strings.Trim(strings.TrimPrefix(strings.TrimSpace(glob), "./"), "/")
}
