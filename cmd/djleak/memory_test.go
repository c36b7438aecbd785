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

// TestPace holds that the heap grows up to its target, and by little where more is kept than that.
func TestPace(t *testing.T) {
	t.Parallel()
	for live, want := range map[uint64]collecting{
		firstHeap:       {1100, memoryLimit},
		heapTarget / 2:  {100, memoryLimit},
		heapTarget:      {leastPercent, memoryLimit},
		heapTarget + 1:  {busyPercent, math.MaxInt64},
		memoryLimit + 1: {usualPercent, math.MaxInt64},
	} {
		if got := pace(live); got != want {
			t.Errorf("pace(%d) = %v, want %v", live, got, want)
		}
	}
}
