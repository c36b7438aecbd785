package recursionlimitraised_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/recursionlimitraised"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, recursionlimitraised.Rule)
}
