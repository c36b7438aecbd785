package executorsubmitseverything_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/executorsubmitseverything"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, executorsubmitseverything.Rule)
}
