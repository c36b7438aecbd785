package gunicornjitterwithoutmaxrequests_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/gunicornjitterwithoutmaxrequests"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, gunicornjitterwithoutmaxrequests.Rule)
}

func TestCommands(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, text, want string
		facts            *project.Facts
	}{
		{"Procfile", "web: gunicorn shop.wsgi --max-requests-jitter 50\n", "high", nil},
		{"Procfile", "web: gunicorn shop.wsgi --max-requests 0 --max-requests-jitter=50\n", "high", nil},
		{"Procfile", "web: gunicorn shop.wsgi --max-requests 500 --max-requests-jitter 50\n", "", nil},
		{"Procfile", "web: gunicorn shop.wsgi --max-requests-jitter 50 -c gunicorn.conf.py\n", "", nil},
		{"Procfile", "web: gunicorn shop.wsgi --max-requests-jitter 0\n", "", nil},
		{"Procfile", "web: gunicorn shop.wsgi --max-requests-jitter 50\n", "", &project.Facts{Recycling: []string{"gunicorn"}}},
		{"Procfile.dev", "web: gunicorn shop.wsgi --max-requests-jitter 50\n", "", nil},
		{"start.sh", "exec gunicorn shop.wsgi --max-requests-jitter 50 $GUNICORN_OPTIONS\n", "", nil},
		{".env", "GUNICORN_CMD_ARGS=\"--max-requests-jitter 50\"\n", "medium", nil},
		{
			"gunicorn.conf.py", "import os\nmax_requests = int(os.environ.get('MAX_REQUESTS', 0))\nmax_requests_jitter = 50\n", "medium", nil,
		},
		{"gunicorn.conf.py", "max_requests = compute()\nmax_requests_jitter = 50\n", "", nil},
		{"gunicorn.conf.py", "if x:\n    max_requests = 500\nmax_requests_jitter = 50\n", "", nil},
		{"gunicorn_conf.py", "max_requests = 0\nmax_requests_jitter = 50\n", "high", nil},
		{"shop/settings.py", "max_requests_jitter = 50\n", "", nil},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{gunicornjitterwithoutmaxrequests.Rule}, Project: test.facts}
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(test.text), nil })
		got := ""
		for _, f := range result.Files[0].Findings {
			got += f.Confidence.String()
		}
		if got != test.want {
			t.Errorf("confidence = %q, want %q in %s:\n%s", got, test.want, test.path, test.text)
		}
	}
}
