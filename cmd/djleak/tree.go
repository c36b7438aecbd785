package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/selection"
)

// maxBytes is the size of the largest file that is read. No person writes a larger one.
const maxBytes = 10 << 20

var (
	errTooLarge   = fmt.Errorf("larger than %d MB", maxBytes>>20)
	errNotRegular = errors.New("not a regular file")
)

// A tree is the files that a command line names. No symbolic link is followed, except one that the command line names.
type tree struct {
	// base is the absolute path of the folder that globs start from.
	base   string
	choice *selection.Selection
	// strict leaves out by the globs and the rest of the choice also what the command line names.
	strict bool
	// working is the absolute path of the working directory, top that of the folder that fingerprints name files from.
	working, top string
	// paths to report, in ascending order and once each.
	paths []string
	// facts are the files of walked folders that tell of the project as a whole, reported or not.
	facts  []place
	places map[string]place
	// templates are files of walked folders that no one reports on, but that call methods.
	templates map[string]place
	roots     []*os.Root
	folders   folders
	// walked are the folders that were walked, as fingerprints name them.
	walked []string

	// blind are the folders that nobody looked into, the links, the modules that are left out, and those that may stand above.
	blind []string

	// mu guards places, facts and blind while folders are walked, and failed.
	mu sync.Mutex
	// failed are the errors of files and folders that could not be read or written.
	failed []error
}

// A place is where a file of a tree is: in a root, or without one anywhere.
type place struct {
	root *os.Root
	name string
}

// openTree finds the files to read. The error is about a path on the command line; whatever fails below it is noted in
// failed.
func openTree(paths []string, base string, choice *selection.Selection, strict bool) (*tree, error) {
	working, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("find the working directory: %w", err)
	}
	t := &tree{base: base, choice: choice, strict: strict, working: working, top: projectTop(base), places: map[string]place{}, templates: map[string]place{}}
	for _, path := range paths {
		if err := t.add(path); err != nil {
			t.close()
			return nil, err
		}
	}
	for path := range t.places {
		t.paths = append(t.paths, path)
	}
	slices.Sort(t.paths)
	slices.SortStableFunc(t.facts, func(a, b place) int { return strings.Compare(a.name, b.name) })
	return t, nil
}

// modules returns where Python may find modules.
func (t *tree) modules() *analyzer.Modules {
	files := slices.DeleteFunc(t.inFolders(), func(path string) bool { return !importable(path) })
	return analyzer.NewModules(append(files, t.blind...))
}

// inFolders returns the paths of the files that were found in folders, all of which there are.
func (t *tree) inFolders() []string {
	return slices.DeleteFunc(slices.Clone(t.paths), func(path string) bool { return t.places[path].root == nil })
}

func (t *tree) close() {
	t.folders.close()
	for _, root := range t.roots {
		// A folder that was only read from has nothing to lose.
		_ = root.Close()
	}
}

// add adds a file, unless the tree is strict whatever its name, or the chosen files of a folder.
func (t *tree) add(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("read %s: %w", path, cause(err))
	}
	shown, err := shownPath(path)
	if err != nil {
		return err
	}
	switch {
	case info.Mode().IsRegular():
		if !t.strict || t.chooses(shown) {
			t.places[shown] = place{name: path}
		}
		return nil
	case !info.IsDir():
		// To open a pipe would be to wait for somebody to write.
		t.fail(fmt.Errorf("read %s: %w", shown, errNotRegular))
		return nil
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return fmt.Errorf("read %s: %w", path, cause(err))
	}
	t.roots = append(t.roots, root)
	t.walked = append(t.walked, t.identity(shown))
	return t.walk(root, path, shown)
}

// walk adds the chosen files of a folder that is shown to the user under a path.
func (t *tree) walk(root *os.Root, folder, shown string) error {
	start, err := t.globPath(folder)
	if err != nil {
		return err
	}
	w := walk{
		tree: t, root: root, choice: t.choice.Within(start), start: start, shown: shown,
		helpers: make(chan struct{}, runtime.GOMAXPROCS(0)), // Whoever asks for the walk only waits.
	}
	// Whether the folder is part of a package stands above it.
	for above := shown; above != path.Dir(above); {
		above = path.Dir(above)
		t.blind = append(t.blind, path.Join(above, "__init__.py"))
	}
	if w.choice.Folder(start) {
		w.enter(".", func() (directory, error) { return openDirectory(root) })
	}
	w.group.Wait()
	return nil
}

// A walk goes through a folder of the command line, with helpers that take subfolders.
type walk struct {
	tree   *tree
	root   *os.Root
	choice *selection.Selection
	// start is the folder as globs know it, shown as the user does.
	start, shown string
	helpers      chan struct{}
	group        sync.WaitGroup
}

