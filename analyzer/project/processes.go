package project

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/settings"
)

// OneProcess reports whether each command that serves the project in production does so in a single process, and nothing is seen to
// run beside it or to ask for more. It is false where nothing is known.
func (f *Facts) OneProcess() bool { return f != nil && f.Alone }

// processes gather how many of them production runs.
type processes struct {
	// one is true where something serves the project in a single process, more where something may bring others.
	one, more bool
}

func (p *processes) join(other processes) {
	p.one, p.more = p.one || other.one, p.more || other.more
}

var (
	// asksForMore is where a deployment may give gunicorn a number of workers, whatever its command says.
	// Source: https://docs.gunicorn.org/en/stable/settings.html#workers
	asksForMore = pattern.New(`WEB_CONCURRENCY|GUNICORN_CMD_ARGS`)
	// multiplies is where it asks for several processes or machines of a kind, or for as many as a template is told.
	multiplies = pattern.New(`(?i)\b(replicas|minReplicas|maxReplicas|replicaCount|numReplicas|numInstances|instance_count|numprocs|scale)\b["']?\s*[:=]\s*["']?([2-9]|1\d|[{$])`)
	// stays is a command of manage.py that runs for as long as the server does.
	stays = pattern.New(`^(qcluster|rqworker|rqworker-pool|rqscheduler|run_huey|process_tasks|runworker|db_worker|rundramatiq)$`)
)

// addDeployment takes the processes that a deployment's file starts.
func (p *processes) addDeployment(file *settings.File, text string) {
	p.more = p.more || asksForMore.MatchString(text) || multiplies.MatchString(text)
	if file.Role != settings.Production {
		return
	}
	for _, command := range file.Commands {
		switch {
		case startsOne(&command) && (!isPlatforms(file.Path) || command.Program == "daphne"):
			// The platform may set WEB_CONCURRENCY, which daphne does not know.
			p.one = true
		case command.Program != "manage.py":
			p.more = true
		case slices.ContainsFunc(command.Args, func(arg settings.Arg) bool { return stays.MatchString(arg.Text) }):
			p.more = true
		}
	}
}

// startsOne reports whether a command serves the project in one process: the default of gunicorn and of the servers for ASGI, where no
// option, no configuration and no running shell says another number.
func startsOne(command *settings.Command) bool {
	if command.Joins {
		return false
	}
	switch command.Program {
	case "gunicorn", "hypercorn", "uvicorn":
		return !command.Open() && startsDjango(command) && !slices.ContainsFunc(command.Args, func(arg settings.Arg) bool {
			return strings.HasPrefix(arg.Text, "-w") || strings.HasPrefix(arg.Text, "--w") && !strings.HasPrefix(arg.Text, "--worker-") ||
				strings.HasPrefix(arg.Text, "-c") || strings.HasPrefix(arg.Text, "--config")
		})
	case "daphne": // It has no workers.
		return startsDjango(command)
	}
	return false
}

// startsDjango reports whether a server is given a project's module, for WSGI or ASGI.
func startsDjango(command *settings.Command) bool {
	return startsWSGI(command) || slices.ContainsFunc(command.Args, func(arg settings.Arg) bool { return asgiModule.MatchString(arg.Text) })
}
