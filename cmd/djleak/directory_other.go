//go:build !unix

package main

import (
	"io/fs"
	"os"
)

// A directory is an open folder.
type directory struct{ *os.Root }

// openDirectory opens the folder of a root.
func openDirectory(root *os.Root) (directory, error) {
	return directory{root}.directory(".")
}

// directory opens a folder that stands in the directory.
func (d directory) directory(name string) (directory, error) {
	opened, err := d.OpenRoot(name)
	return directory{opened}, err //nolint:wrapcheck // The caller knows the path.
}

// file opens a file that stands in the directory for reading.
func (d directory) file(name string) (readable, error) {
	opened, err := d.Open(name)
	return systemFile{opened}, err //nolint:wrapcheck // As above.
}

// entries returns what stands in the directory, in any order; with an error, what could be read of it.
func (d directory) entries() ([]fs.DirEntry, error) {
	opened, err := d.Open(".")
	if err != nil {
		return nil, err //nolint:wrapcheck // As above.
	}
	defer func() { _ = opened.Close() }() // It was only read.
	return opened.ReadDir(-1)             //nolint:wrapcheck // As above.
}
