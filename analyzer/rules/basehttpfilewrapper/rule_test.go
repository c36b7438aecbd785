package basehttpfilewrapper_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/basehttpfilewrapper"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, basehttpfilewrapper.Rule)
}
