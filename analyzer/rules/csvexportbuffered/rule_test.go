package csvexportbuffered_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/csvexportbuffered"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, csvexportbuffered.Rule)
}
