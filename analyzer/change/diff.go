package change

import (
	"bytes"
	"strings"
)

// context is the number of unchanged lines that a hunk shows around a change.
const context = 3

// Diff returns the hunks between two files, as "git diff" would show them: lines end at \n only, a missing end at the
// end of the file is a difference, there are three lines of context, and hunks that touch are one. The diff is the
// shortest one up to some 500 changed lines in a row of changes and near it beyond; its time grows linearly with the
// files, whatever is in them.
func Diff(base, head []byte) []Hunk {
	if bytes.Equal(base, head) {
		return nil
	}
	w := newWindow(base, head)
	e := compare(w.base, w.head, wideBudget)
	slide(w.base, e.removed, places(e.added))
	slide(w.head, e.added, places(e.removed))
	return hunks(runs(e.removed, e.added), w)
}

// A run is a place where lines from base[oldFrom:oldTo] were replaced by head[newFrom:newTo]; one of both may be empty.
type run struct{ oldFrom, oldTo, newFrom, newTo int }

func runs(removed, added []bool) []run {
	var found []run
	for i, j := 0, 0; i < len(removed) || j < len(added); {
		r := run{oldFrom: i, newFrom: j}
		for i < len(removed) && removed[i] {
			i++
		}
		for j < len(added) && added[j] {
			j++
		}
		if r.oldTo, r.newTo = i, j; r.oldTo > r.oldFrom || r.newTo > r.newFrom {
			found = append(found, r)
			continue
		}
		i++
		j++
	}
	return found
}

// hunks surrounds the runs of a window with their context.
func hunks(runs []run, w window) []Hunk {
	var found []Hunk
	for len(runs) > 0 {
		n := 1
		for n < len(runs) && runs[n].oldFrom-runs[n-1].oldTo <= 2*context {
			n++
		}
		found = append(found, hunk(runs[:n], w))
		runs = runs[n:]
	}
	return found
}

func hunk(runs []run, w window) Hunk {
	first, last := runs[0], runs[len(runs)-1]
	above := min(context, w.before+first.oldFrom)
	below := min(context, w.after+len(w.base)-last.oldTo)
	h := Hunk{
		OldStart: w.before + first.oldFrom - above + 1, OldLines: above + last.oldTo - first.oldFrom + below,
		NewStart: w.before + first.newFrom - above + 1, NewLines: above + last.newTo - first.newFrom + below,
	}
	if h.OldLines == 0 {
		h.OldStart--
	}
	if h.NewLines == 0 {
		h.NewStart--
	}
	var ops strings.Builder
	kept := above
	for i, r := range runs {
		if i > 0 {
			kept = r.oldFrom - runs[i-1].oldTo
		}
		writeOps(&ops, ' ', kept)
		writeOps(&ops, '-', r.oldTo-r.oldFrom)
		writeOps(&ops, '+', r.newTo-r.newFrom)
	}
	writeOps(&ops, ' ', below)
	h.Ops = ops.String()
	return h
}

func writeOps(ops *strings.Builder, op byte, count int) {
	for range count {
		ops.WriteByte(op)
	}
}
