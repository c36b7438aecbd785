package change

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"
)

const (
	// similar is the least share of the larger file's bytes, in whole lines, that a renamed and edited file keeps: git's
	// own bound.
	similar = 0.5
	// maxPairs bounds how many pairs of a deleted and an added file are compared line by line. Beyond it only files that
	// were moved unchanged are found.
	maxPairs = 10_000
)

// FindRenames joins each deleted file of a change with the added one that holds most of its lines into one renamed file,
// for readers whose source lists the two apart. Empty files and files without content are left alone. The result is in
// ascending order of path and has no hunks for the files it joined.
func FindRenames(files []File) []File {
	var r renames
	var result []File
	for _, f := range files {
		switch {
		case f.Status == Deleted && len(f.Base) > 0:
			r.deleted = append(r.deleted, f)
		case f.Status == Added && len(f.Head) > 0:
			r.added = append(r.added, f)
		default:
			result = append(result, f)
		}
	}
	r.joinEqual()
	r.joinSimilar()
	result = slices.Concat(result, r.joined, r.deleted, r.added)
	slices.SortStableFunc(result, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return result
}

// Renames are the files that are still apart, and those that were joined.
type renames struct{ deleted, added, joined []File }

func (r *renames) join(from, to File) {
	r.joined = append(r.joined, File{
		Path: to.Path, OldPath: from.Path, Status: Renamed, Base: from.Base, Head: to.Head,
	})
}

// joinEqual joins files with the same content, those of the same name first.
func (r *renames) joinEqual() {
	for _, nameToo := range []bool{true, false} {
		key := func(name string, content []byte) string {
			if nameToo {
				return path.Base(name) + "\x00" + string(content)
			}
			return string(content)
		}
		byKey := make(map[string][]File)
		for _, f := range r.deleted {
			k := key(f.Path, f.Base)
			byKey[k] = append(byKey[k], f)
		}
		gone := make(map[string]bool)
		r.added = slices.DeleteFunc(r.added, func(to File) bool {
			k := key(to.Path, to.Head)
			if len(byKey[k]) == 0 {
				return false
			}
			from := byKey[k][0]
			byKey[k] = byKey[k][1:]
			gone[from.Path] = true
			r.join(from, to)
			return true
		})
		r.deleted = slices.DeleteFunc(r.deleted, func(from File) bool { return gone[from.Path] })
	}
}

// joinSimilar joins files that have at least half of their lines in common, the most similar first.
func (r *renames) joinSimilar() {
	if len(r.deleted)*len(r.added) > maxPairs {
		return
	}
	gone, come := make(map[string]bool), make(map[string]bool)
	for _, p := range r.pairs() {
		if gone[p.from.Path] || come[p.to.Path] {
			continue
		}
		gone[p.from.Path], come[p.to.Path] = true, true
		r.join(p.from, p.to)
	}
	r.deleted = slices.DeleteFunc(r.deleted, func(f File) bool { return gone[f.Path] })
	r.added = slices.DeleteFunc(r.added, func(f File) bool { return come[f.Path] })
}

// A pair is a deleted and an added file that may be one renamed file, and the share of the larger that both have.
type pair struct {
	from, to File
	share    float64
}

// pairs are the similar pairs, the best first.
func (r *renames) pairs() []pair {
	newLines := make([]map[string]int, len(r.added))
	for i, to := range r.added {
		newLines[i] = lineCounts(to.Head)
	}
	var found []pair
	for _, from := range r.deleted {
		oldLines := lineCounts(from.Base)
		for i, to := range r.added {
			large := max(len(from.Base), len(to.Head))
			share := float64(commonBytes(oldLines, newLines[i])) / float64(large)
			if share >= similar {
				found = append(found, pair{from, to, share})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b pair) int { return cmp.Compare(b.share, a.share) })
	return found
}

// lineCounts counts how often a text has each of its lines.
func lineCounts(text []byte) map[string]int {
	counts := make(map[string]int, bytes.Count(text, newline))
	for line := range strings.Lines(string(text)) {
		counts[line]++
	}
	return counts
}

// commonBytes is the size of the lines that two texts have in common, each as often as both have it.
func commonBytes(a, b map[string]int) int {
	size := 0
	for line, count := range a {
		size += len(line) * min(count, b[line])
	}
	return size
}
