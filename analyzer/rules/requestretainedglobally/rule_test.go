package requestretainedglobally_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/requestretainedglobally"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, requestretainedglobally.Rule)
}
