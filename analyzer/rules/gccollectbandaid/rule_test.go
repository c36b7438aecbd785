package gccollectbandaid_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/gccollectbandaid"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, gccollectbandaid.Rule)
}
