package change

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ParsePatch reads the hunks of one file's patch as GitHub's API gives it: a unified diff without the lines that name
// the files. A patch that is cut off, whose counts do not fit its lines, or whose hunks do not fit each other is an
// error that names the line of the patch. An empty patch has no hunks.
func ParsePatch(patch string) ([]Hunk, error) {
	if patch == "" {
		return nil, nil
	}
	var p parser
	number := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(patch, "\n"), "\n") {
		number++
		if err := p.line(line); err != nil {
			return nil, fmt.Errorf("patch line %d: %w", number, err)
		}
	}
	if err := p.end(); err != nil {
		return nil, fmt.Errorf("patch line %d: %w", number, err)
	}
	return p.hunks, nil
}

var (
	errTruncated = errors.New("the hunk is cut off")
	errHeader    = errors.New("not a hunk header")
	errLine      = errors.New("neither kept, removed nor added line")
	errExtra     = errors.New("more lines than the hunk header counts")
	errMisplaced = errors.New("the hunk does not fit the ones before it")
	errMarker    = errors.New("misplaced end-of-file marker")
)

// A parser is within a hunk as long as lines of it are due.
type parser struct {
	hunks []Hunk
	// oldDue and newDue are the lines that the hunk still lacks on either side.
	oldDue, newDue int
	ops            []byte
	// oldEnded and newEnded tell that a side's last line, which has no end, was read.
	oldEnded, newEnded bool
	// marked is true right after an end-of-file marker.
	marked bool
}

func (p *parser) line(line string) error {
	switch {
	case strings.HasPrefix(line, `\`):
		return p.marker()
	case p.due():
		return p.body(line)
	}
	if err := p.end(); err != nil {
		return err
	}
	return p.header(line)
}

func (p *parser) due() bool { return p.oldDue > 0 || p.newDue > 0 }

// body takes one line of a hunk. An empty one is a kept empty line whose space an editor or a mail program took away.
func (p *parser) body(line string) error {
	op := byte(' ')
	if line != "" {
		op = line[0]
	}
	switch op {
	case ' ':
		p.oldDue--
		p.newDue--
	case '-':
		p.oldDue--
	case '+':
		p.newDue--
	case '@':
		return errTruncated
	default:
		return errLine
	}
	if p.oldDue < 0 || p.newDue < 0 {
		return errExtra
	}
	if op != '+' && p.oldEnded || op != '-' && p.newEnded {
		return errMarker
	}
	p.ops = append(p.ops, op)
	p.marked = false
	return nil
}

// marker takes "\ No newline at end of file", in whatever language, which belongs to the line before it.
func (p *parser) marker() error {
	if len(p.ops) == 0 || p.marked {
		return errMarker
	}
	op := p.ops[len(p.ops)-1]
	if op != '+' {
		p.oldEnded = true
	}
	if op != '-' {
		p.newEnded = true
	}
	if p.oldEnded && p.oldDue > 0 || p.newEnded && p.newDue > 0 {
		return errMarker
	}
	p.marked = true
	return nil
}

// end closes the hunk that was read last.
func (p *parser) end() error {
	if p.due() {
		return errTruncated
	}
	if len(p.hunks) > 0 {
		p.hunks[len(p.hunks)-1].Ops = string(p.ops)
	}
	p.ops = p.ops[:0]
	return nil
}

func (p *parser) header(line string) error {
	h, ok := parseHeader(line)
	if !ok {
		return errHeader
	}
	if !p.fits(h) {
		return errMisplaced
	}
	p.hunks = append(p.hunks, h)
	p.oldDue, p.newDue = h.OldLines, h.NewLines
	p.marked = false
	return nil
}

// fits tells whether the lines between the last hunk and the next are as many in the base as in the head.
func (p *parser) fits(next Hunk) bool {
	if p.oldEnded && next.OldLines > 0 || p.newEnded && next.NewLines > 0 {
		return false
	}
	oldEnd, newEnd := 1, 1
	if len(p.hunks) > 0 {
		last := p.hunks[len(p.hunks)-1]
		oldEnd, newEnd = last.oldFirst()+last.OldLines, last.newFirst()+last.NewLines
	}
	between := next.oldFirst() - oldEnd
	return between >= 0 && between == next.newFirst()-newEnd
}

// parseHeader reads "@@ -1,2 +3,4 @@ section"; a count that is left out is 1.
func parseHeader(line string) (Hunk, bool) {
	ranges, ok := strings.CutPrefix(line, "@@ -")
	if !ok {
		return Hunk{}, false
	}
	ranges, section, ok := strings.Cut(ranges, " @@")
	if !ok || section != "" && section[0] != ' ' {
		return Hunk{}, false
	}
	before, after, ok := strings.Cut(ranges, " +")
	if !ok {
		return Hunk{}, false
	}
	var h Hunk
	var oldOK, newOK bool
	h.OldStart, h.OldLines, oldOK = parseRange(before)
	h.NewStart, h.NewLines, newOK = parseRange(after)
	return h, oldOK && newOK && (h.OldLines > 0 || h.NewLines > 0)
}

func parseRange(text string) (start, lines int, ok bool) {
	first, count, counted := strings.Cut(text, ",")
	start, ok = parseNumber(first)
	if !ok {
		return 0, 0, false
	}
	lines = 1
	if counted {
		if lines, ok = parseNumber(count); !ok {
			return 0, 0, false
		}
	}
	return start, lines, start > 0 || lines == 0
}

func parseNumber(text string) (int, bool) {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil || text[0] == '+' || n > math.MaxInt32/2 {
		return 0, false
	}
	return int(n), true
}
