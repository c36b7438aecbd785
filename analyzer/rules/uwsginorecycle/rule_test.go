package uwsginorecycle_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/uwsginorecycle"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, uwsginorecycle.Rule)
}

func TestFiles(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, text string
		want       int
		facts      *project.Facts
	}{
		{"start.sh", "exec uwsgi --http :8000 --module shop.wsgi\n", 1, nil},
		{"start.sh", "exec uwsgi --http :8000 --module shop.wsgi --max-requests=500\n", 0, nil},
		{"start.sh", "exec uwsgi --http :8000 --module shop.wsgi $UWSGI_OPTIONS\n", 0, nil},
		{"start.sh", "exec uwsgi --http :8000 --module shop.wsgi\n", 0, &project.Facts{Recycling: []string{"uwsgi"}}},
		{"start.sh", "exec uwsgi deploy/uwsgi.ini\n", 0, nil},
		{"start.sh", "exec uwsgi --ini=deploy/uwsgi.ini\n", 0, nil},
		{"start.sh", "exec uwsgi\n", 0, nil},
		{"Dockerfile", "ENV UWSGI_MAX_REQUESTS=500\nCMD [\"uwsgi\", \"--module\", \"shop.wsgi\"]\n", 0, nil},
		{"uwsgi.ini", "[uwsgi]\nmodule = shop.wsgi\nreload-on-rss = 500\n", 0, nil},
		{"uwsgi.ini", "[uwsgi]\nmodule = shop.wsgi\nini = /etc/uwsgi/common.ini\n", 0, nil},
		{"uwsgi.ini", "[uwsgi]\nemperor = /etc/uwsgi/vassals\n", 0, nil},
		{"uwsgi_dev.ini", "[uwsgi]\nmodule = shop.wsgi\n", 0, nil},
		{"web.service", "[Service]\nExecStart=/usr/bin/uwsgi --module shop.wsgi\n", 1, nil},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{uwsginorecycle.Rule}, Project: test.facts}
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(test.text), nil })
		if got := len(result.Files[0].Findings); got != test.want {
			t.Errorf("%d findings, want %d in %s:\n%s", got, test.want, test.path, test.text)
		}
	}
}
