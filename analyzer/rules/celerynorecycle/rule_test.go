package celerynorecycle_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/celerynorecycle"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, celerynorecycle.Rule)
}

func TestFiles(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, text string
		want       int
		facts      *project.Facts
	}{
		{"Procfile", "worker: celery -A shop worker -c 4\n", 1, nil},
		{"Procfile", "worker: celery -A shop worker -c 4\n", 0, &project.Facts{Recycling: []string{"celery"}}},
		{"Procfile", "worker: celery -A shop worker --max-memory-per-child=300000\n", 0, nil},
		{"Procfile", "worker: celery -A shop worker -P gevent\n", 0, nil},
		{"Procfile", "worker: celery -A shop worker --pool=prefork\n", 1, nil},
		{"Procfile", "a: celery -A shop worker -Q a\nb: celery -A shop worker -Q b\n", 1, nil},
		{"shop/settings.py", "CELERY_BROKER_URL = ''\n", 0, nil},
		{"Procfile", "beat: celery -A shop beat\n", 0, nil},
		{"bin/worker.sh", "exec celery -A shop worker $CELERY_OPTIONS\n", 0, nil},
		{".env", "CELERY_BROKER_URL=redis://redis:6379/2\n", 0, nil},
		{"shop/settings.py", "CELERY_BROKER_URL = 'redis://'\nCELERY_WORKER_POOL = 'threads'\n", 0, nil},
		{"shop/settings/dev.py", "CELERY_BROKER_URL = 'redis://'\n", 0, nil},
		{"shop/celery.py", "from celery import Celery\napp = Celery('shop', broker='redis://')\n", 1, nil},
		{"shop/celeryconfig.py", "broker_url = 'redis://'\nworker_max_tasks_per_child = 50\n", 0, nil},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{celerynorecycle.Rule}, Project: test.facts}
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(test.text), nil })
		if got := len(result.Files[0].Findings); got != test.want {
			t.Errorf("%d findings, want %d in %s:\n%s", got, test.want, test.path, test.text)
		}
	}
}
