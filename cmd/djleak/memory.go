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
	busyPercent  = 50
	usualPercent = 100
)

// collectLazily lets the collector wait while there is little to keep. Whoever sets GOGC or GOMEMLIMIT knows better.
func collectLazily(getenv func(string) string) {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return
	}
	set := pace(0)
	set.apply()
	afterEachCollection(func() {
		if next := pace(liveBytes()); next != set {
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

// pace returns how to collect where so many bytes are kept. With much to keep the limit would have the collector run without end: one large
// module is soon done with, and until then twice as much work keeps its garbage small; a million findings stay.
func pace(live uint64) collecting {
	switch {
	case live < softLimit/2:
		return collecting{lazyPercent, softLimit}
	case live < softLimit:
		return collecting{busyPercent, math.MaxInt64}
	}
	return collecting{usualPercent, math.MaxInt64}
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
