package forceddebugcursor_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/forceddebugcursor"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, forceddebugcursor.Rule)
}

// TestLevels holds that commands, which may be there to count queries, are told in preview.
func TestLevels(t *testing.T) {
	t.Parallel()
	const assign = "connection.force_debug_cursor = True\n"
	for code, want := range map[string]string{
		"from django.db import connection\n\n\ndef f(request):\n    " + assign: "medium/high",
		"from django.core.management.base import BaseCommand\nfrom django.db import connection\n\n\n" +
			"class Command(BaseCommand):\n    def handle(self, *args, **options):\n        " + assign: "medium/high/preview",
	} {
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, forceddebugcursor.Rule, code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code)
		}
	}
}
