//go:build !unix

package main

import (
	"io/fs"
	"os"
)

// listed returns what stands in an open folder, in any order; with an error, what could be read of it.
func listed(folder *os.File) ([]fs.DirEntry, error) {
	return folder.ReadDir(-1) //nolint:wrapcheck // The caller knows the path.
}
