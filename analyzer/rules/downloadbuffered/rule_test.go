package downloadbuffered_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/rules/downloadbuffered"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, downloadbuffered.Rule)
}
