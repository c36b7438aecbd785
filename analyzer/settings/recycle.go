package settings

import (
	"slices"
	"strings"
)

// recycling are the options by which a program restarts its workers after a while: of its command line, and of its own
// configuration.
var recycling = []struct {
	program       string
	flags, others []string
}{
	{"celery", []string{"--max-tasks-per-child", "--maxtasksperchild", "--max-memory-per-child"}, []string{
		"worker_max_tasks_per_child", "worker_max_memory_per_child", "celeryd_max_tasks_per_child",
	}},
	{"gunicorn", []string{"--max-requests"}, []string{"max_requests", "gunicorn_max_requests"}},
	{"uwsgi", []string{
		"--max-requests", "-R", "--reload-on-rss", "--evil-reload-on-rss", "--reload-on-as", "--evil-reload-on-as", "--max-worker-lifetime",
	}, []string{
		"max-requests", "reload-on-rss", "evil-reload-on-rss", "reload-on-as", "evil-reload-on-as", "max-worker-lifetime",
		"uwsgi_max_requests", "uwsgi_reload_on_rss", "uwsgi_evil_reload_on_rss", "uwsgi_max_worker_lifetime",
	}},
}

// Recycles returns the programs whose workers this file restarts after a while, or may where a condition holds: celery,
// gunicorn, uwsgi.
func (f *File) Recycles() []string {
	var programs []string
	for _, program := range recycling {
		byCommand := slices.ContainsFunc(f.Commands, func(c Command) bool {
			value, ok := c.Flag(program.flags...)
			return ok && c.Program == program.program && value.Text != "0"
		})
		bySetting := slices.ContainsFunc(f.Settings, func(s Setting) bool {
			number, ok := s.Value.AsNumber()
			name := strings.TrimPrefix(strings.ToLower(s.Name), "celery_")
			return slices.Contains(program.others, name) && s.Value.Kind != Null && (!ok || number != 0)
		})
		if byCommand || bySetting {
			programs = append(programs, program.program)
		}
	}
	return programs
}
