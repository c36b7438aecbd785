package queryloginworker_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/queryloginworker"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, queryloginworker.Rule)
}
