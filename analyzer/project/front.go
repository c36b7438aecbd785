package project

import (
	"math"
	"path"
	"strconv"
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

// bodyLimit is nginx's limit on a request's body, a number with k, m or g behind it or what a template fills in.
// Source: https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size
var bodyLimit = pattern.New(`(?m)^[ \t]*client_max_body_size[ \t]+(?:(\d{1,9})([kKmMgG]?)|.*?)[ \t]*;`)

// passes matches what makes an nginx hand requests on to the project.
var passes = pattern.New(`(?m)^[ \t]*(proxy|uwsgi)_pass[ \t]`)

// ownLimit is nginx's limit in bytes where its configuration says none.
// Source: https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size
const ownLimit = 1 << 20

// units are how many bytes the letters of nginx's sizes stand for.
var units = map[string]int64{"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}

// addFront takes whether nginx refuses bodies above some size, and the most that it lets through: a limit of 0 is none, and one of
// gigabytes refuses hardly any. One that says nothing has nginx's own.
func (r *Reader) addFront(text string) {
	limits := bodyLimit.Regexp().FindAllStringSubmatch(text, -1)
	if len(limits) == 0 && passes.MatchString(text) {
		r.facts.BodiesBounded, r.facts.LargestBody = true, max(r.facts.LargestBody, ownLimit)
	}
	for _, match := range limits {
		number, err := strconv.ParseInt(match[1], 10, 64)
		unit := strings.ToLower(match[2])
		limit := number * units[unit]
		if err != nil || limit == 0 {
			limit = math.MaxInt64
		} else if unit != "g" {
			r.facts.BodiesBounded = true
		}
		r.facts.LargestBody = max(r.facts.LargestBody, limit)
	}
}

// BodiesUpTo reports whether an nginx in front of the project lets no body through that has more than some bytes. It is false where
// nothing is known.
func (f *Facts) BodiesUpTo(bytes int64) bool {
	return f != nil && 0 < f.LargestBody && f.LargestBody <= bytes
}
