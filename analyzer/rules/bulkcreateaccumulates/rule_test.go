package bulkcreateaccumulates_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/bulkcreateaccumulates"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, bulkcreateaccumulates.Rule)
}
