package querysetmembership_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/querysetmembership"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetmembership.Rule)
}