// enter opens a folder, whose name is relative to the root, and walks through it or has it done.
func (w *walk) enter(name string, open func() (directory, error)) {
	here, err := open()
	if err != nil {
		w.fail(name, err)
		return
	}
	select {
	case w.helpers <- struct{}{}:
		w.group.Go(func() {
			w.folder(here, name)
			<-w.helpers
		})
	default:
		w.folder(here, name)
	}
}

// folder walks through an open folder and closes it.
func (w *walk) folder(here directory, name string) {
	defer func() { _ = here.Close() }() // A folder that was only read from has nothing to lose.
	entries, err := here.entries()
	if err != nil {
		w.fail(name, err)
	}
	if len(entries) == 0 {
		w.leave(name) // A submodule may belong there.
	}
	if name != "." && isEnvironment(entries) && !w.choice.Environment(path.Join(w.start, name)) {
		w.leave(name)
		return
	}
	for _, entry := range entries {
		inside := below(name, entry.Name())
		glob := below(w.start, inside)
		switch {
		case entry.IsDir():
			if w.choice.Folder(glob) {
				w.enter(inside, func() (directory, error) { return here.directory(entry.Name()) })
			} else {
				w.leave(inside)
			}
		case !entry.Type().IsRegular():
			w.leave(inside)
		default:
			w.take(inside, w.choice.File(glob), project.Relevant(glob))
		}
	}
}

// take adds a file to those that are reported, to those that tell of the project, or to both.
func (w *walk) take(name string, chosen, relevant bool) {
	if !chosen && importable(name) {
		w.leave(name)
	}
	template := selection.IsTemplate(name)
	if !chosen && !relevant && !template {
		return
	}
	w.tree.mu.Lock()
	defer w.tree.mu.Unlock()
	if chosen {
		w.tree.places[below(w.shown, name)] = place{w.root, name}
	}
	if template {
		w.tree.templates[below(w.shown, name)] = place{w.root, name}
	}
	if relevant {
		w.tree.facts = append(w.tree.facts, place{w.root, name})
	}
}

// below returns the path of what has a name in a folder, both of them clean, as [path.Join] does.
func below(folder, name string) string {
	switch {
	case folder == ".":
		return name
	case name == ".":
		return folder
	}
	return strings.TrimSuffix(folder, "/") + "/" + name
}

// importable reports whether Python may import a file, by its path.
func importable(name string) bool {
	switch path.Ext(name) {
	case ".py", ".pyx", ".pyd", ".so":
		return true
	}
	return false
}

// leave notes what may hold modules and is not looked at.
func (w *walk) leave(name string) {
	w.tree.mu.Lock()
	defer w.tree.mu.Unlock()
	w.tree.blind = append(w.tree.blind, below(w.shown, name))
}

func (w *walk) fail(name string, err error) {
	w.tree.fail(fmt.Errorf("read %s: %w", path.Join(w.shown, name), cause(err)))
}

// isEnvironment reports whether a folder is a virtual environment, whatever its name.
func isEnvironment(entries []fs.DirEntry) bool {
	return slices.ContainsFunc(entries, func(entry fs.DirEntry) bool { return entry.Name() == "pyvenv.cfg" })
}

// globPath is the path by which globs know a folder: relative to the base, or to itself where it lies elsewhere.
func (t *tree) globPath(folder string) (string, error) {
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", folder, err)
	}
	relative, err := filepath.Rel(t.base, absolute)
	if err != nil || !filepath.IsLocal(relative) {
		return ".", nil //nolint:nilerr // There is no way from the base to the folder.
	}
	return filepath.ToSlash(relative), nil
}

// identity is the path by which fingerprints know a file: from the top of the project, if it lies in there.
func (t *tree) identity(shown string) string {
	absolute := filepath.FromSlash(shown)
	if !filepath.IsAbs(absolute) {
		absolute = filepath.Join(t.working, absolute)
	}
	if relative, err := filepath.Rel(t.top, absolute); err == nil && filepath.IsLocal(relative) {
		return filepath.ToSlash(relative)
	}
	return shown
}

// kind returns what a file is for.
func (t *tree) kind(shown string) selection.Kind {
	if !t.choice.HasSettings() {
		return selection.KindOf(shown)
	}
	name, err := t.globName(shown)
	if err != nil {
		return selection.KindOf(shown)
	}
	return t.choice.Kind(name)
}

// chooses reports whether a file would be found in its folder.
func (t *tree) chooses(shown string) bool {
	name, err := t.globName(shown)
	return err == nil && t.choice.File(name)
}

// globName is the path by which globs know a file.
func (t *tree) globName(shown string) (string, error) {
	folder, name := path.Split(shown)
	start, err := t.globPath(filepath.FromSlash(cmp.Or(folder, ".")))
	return path.Join(start, name), err
}

