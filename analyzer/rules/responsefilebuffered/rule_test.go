package responsefilebuffered_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/responsefilebuffered"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, responsefilebuffered.Rule)
}
