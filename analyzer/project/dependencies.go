package project

import (
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/release"
)

// A requirement is what one line says of the Django that a project runs on.
type requirement struct {
	release.Range
	// folder of the project that says so.
	folder string
	// promised is true in the description of a package, which others install with a Django of their own.
	promised bool
	// aside is true of a file for developers, for documentation or for an example.
	aside bool
}

// counted returns the requirements that say which Django a project runs on. A release that is named, as a lock file names it, stands for
// the requirements beside it that allow it. What is for developers may tell of a newer Django, never of an older one.
func counted(all []requirement) []requirement {
	if !slices.ContainsFunc(all, func(r requirement) bool { return !r.aside }) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(all), func(r requirement) bool {
		return !r.Pinned && (r.aside || !r.promised && slices.ContainsFunc(all, func(pin requirement) bool {
			return pin.Pinned && !pin.aside && pin.folder == r.folder && r.Allows(pin.Range)
		}))
	})
}

// newest returns the limit of the newest Django that the requirements allow.
func newest(all []requirement) release.Limit {
	var limit release.Limit
	for i, r := range counted(all) {
		if i == 0 {
			limit = r.Limit
		} else {
			limit = limit.Newer(r.Limit)
		}
	}
	return limit
}

// oldest returns the oldest Django that the requirements allow, zero where one of them may allow any.
func oldest(all []requirement) release.Version {
	var version release.Version
	for i, r := range counted(all) {
		if i == 0 || r.From.Compare(version) < 0 {
			version = r.From
		}
	}
	return version
}

// addDjango takes what a file of dependencies, whatever its format, requires of Django.
func (r *Reader) addDjango(file, text string) {
	folder, base := path.Split(file)
	found := requirement{
		folder:   strings.TrimSuffix(folder, "requirements/"),
		promised: isPackage(base),
		aside:    developmentOnly(file) || example.MatchString(file),
	}
	take := func(allowed release.Range) {
		found.Range = allowed
		r.requirements = append(r.requirements, found)
	}
	switch base {
	case "poetry.lock", "uv.lock", "pdm.lock":
		locked(text, "\nname = \"", "version = \"", "\n\n", take)
	case "Pipfile.lock":
		locked(text, "\n    \"", "\"version\": \"", "}", take)
	default:
		for line := range strings.Lines(text) {
			if strings.Contains(line, "jango") {
				requiredIn(line, take)
			}
		}
	}
}

var (
	// example matches the folders of what shows how to use a package.
	example = pattern.New(`(?i)(^|[-_./])(examples?|demos?|samples?|sandbox)([-_./]|$)`)
	// requiresDjango is where a line may begin to require Django: its name alone, or in quotes.
	requiresDjango = pattern.New(`(?i)(?:^\s*|["'])django(?:\s*\[[\w\s,.-]*\])?["']?\s*`)
	// fromElsewhere is a requirement of a Django that no index has, of any release.
	fromElsewhere = pattern.New(`(?i)egg=django(?:[^-\w.]|$)|/django/(archive|zipball|tarball)/|/django\.git`)
	// tableVersion is the release in an inline table: {version = "^4.2", extras = ["argon2"]}.
	tableVersion = pattern.New(`^\{[^{}]*\bversion\s*=\s*["']([^"']*)["']`)
)

// locked takes the releases in Django's entries of a lock file: before stands in front of the name, version in front of the release,
// and end behind the entry. There may be one entry for each version of Python.
func locked(text, before, version, end string, take func(release.Range)) {
	for _, name := range []string{"django", "Django"} {
		for rest := text; ; {
			_, after, found := strings.Cut(rest, before+name+"\"")
			if !found {
				break
			}
			entry, _, _ := strings.Cut(after, end)
			if _, value, ok := strings.Cut(entry, version); ok {
				value, _, _ = strings.Cut(value, "\"")
				take(release.Parse("==" + strings.TrimPrefix(value, "==")))
			}
			rest = after
		}
	}
}

// requiredIn takes what a line of requirements, of TOML, of setup.py or of setup.cfg requires of Django.
func requiredIn(line string, take func(release.Range)) {
	if fromElsewhere.MatchString(line) {
		take(release.Range{})
		return
	}
	name, _, _ := strings.Cut(strings.TrimSpace(line), "=")
	if name = strings.TrimSpace(name); name == "keywords" || name == "packages" || strings.HasPrefix(name, "#") {
		return
	}
	for _, at := range requiresDjango.Regexp().FindAllStringIndex(line, -1) {
		if allowed, ok := rangeAt(line[at[1]:]); ok {
			take(allowed)
		}
	}
}

// rangeAt reads what follows Django's name. It is false where that was the beginning of another name, such as django-redis.
func rangeAt(rest string) (release.Range, bool) {
	if rest == "" {
		return release.Range{}, true
	}
	switch rest[0] {
	case '<', '>', '!', '~', '^', '(', '=':
		value := strings.TrimSpace(strings.TrimPrefix(rest, "="))
		switch {
		case strings.HasPrefix(rest, "=") && value != "" && (value[0] == '"' || value[0] == '\''):
			specifier, _, _ := strings.Cut(value[1:], value[:1])
			return release.Parse(specifier), true
		case strings.HasPrefix(rest, "=") && strings.HasPrefix(value, "{"):
			if match := tableVersion.Regexp().FindStringSubmatch(value); match != nil {
				return release.Parse(match[1]), true
			}
			return release.Range{}, true
		}
		end := strings.IndexAny(rest, "\"';#\\")
		if end < 0 {
			end = len(rest)
		}
		return release.Parse(rest[:end]), true
	case ';', '#', ',', ')', ']', '}', '"', '\'', '\\', '@':
		return release.Range{}, true
	}
	return release.Range{}, false
}

// tellsOfDjango reports whether a file tells which Django a project runs on, and of no other dependency that matters: a lock
// file, constraints, setup.py.
func tellsOfDjango(base string) bool {
	switch base {
	case "poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "setup.py":
		return true
	}
	return strings.Contains(base, "constraints") && strings.HasSuffix(base, ".txt")
}

// isPackage reports whether a file describes a package for others to install.
func isPackage(base string) bool { return base == "setup.py" || base == "setup.cfg" }
