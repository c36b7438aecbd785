package project

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

var (
	// startsASGI is a command line that starts an ASGI server: one of the servers with an application behind it, or
	// gunicorn with uvicorn's worker.
	startsASGI = regexp.MustCompile(`\b(daphne|uvicorn|hypercorn|granian)\b.*[\w.]+:\w+|uvicorn(\.workers|_worker)\.\w*Worker`)
	// dependsOnASGI is a requirement of an ASGI server, or of Channels, which needs one.
	dependsOnASGI = regexp.MustCompile(`^\s*["']?(daphne|uvicorn|hypercorn|granian|channels)\b`)
)

// addServers looks for ASGI servers in files of dependencies and of commands.
func (r *Reader) addServers(file, text string) {
	base := path.Base(file)
	requirements := strings.HasPrefix(base, "requirements") || strings.Contains(file, "requirements/")
	dependencies := requirements || base == "pyproject.toml" || base == "Pipfile" || base == "setup.cfg"
	if requirements && developmentOnly(file) {
		return
	}
	line := 0
	for content := range strings.Lines(text) {
		line++
		code, _, _ := strings.Cut(content, "#")
		where := file + ":" + strconv.Itoa(line)
		switch {
		case !dependencies && startsASGI.MatchString(code):
			r.note(Evidence{Certain, where})
		case dependencies && dependsOnASGI.MatchString(code):
			r.note(Evidence{Likely, where})
		}
	}
}

var developmentWord = regexp.MustCompile(`(?i)(^|[-_./])(dev|develop|development|test|tests|testing|local|docs?|lint|ci)([-_./]|$)`)

// developmentOnly reports whether a requirements file is not production's.
func developmentOnly(file string) bool { return developmentWord.MatchString(file) }
