package workbookbuffered_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/workbookbuffered"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, workbookbuffered.Rule)
}
