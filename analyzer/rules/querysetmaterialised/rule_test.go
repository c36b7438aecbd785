package querysetmaterialised_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/querysetmaterialised"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetmaterialised.Rule)
}
