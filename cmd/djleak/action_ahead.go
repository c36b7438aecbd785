package main

import (
	"context"
	"io"
	"sync"

	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/annotate"
	"github.com/djleak/djleak/annotate/github"
)

// ahead is what a run asks the server for before it knows its configuration: none of it depends on another's answer, and
// so all of it is on its way at the same time. Its functions wait for their answers.
type ahead struct {
	change func() (change.Change, error)
	tree   func() (github.Tree, error)
	posted func() (annotate.Posted, error)
	// project are the files that tell of the project, by their paths: asked for when expect or project is called first.
	project func() (map[string][]byte, error)
	expect  func()

	matches chan func(path string) bool
	cancel  context.CancelFunc
	running sync.WaitGroup
}

// lookAhead begins to read what the event is about.
func (a *action) lookAhead(ctx context.Context) *ahead {
	ctx, cancel := context.WithCancel(ctx)
	r := &ahead{matches: make(chan func(string) bool, 1), cancel: cancel}
	match := func(path string) bool { return r.matching(ctx)(path) }
	r.change = sync.OnceValues(func() (change.Change, error) {
		if a.event.Pull != nil {
			return a.client.ReadPullRequest(ctx, github.Pull(*a.event.Pull), match)
		}
		return a.client.ReadPush(ctx, github.Push(*a.event.Push), match)
	})
	r.tree = sync.OnceValues(func() (github.Tree, error) { return a.client.ReadTree(ctx, a.event.Tree, match) })
	r.posted = sync.OnceValues(func() (annotate.Posted, error) { return a.client.ReadPosted(ctx, a.event.Pull.Number) })
	r.project = sync.OnceValues(func() (map[string][]byte, error) {
		return a.client.ReadMatching(ctx, a.head(), project.Relevant, project.Order)
	})
	r.expect = sync.OnceFunc(func() { r.running.Go(func() { _, _ = r.project() }) })
	if a.event.Tree != "" {
		r.running.Go(func() { _, _ = r.tree() })
	} else {
		r.running.Go(func() { _, _ = r.change() })
	}
	// The configuration may want no review yet: then the answer serves nobody.
	if values := config.Resolve(a.shared.given, a.inputs.Settings); a.event.Pull != nil && values.Review && !values.DryRun {
		r.running.Go(func() { _, _ = r.posted() })
	}
	return r
}

// match tells which files to read the contents of: the lists of files are on their way before that is known.
func (r *ahead) match(wanted func(path string) bool) { r.matches <- wanted }

// matching waits for it. Where the run ends before that is known, no file is wanted.
func (r *ahead) matching(ctx context.Context) func(path string) bool {
	select {
	case wanted := <-r.matches:
		r.matches <- wanted
		return wanted
	case <-ctx.Done():
		return func(string) bool { return false }
	}
}

// stop lets go of what nobody has waited for.
func (r *ahead) stop() {
	r.cancel()
	r.running.Wait()
}

// A sharedWriter takes the writes of several goroutines, one at a time.
type sharedWriter struct {
	mu sync.Mutex
	to io.Writer
}

func (w *sharedWriter) Write(text []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(text) //nolint:wrapcheck // Who writes words it.
}
