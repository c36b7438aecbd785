package analyzer

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/selection"
)

// A matcher finds which of many words stand in a text, in one pass over it. It looks at every second pair of neighbouring
// bytes, and compares words only where the pair is the rarest of a word: one for words at even offsets, one for words at odd ones.
type matcher struct {
	words []string
	// tiny are the numbers of words of two bytes, which may lie between two pairs, and any those of shorter ones: they count
	// as found everywhere.
	tiny, any []int
	// buckets lists the words with a pair; pairs gives the number of a pair's bucket, and 0 for a pair of no word. Words
	// whose pairs differ may share a bucket.
	buckets [256][]candidate
	pairs   [1 << 14]uint8
	// used is 1 for a bucket that has a word.
	used [256]uint8
}

// A candidate is a word whose pair stands at an offset in it.
type candidate struct{ word, offset int }

// pair numbers two neighbouring bytes. Bytes beyond ASCII share their numbers with others.
func pair(first, second byte) int { return int(first&0x7f) | int(second&0x7f)<<7 }

func newMatcher(words []string) *matcher {
	m := &matcher{words: words}
	used := 0
	for number, word := range words {
		switch len(word) {
		case 0, 1:
			m.any = append(m.any, number)
			continue
		case 2:
			m.tiny = append(m.tiny, number)
			continue
		}
		for parity := range 2 {
			offset := rarestPair(word, parity)
			bucket := &m.pairs[pair(word[offset], word[offset+1])]
			if *bucket == 0 {
				*bucket = uint8(used%(len(m.buckets)-1) + 1)
				used++
			}
			m.used[*bucket] = 1
			m.buckets[*bucket] = append(m.buckets[*bucket], candidate{number, offset})
		}
	}
	return m
}

// frequent lists bytes by how often they stand in Python source, the most frequent first, as counted in Django projects.
const frequent = " etasrion\nl_dcup,m\".f)(g'h=by:vTAkEwSCNIxR[]jP-FMODqUL01{}B#z/G2HVKWY*>J34Q5<%@X8Z`;69+7$\\|!?&"

// rarestPair returns the offset, an even or an odd one, of the pair in a word that a text is least likely to have.
func rarestPair(word string, parity int) int {
	best, rarest := parity, 0
	for i := parity; i < len(word)-1; i += 2 {
		rarity := (rank(word[i]) + 1) * (rank(word[i+1]) + 1)
		if rarity > rarest {
			best, rarest = i, rarity
		}
	}
	return best
}

func rank(char byte) int {
	if i := strings.IndexByte(frequent, char); i >= 0 {
		return i
	}
	return len(frequent)
}

// find tells of each word whether it stands in a text.
func (m *matcher) find(text string) []bool {
	s := search{matcher: m, text: text, found: make([]bool, len(m.words)), wanted: m.used}
	s.lookAtPairs()
	for _, word := range m.any {
		s.found[word] = true
	}
	for _, word := range m.tiny {
		s.found[word] = strings.Contains(text, m.words[word])
	}
	return s.found
}

// A search is one pass over a text.
type search struct {
	*matcher
	text  string
	found []bool
	// wanted is 1 for a bucket that has a word which was not found yet.
	wanted [256]uint8
}

// lookAtPairs looks at four pairs at a time, of which most are no word's.
func (s *search) lookAtPairs() {
	text, i := s.text, 0
	for ; i+8 <= len(text); i += 8 {
		eight := text[i : i+8]
		bytes := uint64(eight[0]) | uint64(eight[1])<<8 | uint64(eight[2])<<16 | uint64(eight[3])<<24 |
			uint64(eight[4])<<32 | uint64(eight[5])<<40 | uint64(eight[6])<<48 | uint64(eight[7])<<56
		// As pair does it, in each 16 bits.
		four := bytes&0x007f_007f_007f_007f | bytes&0x7f00_7f00_7f00_7f00>>1
		a, b := s.pairs[four&0x3fff], s.pairs[four>>16&0x3fff]
		c, d := s.pairs[four>>32&0x3fff], s.pairs[four>>48&0x3fff]
		if s.wanted[a]|s.wanted[b]|s.wanted[c]|s.wanted[d] != 0 {
			s.compare(a, i)
			s.compare(b, i+2)
			s.compare(c, i+4)
			s.compare(d, i+6)
		}
	}
	for ; i+2 <= len(text); i += 2 {
		s.compare(s.pairs[pair(text[i], text[i+1])], i)
	}
}

// compare looks for the words of a bucket, one of whose pairs stands at an offset of the text.
func (s *search) compare(bucket uint8, at int) {
	if s.wanted[bucket] == 0 {
		return
	}
	s.wanted[bucket] = 0
	for _, c := range s.buckets[bucket] {
		if !s.found[c.word] {
			s.found[c.word] = at >= c.offset && strings.HasPrefix(s.text[at-c.offset:], s.words[c.word])
		}
		if !s.found[c.word] {
			s.wanted[bucket] = 1
		}
	}
}

// triggers are the rules that read files of one kind, with the words of all of them and for each the numbers of its own.
type triggers struct {
	rules   []*Rule
	matcher *matcher
	byRule  [][]int
}

// newTriggers returns the triggers of the rules that read files of a kind. A word of the project's own may stand for any
// of theirs.
func newTriggers(rules []*Rule, kind selection.Kind, own []string) *triggers {
	t := &triggers{}
	numbers := make(map[string]int)
	var words []string
	for _, rule := range rules {
		if rule.Run == nil || !rule.reads(kind) {
			continue
		}
		var list []int
		if len(rule.Triggers) > 0 {
			for _, word := range slices.Concat(rule.Triggers, own) {
				number, known := numbers[word]
				if !known {
					number = len(words)
					numbers[word] = number
					words = append(words, word)
				}
				list = append(list, number)
			}
		}
		t.rules, t.byRule = append(t.rules, rule), append(t.byRule, list)
	}
	t.matcher = newMatcher(words)
	return t
}

// find returns the rules that have one of their words in a text, or have none.
func (t *triggers) find(text string) []*Rule {
	if len(t.rules) == 0 {
		return nil
	}
	found := t.matcher.find(text)
	var rules []*Rule
	for i, words := range t.byRule {
		if len(words) == 0 || slices.ContainsFunc(words, func(word int) bool { return found[word] }) {
			rules = append(rules, t.rules[i])
		}
	}
	return rules
}
