package python

// Recovery. After an error the current token is tokError and stays it, so that all productions return; the statement
// then skips to where the next one surely starts. A statement that is broken inside brackets must not take the rest of
// the file with it, so the skipping knows more than brackets: see [Parser.resync].

// skipStatement puts a BadStmt in the place of the broken statement that starts at start.
func (p *Parser) skipStatement(start int32) {
	target := p.resync(int(start), false)
	end := p.trimmedEnd(int(start), target)
	p.headless = p.src[end-1] == ':'
	p.stmtList.push(p.badStmt(start, end))
	p.resume(target)
}

// skipHeader skips the rest of the line that starts at start, the header of a compound statement or a decorator, whose
// parts up to the error stay in the tree.
func (p *Parser) skipHeader(start int32) {
	failed := p.pos
	target := p.resync(int(start), true)
	if _, first := p.measure(target); first < failed {
		target = p.nextLine(failed)
	}
	end := p.trimmedEnd(int(start), target)
	p.prevEnd = max(p.prevEnd, int32(end))
	p.resume(target)
}

// trimmedEnd returns the end of what stands between start, where there is something, and the line target.
func (p *Parser) trimmedEnd(start, target int) int {
	end := target
	for end > start+1 && (byteClass[p.src[end-1]] == classBlank || byteClass[p.src[end-1]] == classLineEnd) {
		end--
	}
	return end
}

func (p *Parser) badStmt(start int32, end int) Stmt {
	p.prevEnd = int32(end)
	n := p.badStmts.alloc()
	*n = BadStmt{p.base(start)}
	return n
}

// skipBlock skips the lines that are indented like the current one or deeper, and returns what stands for them.
func (p *Parser) skipBlock() Stmt {
	start := p.start
	p.indents = p.indents[:len(p.indents)-1]
	outer := p.indents[len(p.indents)-1].width
	pos := p.nextLine(int(start))
	for pos < len(p.src) {
		width, first := p.measure(pos)
		if first < len(p.src) && width <= outer && p.src[first] != '#' && byteClass[p.src[first]] != classLineEnd {
			break
		}
		pos = p.nextLine(first)
	}
	p.dropComments(int(start))
	n := p.badStmt(start, p.trimmedEnd(int(start), pos))
	p.resume(pos)
	return n
}

// resync returns the start of the line where parsing goes on after an error in the statement that starts at start. It
// reads that statement once more, more loosely, as far as
//   - the end of the logical line that holds the error, or
//   - inside brackets, a line that starts with a keyword of a statement at the indentation of an open block. The
//     bracket was never closed then; what stands between it and that line at such an indentation is kept too.
func (p *Parser) resync(start int, header bool) int {
	failed := p.pos
	p.dropComments(start)
	p.brackets = p.brackets[:0]
	depth, candidate := 0, -1
	for pos := start; pos < len(p.src); {
		switch char := p.src[pos]; char {
		case '(', '[', '{':
			depth++
			pos++
		case ')', ']', '}':
			if depth--; depth <= 0 {
				depth, candidate = 0, -1
			}
			pos++
		case '#':
			pos = p.comment(pos, p.startsLine(pos))
		case '\\':
			pos = min(p.afterLineEnd(pos+1), len(p.src))
		case '"', '\'':
			pos = p.looseString(pos)
		case '\n', '\r':
			line := p.nextLine(pos)
			if depth == 0 {
				if line > failed {
					return line
				}
				pos = line
				continue
			}
			if header && candidate < 0 && p.endsHeader(pos, line) {
				candidate = line
			}
			open, sure := p.startsStatement(line, failed)
			if open && candidate < 0 {
				candidate = line
			}
			if sure {
				return p.rewindTo(candidate, line)
			}
			pos = line
		default:
			pos++
		}
	}
	if depth > 0 {
		return p.rewindTo(candidate, len(p.src))
	}
	return len(p.src)
}

// rewindTo returns candidate, or furthest where there is no candidate or too much was read twice already.
func (p *Parser) rewindTo(candidate, furthest int) int {
	if candidate < 0 || p.rewound > len(p.src) {
		return furthest
	}
	p.rewound += furthest - candidate
	p.dropComments(candidate)
	return candidate
}

// dropComments drops the comments from offset on, which are going to be read again.
func (p *Parser) dropComments(offset int) {
	for n := len(p.comments); n > 0 && int(p.comments[n-1].Start) >= offset; n-- {
		p.comments = p.comments[:n-1]
	}
}

// looseString returns the offset behind the string whose quote stands at pos, or the end of the line for a string that
// is not closed.
func (p *Parser) looseString(pos int) int {
	quote := p.src[pos]
	var end int
	if p.at(pos+1) == quote && p.at(pos+2) == quote {
		end = p.tripleEnd(pos+3, quote)
	} else {
		end = p.singleEnd(pos+1, quote)
	}
	if end < 0 {
		return p.contentEnd(pos)
	}
	return end
}

// endsHeader reports whether the line that ends at pos ends in a colon and the next is indented deeper than the block.
func (p *Parser) endsHeader(pos, next int) bool {
	for pos > 0 && byteClass[p.src[pos-1]] == classBlank {
		pos--
	}
	width, _ := p.measure(next)
	return pos > 0 && p.src[pos-1] == ':' && width > p.indents[len(p.indents)-1].width
}
