package python

import "slices"

// maxSuspects bounds how often a broken file is read again for a string that was not closed.
const maxSuspects = 8

// findUnclosed looks for a string in three quotes that was not closed. The one that runs to the end of the file, if there
// is one, is only the last: what is code and what is string may have changed places since an earlier one. Those that hold
// what looks like a statement are tried in turn, and the reading with the fewest errors stays; of two the one that sees
// more.
func (p *Parser) findUnclosed(src string) {
	fewest, most, best := len(p.errors), p.nodes, -1
	p.suspects, p.suspecting = p.suspects[:0], true
	p.parse(src)
	p.suspecting = false
	for _, body := range p.suspects {
		p.unclosed = body
		p.parse(src)
		if len(p.errors) < fewest || len(p.errors) == fewest && p.nodes > most {
			fewest, most, best = len(p.errors), p.nodes, body
		}
	}
	if p.unclosed != best {
		p.unclosed = best
		p.parse(src)
	}
}

// suspect notes the string whose contents are [body, end) if a line in it starts a statement at the indentation of an
// open block.
func (l *lexer) suspect(body, end int) {
	if len(l.suspects) == maxSuspects || slices.Contains(l.suspects, body) {
		return
	}
	for line := l.nextLine(body); line < end; line = l.nextLine(line) {
		if _, sure := l.startsStatement(line, -1); sure {
			l.suspects = append(l.suspects, body)
			return
		}
	}
}
