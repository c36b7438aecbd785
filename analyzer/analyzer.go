package analyzer

import (
	"context"

	"github.com/djleak/djleak/analyzer/change"
)

// An Analyzer runs rules over files. It is safe for use by several goroutines at once.
type Analyzer struct {
	// Rules to run, in any order.
	Rules []*Rule
	// Workers is how many files are analysed at once; 0 means one a processor.
	Workers int
	// Progress, unless nil, is called after each file, from several goroutines.
	Progress func()
}

// Review analyses the base and the head of every file of a change and tells what is new. It stops early when ctx is
// done; files that it did not reach are Unread.
func (a *Analyzer) Review(ctx context.Context, diff change.Change) Result { return Result{} }

// Tree analyses files as they are. Read returns the raw bytes of a path; it is called from several goroutines.
func (a *Analyzer) Tree(ctx context.Context, paths []string, read func(path string) ([]byte, error)) Result {
	return Result{}
}
