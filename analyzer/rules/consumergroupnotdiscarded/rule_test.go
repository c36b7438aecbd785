package consumergroupnotdiscarded_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/consumergroupnotdiscarded"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, consumergroupnotdiscarded.Rule)
}
