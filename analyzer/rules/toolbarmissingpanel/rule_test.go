package toolbarmissingpanel_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/toolbarmissingpanel"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, toolbarmissingpanel.Rule)
}
