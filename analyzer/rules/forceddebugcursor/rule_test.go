package forceddebugcursor_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/forceddebugcursor"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, forceddebugcursor.Rule)
}
