package connectionsclosedinview_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/connectionsclosedinview"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, connectionsclosedinview.Rule)
}

// TestLevels holds that a view is told in preview where nothing is lost, or where somebody may close on purpose.
func TestLevels(t *testing.T) {
	t.Parallel()
	const (
		atomic = "# shop/settings.py: DATABASES = {'default': {'ATOMIC_REQUESTS': True}}\n"
		head   = "from django.db import connection, connections\nfrom django.http import HttpResponse, StreamingHttpResponse\n\n\ndef f(request):\n"
		closes = head + "    connections.close_all()\n    return HttpResponse()\n"
	)
	for code, want := range map[string]string{
		atomic + closes: "high/high",
		closes:          "high/high",
		"# shop/settings.py: DATABASES = {'default': {'NAME': 'shop'}}\n" + closes:                "high/high/preview",
		atomic + head + "    connections.close_all()\n    return StreamingHttpResponse(rows())\n": "high/high/preview",
		atomic + head + "    connection.close()\n    return HttpResponse()\n":                     "high/high/preview",
	} {
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, connectionsclosedinview.Rule, code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code)
		}
	}
}
