package signalconnectedinfunction_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/signalconnectedinfunction"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, signalconnectedinfunction.Rule)
}
