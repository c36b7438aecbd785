package analyzer

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/selection"
)

// A matcher finds which of many words stand in a text, in one pass over it. It looks at every second pair of neighbouring
// bytes and at the pair behind it, and compares words only where both are a word's: the rarest of it at even offsets, and
// the rarest at odd ones.
type matcher struct {
	words []string
	// tiny are the numbers of words of two bytes, which may lie between two pairs, and any those of shorter ones: they count
	// as found everywhere.
	tiny, any []int
	// first has a bit for the words of which a pair is the first of the two, second for those of which it may be the other.
	// Words share sixteen bits.
	first, second [1 << 14]uint16
	// buckets lists words by their first pair; bucket is the number of a pair's list, and 0 for a pair of no word. Words
	// whose pairs differ may share a list.
	buckets [256][]candidate
	bucket  [1 << 14]uint8
	used    int
}

// A candidate is a word whose first pair stands at an offset in it.
type candidate struct{ word, offset int }

// anySecond is the bit of words whose second pair may be any.
const anySecond = 1 << 15

// pair numbers two neighbouring bytes. Bytes beyond ASCII share their numbers with others.
func pair(first, second byte) uint16 { return uint16(first&0x7f) | uint16(second&0x7f)<<7 }

func newMatcher(words []string) *matcher {
	m := &matcher{words: words}
	for number, word := range words {
		switch len(word) {
		case 0, 1:
			m.any = append(m.any, number)
		case 2:
			m.tiny = append(m.tiny, number)
		default:
			m.add(candidate{number, rarestPair(word, 0)})
			m.add(candidate{number, rarestPair(word, 1)})
		}
	}
	for i := range m.second {
		m.second[i] |= anySecond
	}
	return m
}

func (m *matcher) add(c candidate) {
	word := m.words[c.word]
	first := pair(word[c.offset], word[c.offset+1])
	if m.bucket[first] == 0 {
		m.bucket[first] = uint8(m.used%(len(m.buckets)-1) + 1)
		m.used++
	}
	list := &m.buckets[m.bucket[first]]
	*list = append(*list, c)
	bit := uint16(1) << (first % 15)
	switch behind := word[c.offset+2:]; len(behind) {
	case 0:
		bit = anySecond
	case 1:
		for next := range byte(0x80) {
			m.second[pair(behind[0], next)] |= bit
		}
	default:
		m.second[pair(behind[0], behind[1])] |= bit
	}
	m.first[first] |= bit
}

// frequent lists bytes by how often they stand in Python source, the most frequent first, as counted in Django projects.
const frequent = " etasrion\nl_dcup,m\".f)(g'h=by:vTAkEwSCNIxR[]jP-FMODqUL01{}B#z/G2HVKWY*>J34Q5<%@X8Z`;69+7$\\|!?&"

// rarestPair returns the offset, an even or an odd one, of the pair in a word that, with the one behind it, a text is least
// likely to have.
func rarestPair(word string, parity int) int {
	best, rarest := parity, 0
	for i := parity; i < len(word)-1; i += 2 {
		rarity := 1
		for _, char := range []byte(word[i:min(i+4, len(word))]) {
			rarity *= rank(char) + 1
		}
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
	found := make([]bool, len(m.words))
	for _, word := range m.any {
		found[word] = true
	}
	for _, word := range m.tiny {
		found[word] = strings.Contains(text, m.words[word])
	}
	before, i := uint16(0), 0 // The bits of the pair before offset i.
	for ; i+8 <= len(text); i += 8 {
		eight := text[i : i+8]
		bytes := uint64(eight[0]) | uint64(eight[1])<<8 | uint64(eight[2])<<16 | uint64(eight[3])<<24 |
			uint64(eight[4])<<32 | uint64(eight[5])<<40 | uint64(eight[6])<<48 | uint64(eight[7])<<56
		// As pair does it, in each 16 bits.
		four := bytes&0x007f_007f_007f_007f | bytes&0x7f00_7f00_7f00_7f00>>1
		a, b, c, d := four&0x3fff, four>>16&0x3fff, four>>32&0x3fff, four>>48&0x3fff
		ab, bc, cd := m.first[a]&m.second[b], m.first[b]&m.second[c], m.first[c]&m.second[d]
		if before&m.second[a]|ab|bc|cd != 0 {
			m.compare(text, i, before&m.second[a], ab, bc, cd, found)
		}
		before = m.first[d]
	}
	// At the end of the text, a pair may lack a byte.
	at := func(i int) byte {
		if i < len(text) {
			return text[i]
		}
		return 0
	}
	for ; i <= len(text); i += 2 {
		second := pair(at(i), at(i+1))
		if before&m.second[second] != 0 {
			m.compareAt(text, i-2, found)
		}
		before = m.first[second]
	}
	return found
}

// compare compares words at the four pairs from two bytes before an offset on, where there is a bit.
func (m *matcher) compare(text string, i int, before, a, b, c uint16, found []bool) {
	for pairs, bits := range [...]uint16{before, a, b, c} {
		if bits != 0 {
			m.compareAt(text, i+2*pairs-2, found)
		}
	}
}

func (m *matcher) compareAt(text string, i int, found []bool) {
	for _, c := range m.buckets[m.bucket[pair(text[i], text[i+1])]] {
		if !found[c.word] && i >= c.offset && strings.HasPrefix(text[i-c.offset:], m.words[c.word]) {
			found[c.word] = true
		}
	}
}

// triggers are the rules that read files of one kind, with the words of all of them and for each the numbers of its own.
type triggers struct {
	rules   []*Rule
	matcher *matcher
	byRule  [][]int
	// querySets are the numbers of the words of which a file that makes a QuerySet has one.
	querySets []int
}

// newTriggers returns the triggers of the rules that read files of a kind. A word of the project's own may stand for any
// of theirs.
func newTriggers(rules []*Rule, kind selection.Kind, own []string) *triggers {
	t := &triggers{}
	known := make(map[string]int)
	var words []string
	numbers := func(lists ...[]string) []int {
		var list []int
		for _, word := range slices.Concat(lists...) {
			number, ok := known[word]
			if !ok {
				number = len(words)
				known[word] = number
				words = append(words, word)
			}
			list = append(list, number)
		}
		return list
	}
	for _, rule := range rules {
		if rule.Run == nil || !rule.reads(kind) {
			continue
		}
		var list []int
		if len(rule.Triggers) > 0 {
			list = numbers(rule.Triggers, own)
		}
		if rule.QuerySets && t.querySets == nil {
			t.querySets = numbers(django.QuerySetWords(), own)
		}
		t.rules, t.byRule = append(t.rules, rule), append(t.byRule, list)
	}
	t.matcher = newMatcher(words)
	return t
}

// find returns the rules that have one of their words in a text, or have none, without those that have no QuerySet to look
// at.
func (t *triggers) find(text string) []*Rule {
	if len(t.rules) == 0 {
		return nil
	}
	found := t.matcher.find(text)
	has := func(words []int) bool { return slices.ContainsFunc(words, func(word int) bool { return found[word] }) }
	querySets := has(t.querySets)
	var rules []*Rule
	for i, words := range t.byRule {
		if rule := t.rules[i]; (querySets || !rule.QuerySets) && (len(words) == 0 || has(words)) {
			rules = append(rules, rule)
		}
	}
	return rules
}
