package change

// Edits mark the lines of two files that are not part of what they have in common: the unmarked lines of both are the
// same ones, in the same order.
type edits struct {
	base, head       []int32
	removed, added   []bool
	baseAt, headAt   []int
	forward, reverse []int32
	// budget is how many steps may still be taken with the wide reach; below 0 it counts those with the narrow one.
	budget int
}

const (
	// wideReach and narrowReach bound how many edits one search looks ahead from each end: the first finds the
	// shortest diff between files of up to about 500 changed lines and a near one beyond; the second, taken when the
	// budget is spent, keeps the time linear on texts that are made to be hard.
	wideReach   = 256
	narrowReach = 8
	// wideBudget is how many steps are taken with the wide reach: about a tenth of a second.
	wideBudget = 1 << 25
)

// compare finds the removed lines of base and the added lines of head.
func compare(base, head []string, budget int) edits {
	e := edits{
		removed: make([]bool, len(base)), added: make([]bool, len(head)),
		forward: make([]int32, 2*wideReach+3), reverse: make([]int32, 2*wideReach+3),
		budget: budget,
	}
	baseIDs, headIDs := number(base, head)
	e.base, e.baseAt = shared(baseIDs, headIDs, e.removed)
	e.head, e.headAt = shared(headIDs, baseIDs, e.added)
	e.between(box{0, len(e.base), 0, len(e.head)})
	return e
}

// number gives equal lines equal numbers, counting from 0.
func number(base, head []string) (baseIDs, headIDs []int32) {
	ids := make(map[string]int32, len(base))
	assign := func(lines []string) []int32 {
		numbers := make([]int32, len(lines))
		for i, line := range lines {
			id, ok := ids[line]
			if !ok {
				id = int32(len(ids))
				ids[line] = id
			}
			numbers[i] = id
		}
		return numbers
	}
	return assign(base), assign(head)
}

// shared keeps the lines that the other file has as well, with their places, and marks the others as changed: no diff
// can keep them.
func shared(ids, other []int32, changed []bool) (kept []int32, at []int) {
	var most int32
	for _, id := range other {
		most = max(most, id)
	}
	known := make([]bool, most+1)
	for _, id := range other {
		known[id] = true
	}
	for i, id := range ids {
		if id > most || !known[id] {
			changed[i] = true
			continue
		}
		kept, at = append(kept, id), append(at, i)
	}
	return kept, at
}

// A box is a range of base lines against a range of head lines.
type box struct{ baseLow, baseHigh, headLow, headHigh int }

func (b box) size() int { return b.baseHigh - b.baseLow + b.headHigh - b.headLow }

// between marks the changes within a box: the linear-space variant of Myers' algorithm ("An O(ND) Difference Algorithm
// and Its Variations", 1986). Recursion goes into the smaller part only, so it is never deeper than a logarithm.
func (e *edits) between(b box) {
	for {
		b = e.trim(b)
		if b.baseLow == b.baseHigh || b.headLow == b.headHigh {
			break
		}
		x, y := e.split(b)
		first := box{b.baseLow, x, b.headLow, y}
		second := box{x, b.baseHigh, y, b.headHigh}
		if first.size() > second.size() {
			first, second = second, first
		}
		e.between(first)
		b = second
	}
	for _, at := range e.baseAt[b.baseLow:b.baseHigh] {
		e.removed[at] = true
	}
	for _, at := range e.headAt[b.headLow:b.headHigh] {
		e.added[at] = true
	}
}

// trim leaves out the lines that both sides of a box begin and end with.
func (e *edits) trim(b box) box {
	for b.baseLow < b.baseHigh && b.headLow < b.headHigh && e.base[b.baseLow] == e.head[b.headLow] {
		b.baseLow++
		b.headLow++
	}
	for b.baseLow < b.baseHigh && b.headLow < b.headHigh && e.base[b.baseHigh-1] == e.head[b.headHigh-1] {
		b.baseHigh--
		b.headHigh--
	}
	return b
}

// split finds a point of a trimmed box, both sides of which have lines, that a shortest path goes through: it searches
// from both corners at once until the two fronts meet. Beyond its reach it settles for the point that came farthest.
// The point is never a corner, so both parts are smaller than the box.
func (e *edits) split(b box) (x, y int) {
	reach := wideReach
	if e.budget <= 0 {
		reach = narrowReach
	}
	var (
		// Diagonals are x-y; those outside the box are not walked.
		lowest, highest = b.baseLow - b.headHigh, b.baseHigh - b.headLow
		ahead           = front{furthest: e.forward, centre: b.baseLow - b.headLow, reach: reach}
		back            = front{furthest: e.reverse, centre: b.baseHigh - b.headHigh, reach: reach}
		odd             = (ahead.centre-back.centre)%2 != 0
	)
	ahead.start(b.baseLow)
	back.start(b.baseHigh)
	for range reach {
		ahead.widen(lowest, highest, -1)
		for k := ahead.high; k >= ahead.low; k -= 2 {
			x := max(ahead.at(k-1)+1, ahead.at(k+1))
			y := x - k
			from := x
			for x < b.baseHigh && y < b.headHigh && e.base[x] == e.head[y] {
				x++
				y++
			}
			e.budget -= x - from + 1
			ahead.set(k, x)
			if odd && back.walked(k) && back.at(k) <= x {
				return x, y
			}
		}
		back.widen(lowest, highest, b.baseHigh+1)
		for k := back.high; k >= back.low; k -= 2 {
			x := min(back.at(k-1), back.at(k+1)-1)
			y := x - k
			from := x
			for x > b.baseLow && y > b.headLow && e.base[x-1] == e.head[y-1] {
				x--
				y--
			}
			e.budget -= from - x + 1
			back.set(k, x)
			if !odd && ahead.walked(k) && x <= ahead.at(k) {
				return x, y
			}
		}
	}
	return farthest(b, &ahead, &back)
}

// farthest is the point, of all that two fronts reached, that is farthest from its front's corner.
func farthest(b box, ahead, back *front) (x, y int) {
	most := -1
	for k := ahead.low; k <= ahead.high; k += 2 {
		px := min(ahead.at(k), b.baseHigh, b.headHigh+k)
		if gone := px - b.baseLow + px - k - b.headLow; gone > most {
			most, x, y = gone, px, px-k
		}
	}
	for k := back.low; k <= back.high; k += 2 {
		px := max(back.at(k), b.baseLow, b.headLow+k)
		if gone := b.baseHigh - px + b.headHigh - px + k; gone > most {
			most, x, y = gone, px, px-k
		}
	}
	return x, y
}

// A front is how far the paths from one corner of a box have come, one on each diagonal.
type front struct {
	// furthest has the base line that was reached on each diagonal from centre-reach-1 to centre+reach+1.
	furthest      []int32
	centre, reach int
	low, high     int
}

func (f *front) at(k int) int      { return int(f.furthest[k-f.centre+f.reach+1]) }
func (f *front) set(k, x int)      { f.furthest[k-f.centre+f.reach+1] = int32(x) }
func (f *front) walked(k int) bool { return f.low <= k && k <= f.high }

func (f *front) start(x int) {
	f.low, f.high = f.centre, f.centre
	f.set(f.centre, x)
}

// widen takes one diagonal more on each side, as long as the box has it, and one less where it has not. Never is what
// no path can beat.
func (f *front) widen(lowest, highest, never int) {
	if f.low > lowest {
		f.low--
		f.set(f.low-1, never)
	} else {
		f.low++
	}
	if f.high < highest {
		f.high++
		f.set(f.high+1, never)
	} else {
		f.high--
	}
}
