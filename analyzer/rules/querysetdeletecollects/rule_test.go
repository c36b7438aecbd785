package querysetdeletecollects_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/querysetdeletecollects"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetdeletecollects.Rule)
}
