package modulequerysetevaluated_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/modulequerysetevaluated"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, modulequerysetevaluated.Rule)
}
