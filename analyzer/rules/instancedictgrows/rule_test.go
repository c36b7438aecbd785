package instancedictgrows_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/instancedictgrows"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, instancedictgrows.Rule)
}
