package cachedmethod_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/cachedmethod"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, cachedmethod.Rule)
}
