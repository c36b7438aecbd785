package main

import (
	"os"
	"path"
	"slices"
	"sync"
	"syscall"
)

// maxIdle is how many folders stay open for the next file: at least one for each that is read at the same time.
const maxIdle = 16

// readNow opens a file for reading and does not wait: a pipe that took a file's place would have nobody write to it. It also
// spares four system calls, by which [os] would find out whether reads of the file may wait.
const readNow = os.O_RDONLY | syscall.O_NONBLOCK

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
	*os.Root
}

// open opens a file for reading.
func (f *folders) open(p place) (*os.File, error) {
	in, err := f.take(p.root, path.Dir(p.name))
	if err != nil {
		return nil, err
	}
	defer f.put(in)
	return in.OpenFile(path.Base(p.name), readNow, 0) //nolint:wrapcheck // The caller knows the path.
}

// take returns an open folder. It opens one in the folder around it, which is the next one's too.
func (f *folders) take(root *os.Root, name string) (folder, error) {
	if in, ok := f.reuse(root, name); ok {
		return in, nil
	}
	if name == "." {
		open, err := root.OpenRoot(name)
		return folder{root, name, open}, err //nolint:wrapcheck // The caller knows the path.
	}
	around, err := f.take(root, path.Dir(name))
	if err != nil {
		return folder{}, err
	}
	defer f.put(around)
	open, err := around.OpenRoot(path.Base(name))
	return folder{root, name, open}, err //nolint:wrapcheck // As above.
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
