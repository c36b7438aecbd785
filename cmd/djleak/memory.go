package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A run over a repository lets go of nearly everything that it allocates. Below softLimit it collects five times less often
// than Go would by itself, which saves a tenth of its time (14,339 files: 1.29 instead of 1.42 s, 66 instead of 59 MiB).
const (
	softLimit    = 60 << 20 // bytes
	lazyPercent  = 400
	usualPercent = 100
)

// collectLazily lets the collector wait while there is little to keep. With much to keep, such as a million findings, the limit
// would have it run without end: then Go's own pace returns. Whoever sets GOGC or GOMEMLIMIT knows better.
func collectLazily(getenv func(string) string) {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(lazyPercent)
	debug.SetMemoryLimit(softLimit)
	afterCollection(func() (again bool) {
		if liveBytes() < softLimit/2 {
			return true
		}
		debug.SetGCPercent(usualPercent)
		debug.SetMemoryLimit(math.MaxInt64)
		return false
	})
}

// afterCollection calls a function after every collection, as long as it returns true.
func afterCollection(call func() (again bool)) {
	// What nobody refers to is found by the next collection.
	runtime.AddCleanup(new([64]byte), func(struct{}) {
		if call() {
			afterCollection(call)
		}
	}, struct{}{})
}

// liveBytes is how much the last collection found in use.
func liveBytes() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
