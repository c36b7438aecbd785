// Package git reads changes, trees and revisions from a local repository through the git binary. It takes git objects
// as they are: no external diff, text conversion, hook, replacement or network comes in between, and nothing is ever
// written to the repository.
package git

import (
	"fmt"

	"github.com/djleak/djleak/analyzer/change"
)

// A Repository is read through the git binary. All its methods are safe for use by several goroutines at once.
type Repository struct {
	// Dir is the repository: a bare one, or a folder anywhere in a work tree. Empty means the current folder.
	Dir string
}

// Options say which files to read.
type Options struct {
	// Match tells which files matter, by path from the root of the repository, with slashes; nil means all. A renamed
	// file matters if one of its paths does. The content of other files is not read.
	Match func(path string) bool
	// MaxBytes is the size of the largest file to read; 0 means [DefaultMaxBytes].
	MaxBytes int64
}

// DefaultMaxBytes is the size of the largest file that is read unless Options say otherwise.
const DefaultMaxBytes = 10 << 20

func (o Options) matches(path string) bool { return o.Match == nil || o.Match(path) }

func (o Options) maxBytes() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

// Reasons why a file is unread.
const (
	unreadBinary = "binary"
	unreadLFS    = "kept in Git LFS"
	unreadAway   = "not in this partial clone: fetch it first"
)

func unreadLarge(limit int64) string {
	if limit%(1<<20) == 0 {
		return fmt.Sprintf("larger than %d MB", limit>>20)
	}
	return fmt.Sprintf("larger than %d bytes", limit)
}

// finish compares the two sides of a file that were read, the head by its lines as they are in compared.
func finish(f change.File, compared []byte) change.File {
	if f.Unread == "" {
		f.Unread = notSource(f.Base)
	}
	if f.Unread == "" {
		f.Unread = notSource(f.Head)
	}
	if f.Unread != "" {
		f.Base, f.Head = nil, nil
		return f
	}
	f.Hunks = change.Diff(f.Base, compared)
	return f
}
