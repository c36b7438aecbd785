package moduleglobalgrowth_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/moduleglobalgrowth"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, moduleglobalgrowth.Rule)
}
