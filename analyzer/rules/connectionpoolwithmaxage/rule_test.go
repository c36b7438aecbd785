package connectionpoolwithmaxage_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/connectionpoolwithmaxage"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, connectionpoolwithmaxage.Rule)
}
