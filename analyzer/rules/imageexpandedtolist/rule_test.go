package imageexpandedtolist_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/imageexpandedtolist"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, imageexpandedtolist.Rule)
}
