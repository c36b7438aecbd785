package longrunningconnectionnotclosed_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/longrunningconnectionnotclosed"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, longrunningconnectionnotclosed.Rule)
}
