package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/djleak/djleak/analyzer/config"
)

// configure returns what a command goes by on the files of the working directory, and the folder that its globs start
// from: that of the configuration that was found or else the working directory.
func (p *program) configure(shared *sharedFlags) (values config.Values, base string, err error) {
	working, err := os.Getwd()
	if err != nil {
		return config.Values{}, "", fmt.Errorf("find the working directory: %w", err)
	}
	source, err := p.findConfiguration(shared.config, working)
	if err != nil {
		return config.Values{}, "", err
	}
	p.warnShadowed(source)
	values = config.Resolve(shared.given, source.Settings)
	if source.Path == "" || shared.config != "" {
		return values, working, nil
	}
	base = filepath.Join(working, filepath.Dir(source.Path))
	if values.Baseline != "" && !shared.given.Given("baseline") {
		values.Baseline = filepath.Join(filepath.Dir(source.Path), values.Baseline)
	}
	way, err := filepath.Rel(base, working)
	if err != nil {
		return config.Values{}, "", fmt.Errorf("find the way from %s to %s: %w", base, working, err)
	}
	values.Folder = filepath.ToSlash(way)
	if shared.given.Given("include") {
		rebase(values.Include, way)
	}
	if shared.given.Given("exclude") {
		rebase(values.Exclude, way)
	}
	return values, base, nil
}

// findConfiguration reads the named file or, without a name, looks in the working directory and the folders above it
// up to the repository's.
func (p *program) findConfiguration(name, working string) (config.Source, error) {
	if name != "" {
		return p.readConfiguration(name)
	}
	folder := "."
	for {
		source, err := config.Load(folder, os.ReadFile, ruleNames(p.rules))
		if err != nil || source.Path != "" {
			return source, err
		}
		above, ok := folderAbove(working, folder)
		if !ok {
			return source, nil
		}
		folder = above
	}
}

// folderAbove returns the next folder to look for a configuration in. Outside of a repository there is none: a file in
// a home directory is not meant for everything below it.
func folderAbove(working, folder string) (above string, ok bool) {
	if !insideRepository(filepath.Join(working, folder)) {
		return "", false
	}
	return filepath.Join(folder, ".."), true
}

// insideRepository reports whether the folder is in a repository without being its top.
func insideRepository(folder string) bool {
	if hasGit(folder) {
		return false
	}
	for above := filepath.Dir(folder); above != folder; folder, above = above, filepath.Dir(above) {
		if hasGit(above) {
			return true
		}
	}
	return false
}

func hasGit(folder string) bool {
	_, err := os.Lstat(filepath.Join(folder, ".git"))
	return err == nil
}

// readConfiguration reads the file that --config names.
func (p *program) readConfiguration(name string) (config.Source, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return config.Source{}, usagef("--config: there is no file %s", name)
	}
	if err != nil {
		return config.Source{}, usagef("--config: read %s: %s", name, cause(err))
	}
	settings, err := config.Parse(name, text, ruleNames(p.rules))
	return config.Source{Path: name, Settings: settings}, err
}

func (p *program) warnShadowed(source config.Source) {
	for _, shadowed := range source.Shadowed {
		p.say("notice: %s configures djleak in vain: %s takes precedence", shadowed, source.Path)
	}
}

// rebase lets globs of the command line, which start from the working directory, start from a folder above it.
func rebase(globs []string, way string) {
	prefix := escapeGlob(filepath.ToSlash(way))
	for i, glob := range globs {
		globs[i] = path.Join(prefix, glob)
	}
}

// escapeGlob makes a path a glob that matches it alone.
func escapeGlob(path string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`, "{", `\{`).Replace(path)
}
