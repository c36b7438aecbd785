package moduleglobalgrowth_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/moduleglobalgrowth"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, moduleglobalgrowth.Rule)
}

// TestStages holds that what only tests fill is told of in preview.
func TestStages(t *testing.T) {
	t.Parallel()
	for stage, want := range map[string]string{"test": "medium/medium/preview", "production": "medium/medium"} {
		code := "# shop/tasks.py\nfrom celery import shared_task\nfrom django.conf import settings\n\nSENT = []\n\n\n@shared_task\ndef send(address):\n" +
			"    if settings.STAGE == '" + stage + "':\n        SENT.append({'to': address})\n"
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, moduleglobalgrowth.Rule, code)); diff != "" {
			t.Errorf("%s: levels (-want +got):\n%s", stage, diff)
		}
	}
}

// TestLookedFor holds that what is put under a key once, since the function has looked for it there, is as much as there is of it.
func TestLookedFor(t *testing.T) {
	t.Parallel()
	for test, want := range map[string]string{"name not in PATCHED[klass]": "medium/low", "name not in PATCHED[other]": "medium/medium"} {
		code := "# shop/middleware.py\nfrom collections import defaultdict\n\nPATCHED = defaultdict(list)\n\n\nclass PanelMiddleware:\n" +
			"    def process_view(self, request, view_func, view_args, view_kwargs):\n        klass = view_func.view_class\n        other = type(klass)\n" +
			"        for name in dir(klass):\n            if " + test + ":\n                PATCHED[klass].append(name)\n"
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, moduleglobalgrowth.Rule, code)); diff != "" {
			t.Errorf("%s: levels (-want +got):\n%s", test, diff)
		}
	}
}
