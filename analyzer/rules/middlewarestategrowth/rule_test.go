package middlewarestategrowth_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/middlewarestategrowth"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, middlewarestategrowth.Rule)
}
