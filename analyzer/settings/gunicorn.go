package settings

import (
	"path"
	"strings"
)

// GunicornOption returns the first option in gunicorn's own configuration: a module called so that sets at least one of what
// such a file sets. It returns false for any other file.
func (f *File) GunicornOption() (Setting, bool) {
	if f.Format != Python || !strings.HasPrefix(path.Base(f.Path), "gunicorn") {
		return Setting{}, false
	}
	for _, setting := range f.Settings {
		switch setting.Name {
		case "bind", "workers", "worker_class", "threads", "timeout", "wsgi_app", "max_requests", "max_requests_jitter":
			return setting, true
		}
	}
	return Setting{}, false
}

// Gunicorns returns the command lines that start gunicorn and hold all of its options: those that name no file of
// configuration and that no running shell adds to.
func (f *File) Gunicorns() []Command {
	var commands []Command
	for _, command := range f.Commands {
		_, configured := command.Flag("-c", "--config")
		if command.Program == "gunicorn" && !configured && !command.Open() {
			commands = append(commands, command)
		}
	}
	return commands
}
