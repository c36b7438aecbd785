package querysetlen_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/querysetlen"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetlen.Rule)
}
