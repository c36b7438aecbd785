package analyzer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMatcher(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"none", "def f(): return 1", nil},
		{"empty", "", nil},
		{"the whole text", "lru_cache", []string{"cache", "lru_cache"}},
		{"at both ends", "cache = gc", []string{"cache", "gc"}},
		{"twice", "gc gc", []string{"gc"}},
		{"cut off", "lru_cach", nil},
		{"overlapping", "= []= {}", []string{"= []", "= {}"}},
		{"a pair that another byte shares", "\xe7\xe3", nil},
		{"beyond ASCII", "naïve", []string{"naïve"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			words := []string{"cache", "lru_cache", "gc", "= []", "= {}", "naïve"}
			var got []string
			for i, found := range newMatcher(words).find(test.text) {
				if found {
					got = append(got, words[i])
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("words found in %q (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func TestMatcherFindsShortWordsEverywhere(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]bool{true, false}, newMatcher([]string{"a", "bc"}).find("xyz")); diff != "" {
		t.Error(diff)
	}
}

// TestMatcherWithManyWords has more pairs than there are buckets.
func TestMatcherWithManyWords(t *testing.T) {
	t.Parallel()
	var words []string
	for first := 'a'; first <= 'z'; first++ {
		for second := 'A'; second <= 'Z'; second++ {
			words = append(words, fmt.Sprintf("%c%c", first, second))
		}
	}
	m := newMatcher(words)
	text := strings.Join(words[100:500], " ")
	for i, found := range m.find(text) {
		if want := strings.Contains(text, words[i]); found != want {
			t.Errorf("%s: found is %t", words[i], found)
		}
	}
}