// looksAt reports whether a file, by its identity, is among those that the tree is about, be it there or gone.
func (t *tree) looksAt(identity string) bool {
	for _, folder := range t.walked {
		if folder == "." || strings.HasPrefix(identity, folder+"/") {
			return true
		}
	}
	return slices.ContainsFunc(t.paths, func(path string) bool { return t.identity(path) == identity })
}

// read returns a file's content. It may be called from several goroutines.
func (t *tree) read(path string) ([]byte, error) {
	content, err := t.content(t.places[path])
	if err != nil && !errors.Is(err, errTooLarge) {
		t.fail(fmt.Errorf("read %s: %w", path, err))
	}
	return content, err
}

// consult reads a file of the tree, or a template, without which nothing is missing from the report.
func (t *tree) consult(path string) ([]byte, error) {
	if template, ok := t.templates[path]; ok {
		return t.content(template)
	}
	return t.read(path)
}

// write replaces a file's content. A link that the command line names is followed, but not out of the working
// directory: whose file it is, nobody said.
func (t *tree) write(path string, content []byte) error {
	place := t.places[path]
	if place.root == nil {
		if err := staysInside(place.name); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
		return replaceFile(place.name, content)
	}
	if err := replaceIn(place.root, place.name, content); err != nil {
		return fmt.Errorf("write %s: %w", path, cause(err))
	}
	return nil
}

// staysInside returns an error if the name is a symbolic link that leads out of the working directory.
func staysInside(name string) error {
	info, err := os.Lstat(name)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return cause(err)
	}
	target, err := realPath(name)
	if err != nil {
		return err
	}
	working, err := realPath(".")
	if err != nil {
		return err
	}
	if way, err := filepath.Rel(working, target); err != nil || !filepath.IsLocal(way) {
		return errors.New("the link leads out of the working directory")
	}
	return nil
}

// realPath is the absolute path of a file, without symbolic links.
func realPath(name string) (string, error) {
	absolute, err := filepath.Abs(name)
	if err != nil {
		return "", cause(err)
	}
	absolute, err = filepath.EvalSymlinks(absolute)
	return absolute, cause(err)
}

// wantsGenerated reports whether a file is analysed although its header says that it is generated: it is named by a glob
// or, unless the tree is strict, on the command line.
func (t *tree) wantsGenerated(path string) bool {
	return t.places[path].root == nil && !t.strict || t.choice.Named(path)
}

// content reads a file. It may be called from several goroutines.
func (t *tree) content(p place) ([]byte, error) {
	file, err := t.open(p)
	if err != nil {
		return nil, cause(err)
	}
	defer func() { _ = file.Close() }() // A file that was only read has nothing to lose.
	size, err := file.size()
	switch {
	case err != nil:
		return nil, cause(err)
	case size > maxBytes:
		return nil, errTooLarge
	}
	content, err := readAll(file, size)
	if err == nil && len(content) > maxBytes {
		err = errTooLarge
	}
	return content, cause(err)
}

// readAll reads a file of that size. Where none is known, as of files that the system makes up, it reads on to the end, one
// byte beyond the limit at most.
func readAll(file io.Reader, size int64) ([]byte, error) {
	if size == 0 {
		return io.ReadAll(io.LimitReader(file, maxBytes+1)) //nolint:wrapcheck // The caller knows the path.
	}
	content := make([]byte, size)
	n, err := io.ReadFull(file, content)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = nil // It has become shorter meanwhile.
	}
	return content[:n], err
}

func (t *tree) open(p place) (readable, error) {
	if p.root == nil {
		file, err := os.Open(p.name)
		return systemFile{file}, err //nolint:wrapcheck // The caller knows the path.
	}
	return t.folders.open(p)
}

// fail notes something that could not be done.
func (t *tree) fail(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failed = append(t.failed, err)
}

// failures returns what could not be done, sorted, and once each.
func (t *tree) failures() []error {
	t.mu.Lock()
	defer t.mu.Unlock()
	compare := func(a, b error) int { return strings.Compare(a.Error(), b.Error()) }
	return slices.CompactFunc(
		slices.SortedStableFunc(slices.Values(t.failed), compare),
		func(a, b error) bool { return compare(a, b) == 0 },
	)
}

// shownPath is the path by which a user knows a file: relative to the working directory if it lies in there, with
// slashes.
func shownPath(path string) (string, error) {
	working, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the working directory: %w", err)
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", path, err)
	}
	if relative, err := filepath.Rel(working, absolute); err == nil && filepath.IsLocal(relative) {
		return filepath.ToSlash(relative), nil
	}
	return filepath.ToSlash(filepath.Clean(path)), nil
}

// cause drops the operation and the path of an error that a message names already.
func cause(err error) error {
	if wrapped, ok := errors.AsType[*fs.PathError](err); ok {
		return wrapped.Err
	}
	if wrapped, ok := errors.AsType[*os.LinkError](err); ok {
		return wrapped.Err
	}
	return err
}
