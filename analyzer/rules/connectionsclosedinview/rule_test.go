package connectionsclosedinview_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/connectionsclosedinview"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, connectionsclosedinview.Rule)
}
