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
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return rename(name, content, nil)
	case err != nil:
		return fmt.Errorf("write %s: %w", name, cause(err))
	case info.IsDir():
		return fmt.Errorf("write %s: it is a folder", name)
	case !info.Mode().IsRegular():
		return overwrite(name, content)
	}
	mode := info.Mode().Perm()
	return rename(name, content, &mode)
}

// rename writes a new file beside the name and gives it the name.
func rename(name string, content []byte, mode *fs.FileMode) error {
	temporary, err := os.OpenFile(
		fmt.Sprintf("%s.%d.tmp", name, os.Getpid()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, cause(err))
	}
	_, err = temporary.Write(content)
	if err == nil && mode != nil {
		err = temporary.Chmod(*mode)
	}
	if err == nil {
		err = temporary.Sync()
	}
	err = errors.Join(err, temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", name, cause(err)), removeFile(temporary.Name()))
	}
	return nil
}

func removeFile(name string) error {
	if err := os.Remove(name); err != nil {
		return fmt.Errorf("remove %s: %w", filepath.Base(name), cause(err))
	}
	return nil
}

func overwrite(name string, content []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, cause(err))
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, cause(err))
	}
	return nil
}
