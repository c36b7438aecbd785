package cursorfetchall_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/cursorfetchall"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, cursorfetchall.Rule)
}
