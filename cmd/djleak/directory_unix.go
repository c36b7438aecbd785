//go:build unix

package main

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// A directory is an open folder, in which nothing is opened by way of a symbolic link. A run opens ten thousand files and folders: those
// of [os] would each be offered to the poller, which takes neither, and every entry of a listing be looked up for more than its type.
type directory struct{ *os.File }

// openDirectory opens the folder of a root.
func openDirectory(root *os.Root) (directory, error) {
	file, err := root.Open(".")
	return directory{file}, err //nolint:wrapcheck // The caller knows the path.
}

// directory opens a folder that stands in the directory.
func (d directory) directory(name string) (directory, error) {
	opened, err := d.openAt(name, unix.O_DIRECTORY)
	if err != nil {
		return directory{}, err
	}
	// Where a listing lacks the types of its entries, they are looked up by this name.
	return directory{os.NewFile(uintptr(opened), d.Name()+"/"+name)}, nil
}

// file opens a file that stands in the directory for reading. It does not wait: a pipe that took the file's place would have nobody
// write to it.
func (d directory) file(name string) (readable, error) { return d.openAt(name, unix.O_NONBLOCK) }

// entries returns what stands in the directory, in any order; with an error, what could be read of it.
func (d directory) entries() ([]fs.DirEntry, error) {
	return d.ReadDir(-1) //nolint:wrapcheck // The caller knows the path.
}

func (d directory) openAt(name string, flags int) (opened descriptor, err error) {
	err = again(func() error {
		fd, err := unix.Openat(int(d.Fd()), name, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_CLOEXEC|flags, 0)
		opened = descriptor(fd)
		return err //nolint:wrapcheck // As above.
	})
	return opened, err
}

// A descriptor is that of an open file.
type descriptor int

// size returns how many bytes the file has.
func (d descriptor) size() (int64, error) {
	var stat unix.Stat_t
	if err := again(func() error { return unix.Fstat(int(d), &stat) }); err != nil {
		return 0, err
	}
	if stat.Mode&unix.S_IFMT != unix.S_IFREG {
		return 0, errNotRegular
	}
	return stat.Size, nil
}

func (d descriptor) Read(into []byte) (n int, err error) {
	err = again(func() error {
		n, err = unix.Read(int(d), into)
		return err //nolint:wrapcheck // The caller knows the path.
	})
	switch {
	case err != nil:
		return 0, err //nolint:wrapcheck // As above.
	case n == 0 && len(into) > 0:
		return 0, io.EOF
	}
	return n, nil
}

func (d descriptor) Close() error { return unix.Close(int(d)) } //nolint:wrapcheck // As above.

// again calls the system again as often as a signal came first.
func again(call func() error) error {
	for {
		if err := call(); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}
