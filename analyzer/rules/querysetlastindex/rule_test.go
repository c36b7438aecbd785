package querysetlastindex_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/querysetlastindex"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetlastindex.Rule)
}
