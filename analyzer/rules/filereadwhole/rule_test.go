package filereadwhole_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/filereadwhole"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, filereadwhole.Rule)
}
