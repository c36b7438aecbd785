package iteratordefeated_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/iteratordefeated"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, iteratordefeated.Rule)
}
