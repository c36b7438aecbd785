package spooledfilewithoutlimit_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/spooledfilewithoutlimit"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, spooledfilewithoutlimit.Rule)
}
