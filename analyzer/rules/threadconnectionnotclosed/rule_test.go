package threadconnectionnotclosed_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/threadconnectionnotclosed"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, threadconnectionnotclosed.Rule)
}
