package iteratorwithprefetch_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/iteratorwithprefetch"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, iteratorwithprefetch.Rule)
}
