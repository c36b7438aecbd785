package project

import (
	"path"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
)

// isFront reports whether a file configures the nginx in front of the project, by its name or its folder: nginx.conf,
// nginx/site.conf.j2.
func isFront(file string) bool {
	switch path.Ext(file) {
	case ".conf", ".default", ".template", ".tpl", ".tmpl", ".j2", ".erb", "":
		return strings.Contains(strings.ToLower(file), "nginx")
	}
	return false
}

// bodyLimit is nginx's limit on a request's body, unless it is 0, which is none.
var bodyLimit = pattern.New(`(?m)^[ \t]*client_max_body_size[ \t]+0*[1-9]\d*[kKmM]?[ \t]*;`)

// addFront takes whether nginx refuses bodies above some size; one of gigabytes refuses hardly any.
func (r *Reader) addFront(text string) {
	r.facts.BodiesBounded = r.facts.BodiesBounded || bodyLimit.MatchString(text)
}
