package executorretained_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/executorretained"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, executorretained.Rule)
}
