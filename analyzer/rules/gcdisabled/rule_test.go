package gcdisabled_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/gcdisabled"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, gcdisabled.Rule)
}
