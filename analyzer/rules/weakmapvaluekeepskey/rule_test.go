package weakmapvaluekeepskey_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/weakmapvaluekeepskey"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, weakmapvaluekeepskey.Rule)
}
