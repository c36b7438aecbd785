package analyzer

import (
	"cmp"
	"context"
	"iter"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/djleak/djleak/analyzer/django"
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
	// Templates are the paths of other files that may call methods. One that cannot be read may call any.
	Templates []string
	// Read returns the bytes of a file; it is called from several goroutines.
	Read func(path string) ([]byte, error)
	// projects are by their folders.
	projects map[string]*mentioned
	// shelves are nil until somebody asks where modules are.
	shelves *shelves
}

// mentioned is what is known of one project: whether its files say an entrance that was looked for.
type mentioned struct {
	// folder is the one with manage.py, with a slash behind it.
	folder string
	// said tells it twice: with regard to what has to be said in turn, and without.
	said [levels]map[django.Entrance]bool
	// parts returns the names of its folders and modules, roots the folders that have what servers start.
	parts, roots func() map[string]bool
}

// levels is how often in turn a mention is asked who mentions it.
const levels = 2

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
				m.projects[folder] = m.newProject(folder)
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

func (m *Mentions) newProject(folder string) *mentioned {
	project := &mentioned{folder: folder}
	project.parts = sync.OnceValue(func() map[string]bool { return partsOf(m.paths(project)) })
	project.roots = sync.OnceValue(func() map[string]bool { return rootsOf(m.paths(project)) })
	for level := range project.said {
		project.said[level] = make(map[django.Entrance]bool)
	}
	return project
}

func (a *Analyzer) doubtIn(ctx context.Context, project *mentioned, files []FileResult) {
	var wanted []django.Entrance
	for _, file := range files {
		for _, f := range file.Findings {
			if !f.Preview && a.shown(f) {
				wanted = append(wanted, f.Entrances...)
			}
		}
	}
	a.look(ctx, project, wanted, 0)
	library := a.library(ctx, project)
	for _, file := range files {
		for i := range file.Findings {
			f := &file.Findings[i]
			f.Preview = f.Preview || slices.ContainsFunc(f.Entrances, project.lacks) || a.shown(*f) && library.doubts(project, f)
		}
	}
}

// lacks reports whether an entrance was looked for in vain.
func (m *mentioned) lacks(e django.Entrance) bool {
	said, asked := m.said[0][e]
	return asked && !said
}

// Most entrances are said in the files where they are defined, in the folders of these, or where Django is told of views.
const (
	here = iota
	near
	far
	distances
)

// byDistance sorts the files of a project by how likely they are to say one of some entrances.
func (m *Mentions) byDistance(project *mentioned, wanted []django.Entrance) (sorted [distances][]string) {
	defining, folders := make(map[string]bool), make(map[string]bool)
	for _, e := range wanted {
		defining[e.File], folders[path.Dir(e.File)] = true, true
	}
	for file := range m.paths(project) {
		distance := far
		switch {
		case defining[file]:
			distance = here
		case folders[path.Dir(file)], path.Base(file) == "urls.py":
			distance = near
		}
		sorted[distance] = append(sorted[distance], file)
	}
	return sorted
}

// look looks for entrances in a project, as far as needed. At the last level nobody asks what has to be said in turn. What it had no
// time for counts as said.
func (a *Analyzer) look(ctx context.Context, project *mentioned, wanted []django.Entrance, level int) {
	known := project.said[level]
	wanted = slices.DeleteFunc(slices.Clone(wanted), func(e django.Entrance) bool {
		_, asked := known[e]
		return asked || project.takesForSaid(e)
	})
	slices.SortStableFunc(wanted, compareEntrances)
	wanted = slices.Compact(wanted)
	if len(wanted) == 0 {
		return
	}
	sayings := make(map[django.Entrance]*saying)
	asked := slices.Clone(wanted)
	lookIn := func(paths []string) {
		for len(wanted) > 0 && len(paths) > 0 && ctx.Err() == nil {
			paths = paths[a.hear(ctx, project, paths, wanted, sayings):]
			wanted = slices.DeleteFunc(wanted, func(e django.Entrance) bool {
				known[e] = a.isUsed(ctx, project, sayings[e], level)
				return known[e]
			})
		}
	}
	for _, paths := range a.Mentions.byDistance(project, wanted) {
		lookIn(paths)
	}
	wanted = slices.DeleteFunc(wanted, func(e django.Entrance) bool { return e.Kind != django.Member })
	lookIn(a.Mentions.Templates)
	for _, e := range asked {
		known[e] = known[e] || ctx.Err() != nil
	}
}

// takesForSaid reports whether nobody looks for an entrance: its name is too short, unless it is a module, which is said by its whole path,
// or it is the root of all URLs, which settings from elsewhere may name.
func (m *mentioned) takesForSaid(e django.Entrance) bool {
	if e.Kind == django.Module {
		return e.Name == "urls" && m.roots()[path.Dir(e.File)]
	}
	return len(e.Name) < shortest
}

