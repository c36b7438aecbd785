package gunicornnorecycle_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/gunicornnorecycle"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, gunicornnorecycle.Rule)
}

func TestCommands(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, text string
		want       int
		facts      *project.Facts
	}{
		{"Procfile", "web: gunicorn shop.wsgi\n", 1, nil},
		{"Procfile", "web: gunicorn shop.wsgi --timeout 0\n", 2, nil},
		{"Procfile", "web: gunicorn shop.wsgi --timeout 0 --threads 1 -k sync\n", 2, nil},
		{"Procfile", "web: gunicorn shop.wsgi --timeout 0 --threads 8\n", 1, nil},
		{"Procfile", "web: gunicorn shop.wsgi --timeout 0 -k gevent\n", 1, nil},
		{"Procfile", "web: gunicorn shop.wsgi --max-requests 500\n", 0, nil},
		{"Procfile", "web: gunicorn shop.wsgi -c python:shop.gunicorn\n", 0, nil},
		{"Procfile", "web: gunicorn shop.wsgi\n", 0, &project.Facts{Recycling: []string{"gunicorn"}}},
		{"start.sh", "exec gunicorn shop.wsgi \"$@\"\n", 0, nil},
		{".env", "GUNICORN_CMD_ARGS=\"--workers 4\"\n", 0, nil},
		{"docker-compose.yml", "web:\n  command: gunicorn shop.wsgi\n", 1, nil},
		{"docker-compose.dev.yml", "web:\n  command: gunicorn shop.wsgi\n", 0, nil},
		{"gunicorn.conf.py", "if x:\n    max_requests = 500\nworkers = 4\n", 0, nil},
		{"gunicorn.conf.py", "import os\nmax_requests = int(os.environ.get('N', 0))\n", 0, nil},
		{"gunicorn.conf.py", "timeout = 0\nmax_requests = 500\n", 1, nil},
		{"gunicorn.conf.py", "timeout = 0\nthreads = 8\nmax_requests = 500\n", 0, nil},
		{"gunicorn.conf.py", "timeout = 0\nworker_class = 'gthread'\nmax_requests = 500\n", 0, nil},
		{"gunicorn_hooks.py", "def post_fork(server, worker):\n    pass\n", 0, nil},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{gunicornnorecycle.Rule}, Project: test.facts}
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(test.text), nil })
		if got := len(result.Files[0].Findings); got != test.want {
			t.Errorf("%d findings, want %d in %s:\n%s", got, test.want, test.path, test.text)
		}
	}
}
