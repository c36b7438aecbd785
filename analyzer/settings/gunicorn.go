package settings

import (
	"path"
	"slices"
	"strings"
)

// ConfiguresGunicorn reports whether the file is gunicorn's own configuration: a module called so that sets at least one of
// what such a file sets.
func (f *File) ConfiguresGunicorn() bool {
	return f.Format == Python && strings.HasPrefix(path.Base(f.Path), "gunicorn") &&
		slices.ContainsFunc(f.Settings, func(s Setting) bool {
			switch s.Name {
			case "bind", "workers", "worker_class", "threads", "timeout", "wsgi_app", "max_requests", "max_requests_jitter":
				return true
			}
			return false
		})
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