func compareEntrances(a, b django.Entrance) int {
	last := func(e django.Entrance) int {
		if e.Lasting {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.File, b.File), cmp.Compare(a.Kind, b.Kind), cmp.Compare(last(a), last(b)))
}

// A saying is what some files say of an entrance.
type saying struct {
	// places is how many places say it, and needs what has to be said in turn for one of those to run that nobody has asked about yet.
	places int
	needs  [][]django.Entrance
}

// manyPlaces is how many places are asked for what they need: what more say is used.
const manyPlaces = 16

// isUsed reports whether one of the places that say an entrance runs.
func (a *Analyzer) isUsed(ctx context.Context, project *mentioned, s *saying, level int) bool {
	if s == nil || s.places == 0 {
		return false
	}
	asked := s.needs
	s.needs = nil
	if level == levels-1 || s.places > manyPlaces || slices.ContainsFunc(asked, func(needs []django.Entrance) bool { return len(needs) == 0 }) {
		return true
	}
	a.look(ctx, project, slices.Concat(asked...), level+1)
	return slices.ContainsFunc(asked, func(needs []django.Entrance) bool {
		return !slices.ContainsFunc(needs, func(e django.Entrance) bool { return !project.takesForSaid(e) && !project.said[level+1][e] })
	})
}

// hear adds what files say of entrances, until each of these is said once, and returns how many files it has heard.
func (a *Analyzer) hear(ctx context.Context, project *mentioned, paths []string, wanted []django.Entrance, sayings map[django.Entrance]*saying) int {
	words := make([]string, len(wanted))
	unheard := make(map[django.Entrance]bool)
	for i, e := range wanted {
		words[i], unheard[e] = e.Name, true
		if sayings[e] == nil {
			sayings[e] = new(saying)
		}
	}
	matcher := newMatcher(words)
	var mu sync.Mutex
	var next atomic.Int64
	var done atomic.Bool
	var group sync.WaitGroup
	for range min(a.workers(), len(paths)) {
		group.Go(func() {
			for ctx.Err() == nil && !done.Load() {
				i := int(next.Add(1)) - 1
				if i >= len(paths) {
					return
				}
				mentions := a.said(project, paths[i], wanted, matcher)
				if len(mentions) == 0 {
					continue
				}
				mu.Lock()
				for _, mention := range mentions {
					s := sayings[mention.Entrance]
					s.places++
					s.needs = append(s.needs, mention.Needs)
					delete(unheard, mention.Entrance)
				}
				done.Store(len(unheard) == 0)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	return min(int(next.Load()), len(paths))
}

// said returns which of some entrances the code and strings of a file say; the matcher has their names. A test is nobody's use.
func (a *Analyzer) said(project *mentioned, file string, wanted []django.Entrance, words *matcher) []django.Mention {
	kind := a.kind(file)
	if kind == selection.Test {
		return nil
	}
	raw, err := a.Mentions.Read(file)
	template := kind != selection.Deployment && path.Ext(file) != ".py"
	switch {
	case err != nil && template:
		return mentionsOf(wanted)
	case err != nil:
		return nil
	}
	text := string(raw)
	var candidates []django.Entrance
	for number, stands := range words.find(text) {
		if e := wanted[number]; stands && says(text, nil, e.Name) {
			candidates = append(candidates, e)
		}
	}
	switch {
	case len(candidates) == 0:
		return nil
	case template:
		return mentionsOf(candidates)
	case selection.Generated(raw):
		return inText(text, nil, candidates)
	case kind == selection.Deployment:
		_, comments, _ := settings.Read(file, text) // A file that breaks off has the comments before.
		return inText(text, comments, candidates)
	}
	bench := takeWorkbench()
	defer bench.put(text)
	parsed := bench.parser.Parse(text)
	if len(parsed.Errors) > 0 { // What is broken may say more than was understood.
		return inText(text, parsed.Comments, candidates)
	}
	return django.NewFile(bench.resolver.Resolve(parsed), file).Mentions(candidates, func(e django.Entrance, qualified string) bool {
		return a.Mentions.mayMean(project, file, e, qualified)
	})
}

// mentionsOf returns mentions that need nothing in turn.
func mentionsOf(entrances []django.Entrance) []django.Mention {
	mentions := make([]django.Mention, len(entrances))
	for i, e := range entrances {
		mentions[i].Entrance = e
	}
	return mentions
}

// inText returns which of some entrances a text names outside comments. Behind def or class, it is no mention.
func inText(text string, comments []python.Comment, candidates []django.Entrance) []django.Mention {
	return mentionsOf(slices.DeleteFunc(candidates, func(e django.Entrance) bool { return !says(text, comments, e.Name) }))
}

// says reports whether a name stands in a text outside comments and doctests. Behind def, class or super( it is no mention.
func says(text string, comments []python.Comment, name string) bool {
	for start := range django.Words(text, name) {
		if !isDefined(text[:start]) && !isComment(comments, start) && !django.InDoctest(text[:start]) {
			return true
		}
	}
	return false
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
