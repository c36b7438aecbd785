package uploadreadwhole_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/uploadreadwhole"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, uploadreadwhole.Rule)
}
