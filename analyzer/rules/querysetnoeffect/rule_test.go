package querysetnoeffect_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/querysetnoeffect"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetnoeffect.Rule)
}
