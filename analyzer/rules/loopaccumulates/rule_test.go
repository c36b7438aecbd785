package loopaccumulates_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/loopaccumulates"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, loopaccumulates.Rule)
}
