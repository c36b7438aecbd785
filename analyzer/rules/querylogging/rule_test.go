package querylogging_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/querylogging"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querylogging.Rule)
}
