package annotate

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/annotate/columns"
)

// A place is where one comment stands and the findings that it tells, the worst first.
type place struct {
	path string
	lines
	findings []analyzer.Finding
	// suggested is the index of the finding whose suggestion the comment carries, or -1.
	suggested  int
	suggestion suggestion
}

// A ground is what a comment on a file can stand on: the lines of its text and the hunks that show some of them.
type ground struct {
	text  []string
	hunks []change.Hunk
	// columns counts in the lines of the text.
	columns columns.Text
}

// grounds pairs the text of each file that findings stand in with its hunks.
func grounds(result analyzer.Result, diff change.Change, findings []analyzer.Finding) map[string]ground {
	wanted := map[string]bool{}
	for _, f := range findings {
		wanted[f.Path] = true
	}
	all := map[string]ground{}
	for _, file := range result.Files {
		if wanted[file.Path] {
			text := sourceLines(file.Source)
			all[file.Path] = ground{text: text, columns: columns.New(text)}
		}
	}
	for _, file := range diff.Files {
		if g, ok := all[file.Path]; ok && file.Status != change.Deleted {
			g.hunks = file.Hunks
			all[file.Path] = g
		}
	}
	return all
}

// placesOf gathers findings into places, in their order. Those of which the diff shows nothing are returned apart.
func placesOf(findings []analyzer.Finding, on map[string]ground, suggestions bool) (all []*place, outside []analyzer.Finding) {
	type spot struct {
		path string
		lines
	}
	var own []*place
	bySpot := map[spot]*place{}
	for _, f := range findings {
		at, ok := anchorOf(f, on[f.Path])
		if !ok {
			outside = append(outside, f)
			continue
		}
		p := bySpot[spot{f.Path, at}]
		if p == nil {
			p = &place{path: f.Path, lines: at, suggested: -1}
			bySpot[spot{f.Path, at}] = p
			own = append(own, p)
		}
		p.findings = append(p.findings, f)
	}
	// A suggestion may need more lines than its finding covers, and then two places can become one.
	clear(bySpot)
	for _, p := range own {
		if suggestions {
			p.suggest(on[p.path])
		}
		if same := bySpot[spot{p.path, p.lines}]; same != nil {
			same.join(p)
			continue
		}
		bySpot[spot{p.path, p.lines}] = p
		all = append(all, p)
	}
	return all, outside
}

// suggest gives the place the first suggestion that one of its findings has, and moves it to that suggestion's lines.
func (p *place) suggest(g ground) {
	for i, f := range p.findings {
		if s, ok := suggest(f, g); ok && s.contains(p.lines) {
			p.suggested, p.suggestion, p.lines = i, s, s.lines
			return
		}
	}
}

// join adds the findings of another place on the same lines.
func (p *place) join(other *place) {
	if p.suggested < 0 && other.suggested >= 0 {
		p.suggested, p.suggestion = len(p.findings)+other.suggested, other.suggestion
	}
	p.findings = append(p.findings, other.findings...)
}
