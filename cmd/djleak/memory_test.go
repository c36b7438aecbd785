package main

import (
	"math"
	"runtime"
	"testing"
	"time"
)

// TestAfterEachCollection holds that the function is called again and again.
func TestAfterEachCollection(t *testing.T) {
	t.Parallel()
	calls := make(chan struct{}, 3)
	afterEachCollection(func() {
		select {
		case calls <- struct{}{}:
		default: // As many as are waited for.
		}
	})
	deadline := time.Now().Add(10 * time.Second)
	for want := range cap(calls) {
		for len(calls) <= want {
			if time.Now().After(deadline) {
				t.Fatalf("call %d never came", want+1)
			}
			runtime.GC()
			time.Sleep(time.Millisecond)
		}
	}
	if liveBytes() == 0 {
		t.Error("nothing is alive")
	}
}

// TestPace holds that the collector waits while there is little to keep, hurries while there is a large module, and takes Go's own pace
// where there is more than that.
func TestPace(t *testing.T) {
	t.Parallel()
	for live, want := range map[uint64]collecting{
		0:               {lazyPercent, softLimit},
		softLimit/2 - 1: {lazyPercent, softLimit},
		softLimit / 2:   {busyPercent, math.MaxInt64},
		softLimit:       {usualPercent, math.MaxInt64},
	} {
		if got := pace(live); got != want {
			t.Errorf("pace(%d) = %v, want %v", live, got, want)
		}
	}
}
