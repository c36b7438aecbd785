package analyzer

import (
	"path"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
)

// replaces matches the migrations that a squashed one takes the place of.
var replaces = pattern.New(`(?s)\breplaces\b[^=\n]*=\s*\[(.*?)\]`)

// isReplaced reports whether another migration beside the one at hand takes its place: new databases never run it again, and nobody mends
// what is to be deleted. Source: https://docs.djangoproject.com/en/5.2/topics/migrations/#squashing-migrations
func (l *library) isReplaced(file string) bool {
	folder, base := path.Split(file)
	if path.Base(folder) != "migrations" {
		return false
	}
	name := strings.TrimSuffix(base, ".py")
	for _, other := range l.inFolder(folder) {
		text, _ := l.text(other)
		if match := replaces.Regexp().FindStringSubmatch(text); len(match) == 2 && stands(match[1], name) {
			return true
		}
	}
	return false
}
