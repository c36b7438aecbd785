package analyzer

import (
	"context"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/djleak/djleak/analyzer/pattern"
)

// Shelves tell where in a whole repository a module may be found. All its projects share them; what they tell is put in order when
// somebody first asks for it.
type shelves struct {
	modules *Modules
	// paths are those of all files, in ascending order.
	paths []string
	read  func(path string) ([]byte, error)
	// places are the modules' paths by the last names in them, migrations the files by the names of their applications, definers the modules
	// of models by the names of the classes at their tops, and listings the texts of the modules that may list applications.
	places, migrations, definers func() map[string][]string
	listings                     func() []string
	// workers is how many modules are read at once.
	workers int
}

// newShelves returns the shelves of a repository. Once the context is done no module can be read any more: whoever looks through all of
// them is through at once.
func newShelves(ctx context.Context, modules *Modules, mentions *Mentions, workers int) *shelves {
	read := func(file string) ([]byte, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return mentions.Read(file)
	}
	s := &shelves{modules: modules, paths: slices.Sorted(slices.Values(mentions.Paths)), read: read, workers: workers}
	s.places = sync.OnceValue(s.sortPlaces)
	s.migrations = sync.OnceValue(s.sortMigrations)
	s.definers = sync.OnceValue(s.sortDefiners)
	s.listings = sync.OnceValue(s.readListings)
	return s
}

func (s *shelves) sortPlaces() map[string][]string {
	places := make(map[string][]string)
	for _, file := range s.paths {
		place := strings.TrimSuffix(strings.TrimSuffix(file, ".py"), "/__init__")
		name := place[strings.LastIndexByte(place, '/')+1:]
		places[name] = append(places[name], place)
	}
	return places
}

// placesOf returns the places that a module's path may mean: a folder of the search path may stand anywhere.
func (s *shelves) placesOf(module string) []string {
	var places []string
	for _, place := range s.places()[module[strings.LastIndexByte(module, '/')+1:]] {
		if place == module || strings.HasSuffix(place, "/"+module) {
			places = append(places, place)
		}
	}
	return places
}

func (s *shelves) sortMigrations() map[string][]string {
	migrations, names := make(map[string][]string), make(map[string]string)
	for _, file := range s.paths {
		if !strings.HasSuffix(file, ".py") {
			continue
		}
		if folder := path.Dir(file); path.Base(folder) == "migrations" {
			app := path.Dir(folder)
			name, known := names[app]
			if !known {
				name = s.labelOf(app)
				names[app] = name
			}
			migrations[name] = append(migrations[name], file)
		}
	}
	return migrations
}

// label matches the name by which an application's configuration calls it.
var label = pattern.New(`(?m)^\s+label\s*(?::\s*\w+\s*)?=\s*["'](\w+)["']`)

// labelOf returns the name by which migrations call the application in a folder: the folder's, unless its configuration says another.
func (s *shelves) labelOf(folder string) string {
	if config := folder + "/apps.py"; s.isThere(config) {
		if raw, err := s.read(config); err == nil {
			if match := label.Regexp().FindSubmatch(raw); match != nil {
				return string(match[1])
			}
		}
	}
	return path.Base(folder)
}

// isThere reports whether a file is one of the repository's.
func (s *shelves) isThere(file string) bool {
	_, found := slices.BinarySearch(s.paths, file)
	return found
}

// inFolder returns the files of a folder, which ends in a slash, and of those in it.
func (s *shelves) inFolder(folder string) []string {
	first, _ := slices.BinarySearch(s.paths, folder)
	behind := first
	for behind < len(s.paths) && strings.HasPrefix(s.paths[behind], folder) {
		behind++
	}
	return s.paths[first:behind]
}

// settingsModules and settingsFolders are names that projects give the modules in which their settings stand, and the folders of these.
var (
	settingsModules = map[string]bool{
		"__init__": true, "app": true, "apps": true, "base": true, "common": true, "conf": true, "config": true, "default": true,
		"defaults": true, "dev": true, "development": true, "env": true, "installed": true, "local": true, "prod": true, "production": true,
		"staging": true,
	}
	settingsFolders = map[string]bool{"conf": true, "config": true, "configuration": true, "environment": true, "environments": true}
)

// maySettle reports whether settings may stand in a module, by its name and that of its folder.
func maySettle(file string) bool {
	stem, isModule := strings.CutSuffix(strings.ToLower(file), ".py")
	if !isModule {
		return false
	}
	folder, name := path.Split(stem)
	folder = path.Base(folder)
	return settingsModules[name] || settingsFolders[folder] || strings.Contains(name, "settings") || strings.Contains(folder, "settings")
}

func (s *shelves) readListings() []string {
	var mu sync.Mutex
	var listings []string
	s.scan("", maySettle, func(_, text string, ok bool) bool {
		if ok && strings.Contains(text, "_APPS") {
			mu.Lock()
			defer mu.Unlock()
			listings = append(listings, text)
		}
		return false
	})
	return listings
}

func (s *shelves) sortDefiners() map[string][]string {
	var mu sync.Mutex
	definers := make(map[string][]string)
	mayHave := func(file string) bool { return isModule(file) && strings.Contains(file, "models") && !isTrial(file) }
	s.scan("", mayHave, func(file, text string, _ bool) bool {
		classes := topClass.Regexp().FindAllStringSubmatch("\n"+text, -1)
		mu.Lock()
		defer mu.Unlock()
		for _, match := range classes {
			if known := definers[match[1]]; len(known) == 0 || known[len(known)-1] != file { // One may define it twice.
				definers[match[1]] = append(known, file)
			}
		}
		return false
	})
	return definers
}

// topClass matches the name of a class with bases at the top of a module.
var topClass = pattern.New(`\nclass (\w+)\(`)

func isModule(file string) bool { return strings.HasSuffix(file, ".py") }

// anyModule reports whether something holds for the text of one of the repository's modules. It is taken to hold for what cannot be read.
// Holds is called from several goroutines. Those of the project come first: what is looked for stands there, as a rule.
func (l *library) anyModule(holds func(file, text string) bool) bool {
	var found atomic.Bool
	l.scan(l.folder, isModule, func(file, text string, ok bool) bool {
		if !ok || holds(file, text) {
			found.Store(true)
		}
		return found.Load()
	})
	return found.Load()
}

// scan shows the texts of the files that are wanted, from a folder on and then around, until somebody has seen enough. It calls from
// several goroutines, and without ok where a file cannot be read.
func (s *shelves) scan(from string, wanted func(file string) bool, enough func(file, text string, ok bool) bool) {
	first, _ := slices.BinarySearch(s.paths, from)
	var next atomic.Int64
	var done atomic.Bool
	var group sync.WaitGroup
	for range s.workers {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(s.paths) && !done.Load(); i = int(next.Add(1)) - 1 {
				file := s.paths[(first+i)%len(s.paths)]
				if !wanted(file) {
					continue
				}
				raw, err := s.read(file)
				if enough(file, string(raw), err == nil) {
					done.Store(true)
				}
			}
		})
	}
	group.Wait()
}
