package threadconnectionnotclosed_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/threadconnectionnotclosed"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, threadconnectionnotclosed.Rule)
}

// TestRemedy holds that the remedy closes what the thread opens, applied as it stands, and nothing of a request that calls the same
// function.
func TestRemedy(t *testing.T) {
	t.Parallel()
	const (
		work  = "from shop.models import Order\n\ndef remind(day):\n    for order in Order.objects.filter(day=day)[:9]:\n        order.remind()\n\n"
		start = "from threading import Thread\n\ndef view(request):\n    Thread(target=remind, args=(1,)).start()\n    return 1\n"
		want  = "from django.db import connections\n\ndef remind_in_thread(*args, **kwargs):  # start this one\n    try:\n" +
			"        return remind(*args, **kwargs)\n    finally:\n        connections.close_all()\n"
	)
	findings := func(code string) []analyzer.Finding {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{threadconnectionnotclosed.Rule}}
		return a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(code), nil }).Files[0].Findings
	}
	found := findings(work + start)
	if len(found) != 1 || found[0].Remedy != want {
		t.Fatalf("got %+v, want one finding with\n%s", found, want)
	}
	if left := findings(work + want + "\n" + strings.Replace(start, "target=remind", "target=remind_in_thread", 1)); len(left) != 0 {
		t.Errorf("with the remedy there is still %q", left[0].Message)
	}
}

// TestStages holds that a thread which stands in for a worker where there is none is told of in preview, and that another start of the
// same function is told of.
func TestStages(t *testing.T) {
	t.Parallel()
	const (
		head  = "# shop/views.py\nfrom threading import Thread\n\nfrom shop import queue\nfrom shop.models import Order\n\ndef remind():\n    Order.objects.first().remind()\n\n"
		eager = "def view(request):\n    if queue.is_eager():\n        Thread(target=remind).start()\n\n"
		start = "def other(request):\n    Thread(target=remind).start()\n"

		told    = "medium/medium"
		preview = "medium/medium/preview"
	)
	for code, want := range map[string][]string{eager: {preview}, start: {told}, eager + start: {preview, told}} {
		if diff := cmp.Diff(want, ruletest.Levels(t, threadconnectionnotclosed.Rule, head+code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code)
		}
	}
}

// TestCommands holds that a thread of what only commands call is told of in preview: its connection ends with the process.
func TestCommands(t *testing.T) {
	t.Parallel()
	const call = "from shop.load import load_all\n\ndef work():\n    load_all()\n"
	for caller, want := range map[string]bool{"shop/management/commands/load.py": true, "shop/views.py": false} {
		files := map[string]string{
			"manage.py": "", caller: call, "shop/urls.py": "from shop.views import work\nshop.load\nroute(work)\n", "site/urls.py": "include('shop.urls')\n",
			"shop/load.py": "from threading import Thread\n\nfrom shop.models import Order\n\ndef close():\n    Order.objects.first().close()\n\n" +
				"def load_all():\n    Thread(target=close).start()\n",
		}
		read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
		a := &analyzer.Analyzer{
			Rules:    []*analyzer.Rule{threadconnectionnotclosed.Rule},
			Mentions: &analyzer.Mentions{Paths: slices.Sorted(maps.Keys(files)), Read: read},
		}
		found := a.Tree(t.Context(), []string{"shop/load.py"}, read).Files[0].Findings
		if len(found) != 1 || found[0].Preview != want {
			t.Errorf("%s: findings = %v, want one, in preview: %t", caller, found, want)
		}
	}
}
