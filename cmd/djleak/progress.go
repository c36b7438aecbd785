package main

import (
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/djleak/djleak/analyzer"
)

// patience is how long a run may take without a sign of life.
const patience = time.Second

// A progress shows how far a long run has come, to a person at a terminal only.
type progress struct {
	stderr io.Writer
	total  int
	start  time.Time

	mu   sync.Mutex
	done int
	bar  *progressbar.ProgressBar
}

// withProgress runs an analysis of so many files and shows a terminal how far it has come.
func (p *program) withProgress(review *analyzer.Analyzer, files int, run func() analyzer.Result) analyzer.Result {
	if !isTerminal(p.stderr) {
		return run()
	}
	shown := &progress{stderr: p.stderr, total: files, start: time.Now()}
	review.Progress = shown.step
	defer func() {
		review.Progress = nil
		shown.end()
	}()
	return run()
}

// step counts a file. It may be called from several goroutines.
func (p *progress) step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if p.bar == nil && time.Since(p.start) > patience {
		p.bar = progressbar.NewOptions(p.total,
			progressbar.OptionSetWriter(p.stderr),
			progressbar.OptionShowCount(),
			progressbar.OptionSetItsString("files"),
			progressbar.OptionThrottle(patience/10),
			progressbar.OptionClearOnFinish(),
		)
	}
	if p.bar != nil {
		// A bar that cannot be drawn is no reason to stop.
		_ = p.bar.Set(p.done)
	}
}

// end removes the bar.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear() // As above.
		p.bar = nil
	}
}
