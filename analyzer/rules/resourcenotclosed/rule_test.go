package resourcenotclosed_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/resourcenotclosed"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, resourcenotclosed.Rule)
}
