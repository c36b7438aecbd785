//go:build unix

package main

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// listed returns what stands in an open folder, in any order; with an error, what could be read of it. Of a folder that was opened in a
// root [os] looks up every entry, for whoever asks for more than its type. That is a twentieth of what a run over a repository takes, and
// spared by another handle of the same folder.
func listed(folder *os.File) ([]fs.DirEntry, error) {
	syscall.ForkLock.RLock() // No process that starts meanwhile is to have it.
	handle, err := syscall.Dup(int(folder.Fd()))
	if err == nil {
		syscall.CloseOnExec(handle)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, fmt.Errorf("list a folder: %w", err)
	}
	list := os.NewFile(uintptr(handle), folder.Name())
	defer func() { _ = list.Close() }() // It was only read.
	return list.ReadDir(-1)             //nolint:wrapcheck // The caller knows the path.
}
