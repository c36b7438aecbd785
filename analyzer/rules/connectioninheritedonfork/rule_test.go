package connectioninheritedonfork_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/connectioninheritedonfork"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, connectioninheritedonfork.Rule)
}
