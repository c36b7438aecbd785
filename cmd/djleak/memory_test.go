package main

import (
	"runtime"
	"testing"
	"time"
)

// TestAfterCollection holds that the function is called again until it has had enough, and then no more.
func TestAfterCollection(t *testing.T) {
	t.Parallel()
	calls := make(chan int, 10)
	n := 0
	afterCollection(func() bool {
		n++
		calls <- n
		return n < 3
	})
	for want := 1; want <= 3; want++ {
		for deadline := time.Now().Add(10 * time.Second); ; {
			runtime.GC()
			select {
			case got := <-calls:
				if got != want {
					t.Fatalf("call %d came as call %d", want, got)
				}
			case <-time.After(10 * time.Millisecond):
				if time.Now().After(deadline) {
					t.Fatalf("call %d never came", want)
				}
				continue
			}
			break
		}
	}
	for range 3 {
		runtime.GC()
	}
	select {
	case got := <-calls:
		t.Errorf("call %d came behind the last", got)
	case <-time.After(50 * time.Millisecond):
	}
	if liveBytes() == 0 {
		t.Error("nothing is alive")
	}
}
