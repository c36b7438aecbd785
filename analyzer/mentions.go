package analyzer

import (
	"context"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

// Mentions tell which names the files of a whole Django project say. They look for a name when they are first asked for it, since
// few are asked for, and remember the answer. They are for one goroutine.
type Mentions struct {
	// Paths are those of all files. A folder with manage.py, or manage-production.py, holds a project; of code outside such folders
	// nothing is known.
	Paths []string
	// Read returns the bytes of a file; it is called from several goroutines.
	Read func(path string) ([]byte, error)
	// projects are by their folders.
	projects map[string]*mentioned
}

// mentioned is what is known of one project: whether its files say a name that was looked for.
type mentioned struct {
	// folder is the one with manage.py, with a slash behind it.
	folder string
	said   map[string]bool
}

// shortest is the length of the shortest names that are looked for. A shorter one stands somewhere in nearly every project.
const shortest = 4

// doubt puts the findings in code that nobody names into preview: it may be dead, or called from where nobody looked. Names are looked
// for only where somebody will see the finding.
func (a *Analyzer) doubt(ctx context.Context, files []FileResult) {
	if a.Mentions == nil {
		return
	}
	byProject := make(map[*mentioned][]FileResult)
	for _, file := range files {
		if project := a.Mentions.project(file.Path); project != nil && len(file.Findings) > 0 {
			byProject[project] = append(byProject[project], file)
		}
	}
	for project, files := range byProject {
		a.doubtIn(ctx, project, files)
	}
}

// project returns what is known of the outermost project around a file, or nil.
func (m *Mentions) project(file string) *mentioned {
	if m.projects == nil {
		m.projects = make(map[string]*mentioned)
		for _, file := range m.Paths {
			folder, base := path.Split(file)
			if base == "manage.py" || strings.HasPrefix(base, "manage-") {
				m.projects[folder] = &mentioned{folder: folder, said: make(map[string]bool)}
			}
		}
	}
	// Folders end in a slash, and the one of relative paths is empty.
	for end := 0; ; {
		if project := m.projects[file[:end]]; project != nil {
			return project
		}
		i := strings.IndexByte(file[end:], '/')
		if i < 0 {
			return nil
		}
		end += i + 1
	}
}

// paths yields the paths of a project's files.
func (m *Mentions) paths(project *mentioned) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, file := range m.Paths {
			if strings.HasPrefix(file, project.folder) && !yield(file) {
				return
			}
		}
	}
}

func (a *Analyzer) doubtIn(ctx context.Context, project *mentioned, files []FileResult) {
	defining, folders := make(map[string]bool), make(map[string]bool)
	var names []string
	for _, file := range files {
		for _, f := range file.Findings {
			if f.Preview || !a.shown(f) {
				continue
			}
			for _, name := range f.Entrances {
				if _, asked := project.said[name]; !asked && len(name) >= shortest {
					defining[file.Path], folders[path.Dir(file.Path)] = true, true
					names = append(names, name)
				}
			}
		}
	}
	slices.Sort(names)
	a.look(ctx, project, slices.Compact(names), func(file string) int {
		switch {
		case defining[file]:
			return 0
		case folders[path.Dir(file)]:
			return 1
		}
		return farthest
	})
	for _, file := range files {
		for i := range file.Findings {
			f := &file.Findings[i]
			f.Preview = f.Preview || slices.ContainsFunc(f.Entrances, project.lacks)
		}
	}
}

// lacks reports whether a name was looked for in vain.
func (m *mentioned) lacks(name string) bool {
	said, asked := m.said[name]
	return asked && !said
}

// farthest is the distance of a file that lies in another folder than those that define the names looked for.
const farthest = 2

// look looks for names in a project: first in the files where they are defined, then in the folders of these, since most are said
// there, and elsewhere for the rest. What it had no time for counts as said.
func (a *Analyzer) look(ctx context.Context, project *mentioned, names []string, distance func(file string) int) {
	var byDistance [farthest + 1][]string
	for file := range a.Mentions.paths(project) {
		i := distance(file)
		byDistance[i] = append(byDistance[i], file)
	}
	for _, paths := range byDistance {
		said := a.saidIn(ctx, paths, names)
		maps.Copy(project.said, said)
		names = slices.DeleteFunc(names, func(name string) bool { return said[name] })
	}
	for _, name := range names {
		project.said[name] = ctx.Err() != nil
	}
}

// saidIn returns those of the names that some of the files say.
func (a *Analyzer) saidIn(ctx context.Context, paths, names []string) map[string]bool {
	if len(names) == 0 {
		return nil
	}
	matcher := newMatcher(names)
	found := make(map[string]bool)
	var mu sync.Mutex
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(a.workers(), len(paths)) {
		group.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(paths) {
					return
				}
				said := a.said(paths[i], matcher)
				if len(said) == 0 {
					continue
				}
				mu.Lock()
				for _, name := range said {
					found[name] = true
				}
				if len(found) == len(names) {
					next.Store(int64(len(paths)))
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	return found
}

// said returns those of a matcher's words that the code and strings of a file say. A test is nobody's use.
func (a *Analyzer) said(file string, words *matcher) []string {
	kind := a.kind(file)
	if kind == selection.Test {
		return nil
	}
	raw, err := a.Mentions.Read(file)
	if err != nil {
		return nil
	}
	text := string(raw)
	var candidates []string
	for number, stands := range words.find(text) {
		if stands {
			candidates = append(candidates, words.words[number])
		}
	}
	if len(candidates) == 0 || selection.Generated(raw) {
		return candidates
	}
	comments := commentsIn(file, text, kind)
	return slices.DeleteFunc(candidates, func(name string) bool { return !says(text, comments, name) })
}

func commentsIn(file, text string, kind selection.Kind) []python.Comment {
	if kind == selection.Deployment {
		_, comments, _ := settings.Read(file, text) // A file that breaks off has the comments before.
		return comments
	}
	bench := takeWorkbench()
	defer bench.put(text)
	return slices.Clone(bench.parser.Parse(text).Comments)
}

// says reports whether a name stands in a text outside comments. Behind def, class or super( it is no mention.
func says(text string, comments []python.Comment, name string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return false
		}
		start := at + i
		at = start + len(name)
		if (start == 0 || !isWord(text[start-1])) && (at == len(text) || !isWord(text[at])) && !isDefined(text[:start]) &&
			!isComment(comments, start) {
			return true
		}
	}
}

// isDefined reports whether what follows a text is defined there, or is a class that names itself to reach its bases:
// super(Page, self).
func isDefined(before string) bool {
	return strings.HasSuffix(before, "def ") || strings.HasSuffix(before, "class ") || strings.HasSuffix(before, "super(")
}

// isComment reports whether an offset lies in one of the comments, which are in source order.
func isComment(comments []python.Comment, offset int) bool {
	i, _ := slices.BinarySearchFunc(comments, offset, func(c python.Comment, offset int) int { return int(c.End) - 1 - offset })
	return i < len(comments) && int(comments[i].Start) <= offset
}

// isWord reports whether a byte may be part of a name; all beyond ASCII may.
func isWord(char byte) bool {
	return 'a' <= char && char <= 'z' || 'A' <= char && char <= 'Z' || '0' <= char && char <= '9' || char == '_' || char >= 0x80
}
