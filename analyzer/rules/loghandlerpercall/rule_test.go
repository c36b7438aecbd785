package loghandlerpercall_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/loghandlerpercall"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, loghandlerpercall.Rule)
}
