package locmemcache_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/locmemcache"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, locmemcache.Rule)
}
