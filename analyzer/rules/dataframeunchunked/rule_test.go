package dataframeunchunked_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/dataframeunchunked"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, dataframeunchunked.Rule)
}
