package profilerleftin_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/profilerleftin"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, profilerleftin.Rule)
}
