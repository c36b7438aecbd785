package analyzer

import (
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
	// places are the modules' paths by the last names in them, migrations the files by the names of their applications, and listings the
	// texts of the modules that may list applications.
	places, migrations func() map[string][]string
	listings           func() []string
	// workers is how many modules are read at once.
	workers int
}

func newShelves(modules *Modules, mentions *Mentions, workers int) *shelves {
	s := &shelves{modules: modules, paths: slices.Sorted(slices.Values(mentions.Paths)), read: mentions.Read, workers: workers}
	s.places = sync.OnceValue(s.sortPlaces)
	s.migrations = sync.OnceValue(s.sortMigrations)
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
	var listings []string
	for _, file := range s.paths {
		if !maySettle(file) {
			continue
		}
		if raw, err := s.read(file); err == nil && strings.Contains(string(raw), "_APPS") {
			listings = append(listings, string(raw))
		}
	}
	return listings
}

// anyModule reports whether something holds for the text of one of the repository's modules. It is taken to hold for what cannot be read.
// Holds is called from several goroutines. Those of the project come first: what is looked for stands there, as a rule.
func (l *library) anyModule(holds func(file, text string) bool) bool {
	first, _ := slices.BinarySearch(l.paths, l.folder)
	var next atomic.Int64
	var found atomic.Bool
	var group sync.WaitGroup
	for range l.workers {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(l.paths) && !found.Load(); i = int(next.Add(1)) - 1 {
				file := l.paths[(first+i)%len(l.paths)]
				if !strings.HasSuffix(file, ".py") {
					continue
				}
				if raw, err := l.read(file); err != nil || holds(file, string(raw)) {
					found.Store(true)
				}
			}
		})
	}
	group.Wait()
	return found.Load()
}
