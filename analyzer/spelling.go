package analyzer

import (
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/release"
)

// Django returns above which release the Django of the project surely is not: what the whole repository tells, and what this file
// imports.
func (p *Pass) Django() release.Limit {
	limit := p.File.Django()
	if p.Project != nil {
		limit = limit.Older(p.Project.Django)
	}
	return limit
}

var (
	// loopOverPieces begins a loop with an assignment expression: while batch := list(islice(rows, 500)):.
	loopOverPieces = pattern.New(`(?m)^( *)while (\w+) := (.+):$`)
	digitGroups    = pattern.New(`\b\d{1,3}(?:_\d{3})+\b`)
)

// spell writes a diagnostic's code, which is today's, as the project's Django and its Python have it:
//   - iterator() takes a chunk_size since Django 2.0: https://docs.djangoproject.com/en/5.2/releases/2.0/
//   - digits are in groups since Python 3.6, and Django 2.0 is the first without Python 2;
//   - while has an assignment expression since Python 3.8, and Django 2.2 is the first that runs on it:
//     https://docs.djangoproject.com/en/5.2/faq/install/
func (p *Pass) spell(d *Diagnostic) {
	django := p.Django()
	if !django.Before(2, 2) {
		return
	}
	d.Remedy = loopOverPieces.Regexp().ReplaceAllString(d.Remedy, "${1}while True:\n$1    $2 = $3\n$1    if not $2:\n$1        break")
	if !django.Before(2, 0) {
		return
	}
	spelled := func(code string) string {
		code = strings.ReplaceAll(code, ".iterator(chunk_size=2000)", ".iterator()")
		return digitGroups.Regexp().ReplaceAllStringFunc(code, func(n string) string { return strings.ReplaceAll(n, "_", "") })
	}
	d.Remedy = spelled(d.Remedy)
	for i := range d.Fixes {
		for j := range d.Fixes[i].Edits {
			edit := &d.Fixes[i].Edits[j]
			edit.NewText = spelled(edit.NewText)
		}
	}
}
