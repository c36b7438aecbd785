package mutabledefaultgrowth_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/mutabledefaultgrowth"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, mutabledefaultgrowth.Rule)
}
