package libraryglobalextended_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/libraryglobalextended"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, libraryglobalextended.Rule)
}

// TestPreview holds that a function is told of by default where something says that it runs again and again.
func TestPreview(t *testing.T) {
	t.Parallel()
	const (
		head = "from celery import shared_task\nfrom django.conf import settings\nfrom django.views import View\n\n\n"
		adds = "settings.EXTRA.append('p')\n"

		told    = "medium/high"
		preview = "medium/high/preview"
	)
	for code, want := range map[string]string{
		"def clean(text):\n    " + adds:                               told,
		"def clean(text, settings_module):\n    " + adds:              told,
		"def view(request):\n    " + adds:                             told,
		"class Page(View):\n    def get(self):\n        " + adds:      told,
		"@shared_task\ndef clean():\n    " + adds:                     told,
		"class Cleaner:\n    def clean(self, text):\n        " + adds: told,
		"class Cleaner:\n    def clean(self):\n        " + adds:       preview,
		"def enable_toolbar():\n    " + adds:                          preview,
		"def add_app(settings_module, app):\n    " + adds:             preview,
		"def add_renderer(renderer):\n    " + adds:                    preview,
		"def add_order(request):\n    " + adds:                        told,
	} {
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, libraryglobalextended.Rule, head+code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code)
		}
	}
}
