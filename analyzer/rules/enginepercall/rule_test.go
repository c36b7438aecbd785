package enginepercall_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/enginepercall"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, enginepercall.Rule)
}
