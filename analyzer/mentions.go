package analyzer

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/djleak/djleak/analyzer/python"
)

// Mentions are the words that the files of a project say, each as one bit of a table: it takes the same memory for a project of any
// size, and a word that it lacks stands nowhere, while one that it has may be another of the same hash. The zero value has none.
// Several goroutines may add words at once.
type Mentions struct {
	// bits has room for a quarter of a million words with one wrong answer in thirty.
	bits [1 << 17]atomic.Uint64
}

// shortest is the length of the shortest words that count. A shorter name stands somewhere in nearly every project.
const shortest = 4

// add takes the names in a file's code and strings. A name behind def or class is no mention, nor is one in a comment.
func (m *Mentions) add(text string, comments []python.Comment) {
	if m == nil {
		return
	}
	for at := 0; at < len(text); {
		if len(comments) > 0 && at >= int(comments[0].Start) {
			at = max(at, int(comments[0].End))
			comments = comments[1:]
			continue
		}
		if !isWord[text[at]] {
			at++
			continue
		}
		start, hash := at, uint32(0)
		for at < len(text) && isWord[text[at]] {
			hash = next(hash, text[at])
			at++
		}
		if at-start >= shortest && !isDefined(text[:start]) {
			m.set(hash)
		}
	}
}

// isDefined reports whether what follows a text is defined there.
func isDefined(before string) bool {
	return strings.HasSuffix(before, "def ") || strings.HasSuffix(before, "class ")
}

// doubt puts the findings in code that nobody names into preview: it may be dead, or called from where nobody looked.
func (m *Mentions) doubt(files []FileResult) {
	if m == nil {
		return
	}
	for _, file := range files {
		for i := range file.Findings {
			f := &file.Findings[i]
			f.Preview = f.Preview || slices.ContainsFunc(f.Entrances, func(name string) bool { return !m.has(name) })
		}
	}
}

// has reports whether some file may say a word.
func (m *Mentions) has(word string) bool {
	hash := uint32(0)
	for i := range len(word) {
		hash = next(hash, word[i])
	}
	bits, bit := m.place(hash)
	return len(word) < shortest || bits.Load()&bit != 0
}

// set writes only what is not there yet, since nearly every word is: processors share what they only read.
func (m *Mentions) set(hash uint32) {
	if bits, bit := m.place(hash); bits.Load()&bit == 0 {
		bits.Or(bit)
	}
}

// next is one step of the hash that Java has for strings: quick, and good enough for names.
func next(hash uint32, char byte) uint32 { return hash*31 + uint32(char) }

// place returns where a hash has its bit. The multiplier is Knuth's for 32 bits (The Art of Computer Programming 6.4).
func (m *Mentions) place(hash uint32) (bits *atomic.Uint64, bit uint64) {
	const multiplier, unused = 2654435769, 32 - 23
	at := hash * multiplier >> unused
	return &m.bits[at>>6], 1 << (at & 63)
}

// isWord are the bytes that may be part of a name; all beyond ASCII may.
var isWord = func() (table [256]bool) {
	for char := range table {
		table[char] = 'a' <= char && char <= 'z' || 'A' <= char && char <= 'Z' || '0' <= char && char <= '9' || char == '_' || char >= 0x80
	}
	return table
}()
