package classattributegrowth_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/classattributegrowth"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, classattributegrowth.Rule)
}
