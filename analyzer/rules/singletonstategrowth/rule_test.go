package singletonstategrowth_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/singletonstategrowth"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, singletonstategrowth.Rule)
}
