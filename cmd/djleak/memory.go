package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A run over a repository lets go of nearly everything that it allocates. The collector waits until the heap has heapTarget, however
// little of it is kept: over 32,230 files with 25 MiB kept that is a quarter less time than at Go's own pace under a limit. On two
// processors the collector has half of one, so that each collection is long and slows all writes of pointers meanwhile: 48 MiB cost
// 6 % less than 36 over 10,446 files, and 64 would go beyond the 100 MiB that a run is to take at most.
const (
	heapTarget = 48 << 20 // bytes
	// memoryLimit holds where much is suddenly kept, such as one large module: the heap does not grow by as many percent of that.
	memoryLimit = heapTarget * 3 / 2
	// Where nearly the target is kept, the heap grows by leastPercent. Where more is, by busyPercent: that is one large module, which is soon
	// done with. Beyond the limit it grows by as much as Go has it grow by itself.
	leastPercent = 35
	busyPercent  = 15
	usualPercent = 100
	// firstHeap is from how many bytes on Go collects at first, where the percentage is 100. Source: https://go.dev/doc/gc-guide#GOGC
	firstHeap = 4 << 20
)

// collectLazily lets the collector wait while there is little to keep. Whoever sets GOGC or GOMEMLIMIT knows better.
func collectLazily(getenv func(string) string) {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return
	}
	set := pace(firstHeap)
	set.apply()
	afterEachCollection(func() {
		if next := pace(max(liveBytes(), firstHeap)); next != set {
			set = next
			set.apply()
		}
	})
}

// A collecting is how the collector works: by how many percent of what is kept the heap grows in between, and up to which size.
type collecting struct {
	percent int
	limit   int64
}

func (c collecting) apply() {
	debug.SetGCPercent(c.percent)
	debug.SetMemoryLimit(c.limit)
}

// pace returns how to collect where so many bytes are kept. With much to keep the limit would have the collector run without end.
func pace(live uint64) collecting {
	switch {
	case live > memoryLimit:
		return collecting{usualPercent, math.MaxInt64}
	case live > heapTarget:
		return collecting{busyPercent, math.MaxInt64}
	}
	return collecting{max(int((heapTarget-live)*100/live), leastPercent), memoryLimit}
}

// afterEachCollection calls a function after every collection from now on.
func afterEachCollection(call func()) {
	// What nobody refers to is found by the next collection.
	runtime.AddCleanup(new([64]byte), func(struct{}) {
		call()
		afterEachCollection(call)
	}, struct{}{})
}

// liveBytes is how much the last collection found in use.
func liveBytes() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
