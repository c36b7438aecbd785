package project

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/settings"
)

// addDeployment takes the servers that a file of settings or commands starts, and the programs whose workers it recycles.
func (r *Reader) addDeployment(file, text string) {
	read, _, _ := settings.Read(file, text) // What stands in front of an error is read.
	r.facts.Recycling = append(r.facts.Recycling, read.Recycles()...)
	r.starts.addEnvironment(read, text)
	r.addEnvironment(read)
	r.processes.addDeployment(read, text)
	r.addDeployed(read)
	lines := python.NewLines(text)
	var strongest Evidence
	for _, command := range read.Commands {
		where := file + ":" + strconv.Itoa(lines.Line(command.Span.Start))
		strength := startsASGI(&command)
		r.asgiUsed = r.asgiUsed || strength != Absent
		switch {
		case strength == Absent:
			r.facts.WSGI = r.facts.WSGI || startsWSGI(&command) && read.Role == settings.Production
		case read.Role != settings.Production:
			r.note(Evidence{Weak, where})
		case !strings.Contains(path.Base(file), "Dockerfile"):
			r.note(Evidence{strength, where})
		case strength >= strongest.Strength:
			strongest = Evidence{strength, where} // An image is built of the last stage, unless another is asked for.
		}
	}
	r.note(strongest)
}

// startsASGI says how surely a command serves Django through ASGI. An ASGI server may serve another framework's
// application, whose module is not called asgi.
func startsASGI(command *settings.Command) Strength {
	servesASGI := false
	switch command.Program {
	case "daphne", "uvicorn", "hypercorn":
		servesASGI = true
	case "granian":
		protocol, ok := command.Flag("--interface")
		servesASGI = !ok || strings.HasPrefix(protocol.Text, "asgi")
	case "gunicorn":
		class, _ := command.Flag("-k", "--worker-class")
		if isASGIWorker(class.Text) {
			return Certain
		}
	}
	switch {
	case !servesASGI:
		return Absent
	case slices.ContainsFunc(command.Args, func(arg settings.Arg) bool { return asgiModule.MatchString(arg.Text) }):
		return Certain
	}
	return Likely
}

// startsWSGI reports whether a command serves Django through WSGI: django-extensions' runserver_plus does, too, and gunicorn
// unless it is told otherwise.
func startsWSGI(command *settings.Command) bool {
	_, toldClass := command.Flag("-k", "--worker-class")
	return command.Program == "uwsgi" ||
		command.Program == "gunicorn" && !toldClass && slices.ContainsFunc(command.Args, func(arg settings.Arg) bool { return applicationVariable.MatchString(arg.Text) }) ||
		command.Program == "manage.py" && len(command.Args) > 0 && command.Args[0].Text == "runserver_plus" ||
		slices.ContainsFunc(command.Args, func(arg settings.Arg) bool { return wsgiModule.MatchString(arg.Text) })
}

// applicationVariable is a shell's variable that holds the name of an application: $GUNICORN_APP, ${WSGI_MODULE}.
var applicationVariable = pattern.New(`^\$\{?[A-Z_]*(_APP|WSGI|MODULE)[A-Z_]*\}?$`)

var wsgiModule = pattern.New(`(?i)(^|[._])wsgi(:\w+)?$`)

var asgiModule = pattern.New(`(?i)(^|[._])asgi\w*:|(^|\.)asgi$|routing:`)

// isASGIWorker reports whether a class of gunicorn's workers serves ASGI: uvicorn's, or gunicorn's own.
func isASGIWorker(class string) bool {
	return class == "asgi" || strings.Contains(strings.ToLower(class), "uvicorn")
}

var (
	// dependsOnASGI is a requirement of an ASGI server, or of Channels, which needs one.
	dependsOnASGI = pattern.New(`(?i)^\s*["']?(daphne|uvicorn|hypercorn|granian|channels)\b`)
	// dependsOnWSGI is a requirement of a WSGI server.
	dependsOnWSGI = pattern.New(`(?i)^\s*["']?(gunicorn|uwsgi|waitress|mod[-_]wsgi)\b`)
	// dependsOnServer is a requirement of a server of either kind. Channels alone may serve developers.
	dependsOnServer = pattern.New(`(?i)^\s*["']?(gunicorn|uwsgi|waitress|mod[-_]wsgi|daphne|uvicorn|hypercorn|granian)\b`)
	// opensAccounts is a requirement of a package with which people open accounts themselves, or sign in with those that they have
	// elsewhere.
	opensAccounts = pattern.New(`(?i)^\s*["']?(django-allauth|django-registration(-redux)?|djoser|dj-rest-auth|django-rest-auth|django-rest-registration|` +
		`django-userena\w*|django-user-accounts|django-graphql-auth|dj-stripe|` +
		`social-auth-app-django|python-social-auth|django-social-auth|authlib|django-oauth-toolkit|mozilla-django-oidc|django-oidc\w*|` +
		`django-auth-ldap|djangosaml2|django-saml2-auth|django-helusers|django-cas\w*)\b`)
	// asksAbout is a requirement that a rule asks about.
	asksAbout = pattern.New(`(?i)^\s*["']?(django-redis)\b`)
)

// addRequirements takes the packages that a file of dependencies names line by line.
func (r *Reader) addRequirements(file, text string) {
	if isRequirements(file) && developmentOnly(file) {
		return
	}
	line := 0
	for content := range strings.Lines(text) {
		line++
		if dependsOnASGI.MatchString(content) {
			r.note(Evidence{Likely, file + ":" + strconv.Itoa(line)})
		}
		r.wsgiRequired = r.wsgiRequired || dependsOnWSGI.MatchString(content)
		r.deployed = r.deployed || dependsOnServer.MatchString(content)
		r.facts.OpensAccounts = r.facts.OpensAccounts || opensAccounts.MatchString(content)
		if match := asksAbout.Regexp().FindStringSubmatch(content); match != nil {
			r.facts.Packages = append(r.facts.Packages, strings.ToLower(match[1]))
		}
	}
	r.facts.Requirements = true
}

// isRequirements reports whether a file is one of pip's requirements: requirements/base.txt, pip-requires.txt.
func isRequirements(file string) bool {
	base := path.Base(file)
	if !strings.Contains(base, "requirements") && !strings.HasSuffix(base, "requires.txt") && !strings.Contains(file, "requirements/") {
		return false
	}
	switch path.Ext(base) {
	case ".txt", ".in", ".pip", ".lock":
		return true
	}
	return false
}

// isProject reports whether a file describes the project with its dependencies.
func isProject(base string) bool {
	return base == "pyproject.toml" || base == "Pipfile" || base == "setup.cfg"
}

var developmentWord = pattern.New(`(?i)(^|[-_./])(dev|develop|development|test|tests|testing|local|docs?|lint|ci)([-_./]|$)`)

// developmentOnly reports whether a requirements file is not production's.
func developmentOnly(file string) bool { return developmentWord.MatchString(file) }
