package serializewholetable_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/serializewholetable"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, serializewholetable.Rule)
}
