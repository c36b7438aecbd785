package analyzer

import (
	"slices"
	"strings"
)

// A matcher finds which of many words stand in a text, in one pass over it. It looks at each two neighbouring bytes and
// compares words only where the two are the rarest pair of a word.
type matcher struct {
	words []string
	// short are the numbers of the words that have no pair: they count as found everywhere.
	short []int
	// buckets lists the words with a pair; pairs gives the number of a pair's bucket, and 0 for a pair of no word. Words
	// whose pairs differ may share a bucket.
	buckets [256][]candidate
	pairs   [1 << 14]uint8
}

// A candidate is a word whose pair stands at an offset in it.
type candidate struct{ word, offset int }

// pair numbers two neighbouring bytes. Bytes beyond ASCII share their numbers with others.
func pair(first, second byte) int { return int(first&0x7f)<<7 | int(second&0x7f) }

func newMatcher(words []string) *matcher {
	m := &matcher{words: words}
	used := 0
	for number, word := range words {
		if len(word) < 2 {
			m.short = append(m.short, number)
			continue
		}
		offset := rarestPair(word)
		bucket := &m.pairs[pair(word[offset], word[offset+1])]
		if *bucket == 0 {
			*bucket = uint8(used%(len(m.buckets)-1) + 1)
			used++
		}
		m.buckets[*bucket] = append(m.buckets[*bucket], candidate{number, offset})
	}
	return m
}

// frequent lists bytes by how often they stand in Python source, the most frequent first, as counted in Django projects.
const frequent = " etasrion\nl_dcup,m\".f)(g'h=by:vTAkEwSCNIxR[]jP-FMODqUL01{}B#z/G2HVKWY*>J34Q5<%@X8Z`;69+7$\\|!?&"

// rarestPair returns the offset of the pair in a word that a text is least likely to have.
func rarestPair(word string) int {
	best, rarest := 0, 0
	for i := range len(word) - 1 {
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
	found := make([]bool, len(m.words))
	for _, word := range m.short {
		found[word] = true
	}
	for i := 1; i < len(text); i++ {
		bucket := m.pairs[pair(text[i-1], text[i])]
		if bucket == 0 {
			continue
		}
		for _, c := range m.buckets[bucket] {
			if !found[c.word] && i-1 >= c.offset && strings.HasPrefix(text[i-1-c.offset:], m.words[c.word]) {
				found[c.word] = true
			}
		}
	}
	return found
}

// triggers are the words of all rules, and for each rule the numbers of its own.
type triggers struct {
	matcher *matcher
	byRule  [][]int
}

// newTriggers returns the triggers of rules. A word of the project's own may stand for any of theirs.
func newTriggers(rules []*Rule, own []string) *triggers {
	t := &triggers{byRule: make([][]int, len(rules))}
	numbers := make(map[string]int)
	var words []string
	for i, rule := range rules {
		if len(rule.Triggers) == 0 {
			continue
		}
		for _, word := range slices.Concat(rule.Triggers, own) {
			number, known := numbers[word]
			if !known {
				number = len(words)
				numbers[word] = number
				words = append(words, word)
			}
			t.byRule[i] = append(t.byRule[i], number)
		}
	}
	t.matcher = newMatcher(words)
	return t
}

// meets reports whether one of a rule's words was found, or the rule has none.
func (t *triggers) meets(rule int, found []bool) bool {
	words := t.byRule[rule]
	return len(words) == 0 || slices.ContainsFunc(words, func(word int) bool { return found[word] })
}
