package inlistmaterialised_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/inlistmaterialised"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, inlistmaterialised.Rule)
}
