package modeldefinedinfunction_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/modeldefinedinfunction"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, modeldefinedinfunction.Rule)
}
