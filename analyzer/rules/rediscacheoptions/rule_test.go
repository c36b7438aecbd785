package rediscacheoptions_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/rediscacheoptions"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, rediscacheoptions.Rule)
}
