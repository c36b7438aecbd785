package main

import (
	"io"
	"os"
	"path"
	"slices"
	"sync"
)

// maxIdle is how many folders stay open for the next file: at least one for each that is read at the same time.
const maxIdle = 16

// A readable is an open file.
type readable interface {
	io.ReadCloser
	// size returns how many bytes it has, or errNotRegular.
	size() (int64, error)
}

// A systemFile is one as [os] opens it.
type systemFile struct{ *os.File }

func (f systemFile) size() (int64, error) {
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errNotRegular
	}
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// folders keep the folders open that files were read from last. Files are read folder by folder, and to open one from
// its root is to open every folder on the way.
type folders struct {
	mu   sync.Mutex
	idle []folder
}

// A folder is an open one. Nobody else has it meanwhile.
type folder struct {
	root *os.Root
	name string
	directory
}

// open opens a file for reading.
func (f *folders) open(p place) (readable, error) {
	in, err := f.take(p.root, path.Dir(p.name))
	if err != nil {
		return nil, err
	}
	defer f.put(in)
	return in.file(path.Base(p.name))
}

// take returns an open folder. It opens one in the folder around it, which is the next one's too.
func (f *folders) take(root *os.Root, name string) (folder, error) {
	if in, ok := f.reuse(root, name); ok {
		return in, nil
	}
	if name == "." {
		open, err := openDirectory(root)
		return folder{root, name, open}, err
	}
	around, err := f.take(root, path.Dir(name))
	if err != nil {
		return folder{}, err
	}
	defer f.put(around)
	open, err := around.directory.directory(path.Base(name))
	return folder{root, name, open}, err
}

func (f *folders) reuse(root *os.Root, name string) (folder, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.IndexFunc(f.idle, func(in folder) bool { return in.root == root && in.name == name })
	if i < 0 {
		return folder{}, false
	}
	in := f.idle[i]
	f.idle = slices.Delete(f.idle, i, i+1)
	return in, true
}

func (f *folders) put(in folder) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.idle = append(f.idle, in)
	if len(f.idle) > maxIdle {
		f.idle[0].close()
		f.idle = slices.Delete(f.idle, 0, 1)
	}
}

func (f *folders) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, in := range f.idle {
		in.close()
	}
	f.idle = nil
}

// close closes a folder. One that was only read from has nothing to lose.
func (f folder) close() { _ = f.Close() }
