package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// replaceFile gives a file its new content, whole or not at all: nobody sees a half-written one. A new file gets the
// usual permissions, an old one keeps its own. A symbolic link stays one, and what is not a regular file, such as
// /dev/stdout, is written to.
func replaceFile(name string, content []byte) error {
	if err := tryReplace(name, content); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func tryReplace(name string, content []byte) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return cause(err)
	case info.IsDir():
		return errors.New("it is a folder")
	case !info.Mode().IsRegular():
		return overwrite(name, content)
	}
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return cause(err)
	}
	return errors.Join(replaceIn(root, filepath.Base(name), content), root.Close())
}

// replaceIn replaces a file below a root. It writes a new one beside it and renames that.
func replaceIn(root *os.Root, name string, content []byte) error {
	if err := mayWrite(root, name); err != nil {
		return err
	}
	temporary := fmt.Sprintf("%s.%d.tmp", name, os.Getpid())
	file, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return cause(err)
	}
	_, err = file.Write(content)
	if info, old := root.Lstat(name); err == nil && old == nil {
		err = file.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = file.Sync()
	}
	err = errors.Join(err, file.Close())
	if err == nil {
		err = root.Rename(temporary, name)
	}
	if err != nil {
		// What is left behind is told as well.
		return errors.Join(cause(err), root.Remove(temporary))
	}
	return nil
}

// mayWrite tells why a file is not to be written to. A rename asks its folder alone, and root may do anything.
func mayWrite(root *os.Root, name string) error {
	info, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return cause(err)
	case !info.Mode().IsRegular():
		return nil // The rename replaces a link; what it leads to is not touched.
	case info.Mode().Perm()&0o222 == 0:
		return errors.New("it is read-only")
	}
	file, err := root.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return cause(err)
	}
	return file.Close() //nolint:wrapcheck // Its caller names the file.
}

func overwrite(name string, content []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return cause(err)
	}
	_, err = file.Write(content)
	return cause(errors.Join(err, file.Close()))
}
