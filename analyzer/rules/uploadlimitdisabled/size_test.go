package uploadlimitdisabled

import (
	"testing"

	"github.com/djleak/djleak/analyzer/ruletest"
)

func TestCommentOnSizeGoesWithIt(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"DATA_UPLOAD_MAX_MEMORY_SIZE = 4294967296  # 4 GB\n":   "DATA_UPLOAD_MAX_MEMORY_SIZE = 10_485_760\n",
		"DATA_UPLOAD_MAX_MEMORY_SIZE = 4294967296  # partners": "DATA_UPLOAD_MAX_MEMORY_SIZE = 10_485_760  # partners",
	} {
		if got, _ := ruletest.Fix(t, Rule, "# shop/settings.py\n"+code); got != "# shop/settings.py\n"+want {
			t.Errorf("Fix of %q = %q, want %q", code, got, want)
		}
	}
}
