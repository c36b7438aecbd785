package resourcenotclosed_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/resourcenotclosed"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func TestProcessesThatEnd(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		code string
		want []string
	}{
		"a command": {
			"# shop/management/commands/load.py\nfrom django.core.management.base import BaseCommand\n\n\n" +
				"class Command(BaseCommand):\n    def handle(self, *args, **options):\n        prices = open(options['prices'])\n" +
				"        self.load(prices.readlines())\n\n    def load(self, prices):\n        names = open('names.txt').read()\n        more = open('more.txt').read()\n",
			[]string{"low/medium/preview", "low/medium/preview"},
		},
		"a descriptor in a task": {
			"# shop/tasks.py\nimport tempfile\n\nfrom celery import shared_task\n\n\n@shared_task\ndef render(order):\n    order.render(tempfile.mkstemp()[1])\n",
			[]string{"medium/high"},
		},
		"a descriptor in a command": {
			"# shop/management/commands/render.py\nimport tempfile\n\nfrom django.core.management.base import BaseCommand\n\n\n" +
				"class Command(BaseCommand):\n    def handle(self, *args, **options):\n        self.render(tempfile.mkstemp()[1])\n",
			[]string{"medium/high/preview"},
		},
		"a developer's command": {
			"# shop/management/commands/load_fixtures.py\nfrom django.core.management.base import BaseCommand\n\n\n" +
				"class Command(BaseCommand):\n    def handle(self, *args, **options):\n        self.load(open('prices.csv').read())\n",
			nil,
		},
		"a migration": {
			"# shop/migrations/0002_prices.py\nfrom django.db import migrations\n\n\n" +
				"def load(apps, schema_editor):\n    prices = open('prices.csv').read()\n\n\n" +
				"class Migration(migrations.Migration):\n    operations = [migrations.RunPython(load)]\n",
			[]string{"low/medium/preview"},
		},
		"a function beside migrations": {"# shop/migrations/prices.py\ndef load():\n    return open('prices.csv').read()\n", []string{"low/medium/preview"}},
		"a module":                     {"# shop/prices.py\nPRICES = open('prices.csv').read()\n", nil},
	} {
		if diff := cmp.Diff(test.want, ruletest.Levels(t, resourcenotclosed.Rule, test.code)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
