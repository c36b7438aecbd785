package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// Names returns the names of configuration files in a folder, in descending order of precedence.
func Names() []string { return []string{"djleak.toml", ".djleak.toml", "pyproject.toml"} }

// A Source is the configuration found in a folder.
type Source struct {
	// Path of the file, empty where there is none.
	Path     string
	Settings *Settings
	// Shadowed are the paths of files that configure djleak in vain, as another one in the folder takes precedence.
	Shadowed []string
}

// Load reads the configuration of a folder with read, whose error is [fs.ErrNotExist] for a file that the folder has
// not. A pyproject.toml counts only where it has a table tool.djleak. Rules are the names of all rules there are.
//
// An error of type [Errors] comes with the Source that it is about, whose settings then give what is right.
func Load(folder string, read func(path string) ([]byte, error), rules []string) (Source, error) {
	source := Source{Settings: NewSettings(rules)}
	var wrong error
	for _, name := range Names() {
		place := path.Join(folder, name)
		text, err := read(place)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return source, fmt.Errorf("read configuration: %w", err)
		}
		file := parse(place, text, rules)
		switch {
		case !file.found:
		case source.Path != "":
			source.Shadowed = append(source.Shadowed, place)
		default:
			source.Path, source.Settings = place, file.settings
			if len(file.errs) > 0 {
				wrong = file.errs
			}
		}
	}
	return source, wrong
}
