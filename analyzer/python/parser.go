package python

import "slices"

// A Parser parses one file after another and reuses its memory: once it has grown to the size of its files it
// allocates nothing more. The zero value is ready. A goroutine needs one of its own.
type Parser struct {
	lexer
	arena

	file   File
	module Module
	nodes  NodeID
	// depth counts the nested calls that a deeply nested source would otherwise drive without limit.
	depth int
	// blocks counts the nested blocks.
	blocks int
	// links counts the links of long chains in the current statement.
	links int
	// rewound is how many bytes recovery has made the parser read twice.
	rewound int
	// headless is true where the line that recovery skipped last ended in a colon: a block is to be expected.
	headless bool
}

// The limits keep the stacks of the parser and of those who walk its tree small. CPython's are of the same size: 200
// parentheses and 100 levels of indentation.
const (
	maxDepth  = 1000
	maxBlocks = 100
	// A chain is a.b.c or a + b + c, read in a loop but nested as a tree. Each may have freeLinks, and those of one
	// statement maxLinks beyond.
	freeLinks = 100
	maxLinks  = 20_000
	// An elif nests in the tree like a chain.
	maxElifs = 3_000
)

// maxSource is what an int32 counts.
const maxSource = 1<<31 - 2

const tooNested = "too many nested parentheses or operators"

// Parse parses src, which is UTF-8 without a byte order mark ([Decode] sees to both) and at most 2 GiB long. The file
// and its nodes are valid until the next call.
func (p *Parser) Parse(src string) *File {
	if len(src) > maxSource {
		p.begin("")
		p.report(0, 0, "source is larger than 2 GiB")
		return p.finish()
	}
	p.unclosed, p.suspecting = -1, false
	p.parse(src)
	if len(p.errors) > 0 {
		p.findUnclosed(src)
	}
	return p.finish()
}

func (p *Parser) parse(src string) {
	p.begin(src)
	p.next()
	body := p.stmtList.mark()
	for p.tok != tokEOF {
		p.statement()
	}
	p.module.Body = p.stmtList.take(body)
}

// Parse parses src with a parser of its own; see [Parser.Parse].
func Parse(src string) *File { return new(Parser).Parse(src) }

func (p *Parser) begin(src string) {
	p.lexer.reset(src)
	p.arena.reset()
	p.nodes, p.depth, p.blocks, p.links, p.rewound, p.headless = 0, 0, 0, 0, 0, false
	p.module = Module{Base: Base{Span: Span{End: int32(len(src))}, id: p.nextID()}}
}

func (p *Parser) finish() *File {
	slices.SortStableFunc(p.errors, func(a, b SyntaxError) int { return int(a.Start) - int(b.Start) })
	p.file = File{
		Source:    p.src,
		Module:    &p.module,
		Comments:  p.comments,
		Errors:    p.errors,
		NodeCount: int(p.nodes),
	}
	return &p.file
}

func (p *Parser) nextID() NodeID {
	id := p.nodes
	p.nodes++
	return id
}

// base numbers a node that runs from start to the end of the last token.
func (p *Parser) base(start int32) Base {
	return Base{Span: Span{Start: start, End: p.prevEnd}, id: p.nextID()}
}

// got takes the token if it is tok.
func (p *Parser) got(tok token) bool {
	if p.tok != tok {
		return false
	}
	p.next()
	return true
}

// want takes the token, which must be tok; what names it in the message.
func (p *Parser) want(tok token, what string) {
	if p.tok == tok {
		p.next()
		return
	}
	p.unexpected("expected " + what)
}

// unexpected reports the current token. An error that was reported before stands for what follows from it.
func (p *Parser) unexpected(msg string) {
	if p.tok != tokError {
		p.fail(int(p.start), int(p.end), msg)
	}
}

// badAt reports what was read since start.
func (p *Parser) badAt(node Node, msg string) {
	if p.tok != tokError {
		span := node.Range()
		p.report(int(span.Start), int(span.End), msg)
		p.emit(tokError, int(p.start), int(p.start))
		p.prevEnd = max(p.prevEnd, p.start)
	}
}

func (p *Parser) badExpr() Expr {
	p.unexpected("invalid syntax")
	n := p.badExprs.alloc()
	*n = BadExpr{p.base(p.prevEnd)}
	return n
}

// text returns the source of the current token.
func (p *Parser) text() string { return p.src[p.start:p.end] }

// word reports whether the current token is the soft keyword.
func (p *Parser) word(keyword string) bool { return p.tok == tokName && p.text() == keyword }

// name takes an identifier.
func (p *Parser) name() (string, Span) {
	if p.tok != tokName {
		p.unexpected("expected a name")
		return "", Span{Start: p.prevEnd, End: p.prevEnd}
	}
	name, span := p.text(), Span{Start: p.start, End: p.end}
	p.next()
	return name, span
}

// deeper counts a nested call. Where there are too many it reports so, and with the token of the error all that follows
// returns. Each call is followed by one of shallower.
func (p *Parser) deeper() {
	if p.depth++; p.depth > maxDepth {
		p.unexpected(tooNested)
	}
}

func (p *Parser) shallower() { p.depth-- }

// link counts one more link of a chain that already has links.
func (p *Parser) link(links int) bool {
	if links < freeLinks {
		return true
	}
	p.links++
	if p.links > maxLinks {
		p.unexpected(tooNested)
		return false
	}
	return true
}

// A snapshot is where the parser may return to.
type snapshot struct {
	pos, comments, errors, dedents int
	tok                            token
	start, end, prevEnd            int32
	lineStart                      bool
	nodes                          NodeID
}

func (p *Parser) save() snapshot {
	return snapshot{
		pos: p.pos, comments: len(p.comments), errors: len(p.errors), dedents: p.dedents,
		tok: p.tok, start: p.start, end: p.end, prevEnd: p.prevEnd, lineStart: p.lineStart, nodes: p.nodes,
	}
}

// restore goes back to a snapshot that was taken in the same statement, outside all brackets or at a parenthesis that
// opens the first.
func (p *Parser) restore(s snapshot) {
	p.brackets = p.brackets[:0]
	if s.tok == tokLParen {
		p.brackets = append(p.brackets, bracket{pos: s.start, open: '('})
	}
	p.pos, p.dedents, p.nodes = s.pos, s.dedents, s.nodes
	p.comments, p.errors = p.comments[:s.comments], p.errors[:s.errors]
	p.tok, p.start, p.end, p.prevEnd, p.lineStart = s.tok, s.start, s.end, s.prevEnd, s.lineStart
}
