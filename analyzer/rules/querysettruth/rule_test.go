package querysettruth_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/querysettruth"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysettruth.Rule)
}
