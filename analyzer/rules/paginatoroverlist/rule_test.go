package paginatoroverlist_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/paginatoroverlist"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, paginatoroverlist.Rule)
}
