package libraryglobalextended_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/libraryglobalextended"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, libraryglobalextended.Rule)
}
