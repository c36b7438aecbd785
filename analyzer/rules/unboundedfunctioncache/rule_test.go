package unboundedfunctioncache_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/unboundedfunctioncache"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, unboundedfunctioncache.Rule)
}
