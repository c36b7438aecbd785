package analyzer

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// patience is how long one file may take. The largest module that a person wrote takes a second; what takes longer was
// made to, and must not cost the others their review.
const patience = 30 * time.Second

// leastPatience is what is left of it after several such files: each halves it.
const leastPatience = time.Second

// files works on files, as many at once as there are workers. Whatever a file holds, the others are analysed: one that
// takes too long or makes the analysis crash is Unread, and so are those that were not done when ctx was.
//
// Nothing ends a goroutine from outside. A worker that is out of time is abandoned, to end with its file if it ever does.
func (a *Analyzer) files(ctx context.Context, paths []string, work func(i int) FileResult) []FileResult {
	s := &shift{results: make([]FileResult, len(paths)), paths: paths, work: work, progress: a.Progress, left: make(chan struct{})}
	var workers []*worker
	for range min(a.workers(), len(paths)) {
		workers = append(workers, s.hire())
	}
	clock := time.NewTicker(leastPatience)
	defer clock.Stop()
	limit, reason, stop := patience, "", ctx.Done()
	for present := len(workers); present > 0; {
		select {
		case <-s.left:
			present--
			continue
		case <-stop:
			s.next.Store(int64(len(paths)))
			limit, reason, stop = 0, stoppedReason, nil
		case <-clock.C:
			if stop != nil {
				reason = "its analysis takes longer than " + limit.String()
			}
		}
		for i, w := range workers {
			switch {
			case !s.abandon(w, limit, reason):
			case limit == 0:
				present--
			default:
				workers[i] = s.hire()
				limit = max(limit/2, leastPatience)
			}
		}
	}
	for i := range s.results {
		if s.results[i].Path == "" {
			s.results[i] = unread(paths[i], stoppedReason)
		}
	}
	return s.results
}

// workers is how many files are worked on at once.
func (a *Analyzer) workers() int {
	if a.Workers > 0 {
		return a.Workers
	}
	return runtime.GOMAXPROCS(0)
}

const stoppedReason = "the run was stopped before this file"

// A shift is the work of all workers.
type shift struct {
	results  []FileResult
	paths    []string
	work     func(i int) FileResult
	progress func()
	next     atomic.Int64
	// left hears of each worker that found nothing more to do.
	left chan struct{}
}

// A worker is busy with one file at a time.
type worker struct {
	mu        sync.Mutex
	file      int
	since     time.Time // Zero between files.
	abandoned bool
}

func (s *shift) hire() *worker {
	w := &worker{}
	go func() {
		for {
			i := int(s.next.Add(1)) - 1
			if i >= len(s.paths) {
				break
			}
			if !w.begin(i) || !s.finish(w, s.attempt(i)) {
				return
			}
		}
		if w.retire() {
			s.left <- struct{}{}
		}
	}()
	return w
}

// attempt is the last place where a panic is caught: those of rules do not come this far.
func (s *shift) attempt(i int) (result FileResult) {
	defer func() {
		if crash := recover(); crash != nil {
			result = unread(s.paths[i], fmt.Sprintf("the analysis crashed on it: %v", crash))
		}
	}()
	return s.work(i)
}

// begin reports false if nobody waits for the worker any more.
func (w *worker) begin(i int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.file, w.since = i, time.Now()
	return !w.abandoned
}

func (s *shift) finish(w *worker, result FileResult) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.abandoned {
		return false
	}
	s.results[w.file], w.since = result, time.Time{}
	if s.progress != nil {
		s.progress()
	}
	return true
}

// retire reports false if nobody waits for the worker any more.
func (w *worker) retire() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	waited := !w.abandoned
	w.abandoned = true
	return waited
}

// abandon gives up a worker that has been busy with one file for so long, and reports whether it did.
func (s *shift) abandon(w *worker, limit time.Duration, reason string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.abandoned || w.since.IsZero() || time.Since(w.since) < limit {
		return false
	}
	w.abandoned = true
	s.results[w.file] = unread(s.paths[w.file], reason)
	if s.progress != nil {
		s.progress()
	}
	return true
}
