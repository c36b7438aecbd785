package querysetloopwithoutiterator_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/querysetloopwithoutiterator"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetloopwithoutiterator.Rule)
}
