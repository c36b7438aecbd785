package change

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// walked answers by going from line to line: whether a range of head lines is touched, whether a line was added in it, and
// where its first line came from.
func walked(h Hunk, start, end int) (touched, added bool, base int) {
	oldLine, newLine := h.oldFirst(), h.newFirst()
	for i := range len(h.Ops) {
		switch h.Ops[i] {
		case '-':
			touched = touched || start < newLine && newLine <= end
			oldLine++
			continue
		case '+':
			if start <= newLine && newLine <= end {
				touched, added = true, true
			}
		case ' ':
			if newLine == start {
				base = oldLine
			}
			oldLine++
		}
		newLine++
	}
	return touched, added, base
}

// TestLargeHunks asks hunks of all sizes everything at once.
func TestLargeHunks(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 7))
	for range 20_000 {
		mix := []string{" -+", " -", " +", "-+", "   -+", "++++-", "-----+"}[random.IntN(7)]
		ops := make([]byte, 1+random.IntN(400))
		for i := range ops {
			ops[i] = mix[random.IntN(len(mix))]
		}
		h := Hunk{OldStart: 1 + random.IntN(9), NewStart: 1 + random.IntN(9), Ops: string(ops)}
		h.OldLines = len(ops) - strings.Count(h.Ops, "+")
		h.NewLines = len(ops) - strings.Count(h.Ops, "-")
		start := random.IntN(h.newEnd() + 3)
		end := start + random.IntN(20)
		wantTouched, wantAdded, wantBase := walked(h, start, end)
		if got := h.touches(start, end); got != wantTouched {
			t.Fatalf("%q: touches(%d, %d) = %t", h.Ops, start, end, got)
		}
		if got := h.adds(start, end); got != wantAdded {
			t.Fatalf("%q: adds(%d, %d) = %t", h.Ops, start, end, got)
		}
		if start < h.newFirst() || start >= h.newEnd() {
			continue
		}
		if base, ok := h.baseLine(start); base != wantBase || ok != (wantBase > 0) {
			t.Fatalf("%q: baseLine(%d) = %d, %t, want %d", h.Ops, start, base, ok, wantBase)
		}
	}
}
