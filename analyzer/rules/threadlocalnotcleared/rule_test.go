package threadlocalnotcleared_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/threadlocalnotcleared"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, threadlocalnotcleared.Rule)
}
