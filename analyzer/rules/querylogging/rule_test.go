package querylogging_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/querylogging"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querylogging.Rule)
}

// TestHandlers holds that what only the environment lets through is told in preview, and what nothing does is not told.
func TestHandlers(t *testing.T) {
	t.Parallel()
	for handlers, want := range map[string][]string{
		"['console']": {"info/high"},
		"['null']":    nil,
		"['console'] if os.environ.get('LOG_SQL', '') == '1' else ['null']": {"info/high/preview"},
		"['null'] if os.environ.get('LOG_SQL', '') == '0' else ['console']": {"info/high"},
		"['console'] if LOG_SQL else ['null']":                              {"info/high"},
	} {
		code := "# shop/settings.py\nimport os\nfrom shop.logs import LOG_SQL\nLOGGING = {\n    'handlers': {'console': {'class': 'logging.StreamHandler'}, 'null': {'class': 'logging.NullHandler'}},\n" +
			"    'loggers': {'django.db.backends': {'level': 'DEBUG', 'handlers': " + handlers + "}},\n}\n"
		if diff := cmp.Diff(want, ruletest.Levels(t, querylogging.Rule, code)); diff != "" {
			t.Errorf("%s: levels (-want +got):\n%s", handlers, diff)
		}
	}
}
