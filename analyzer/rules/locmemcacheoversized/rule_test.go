package locmemcacheoversized_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/locmemcacheoversized"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, locmemcacheoversized.Rule)
}
