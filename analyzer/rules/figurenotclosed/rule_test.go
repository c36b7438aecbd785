package figurenotclosed_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/figurenotclosed"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, figurenotclosed.Rule)
}
