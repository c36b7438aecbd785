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

// TestMatcherAnywhere puts words at every offset that a matcher may treat in a way of its own.
func TestMatcherAnywhere(t *testing.T) {
	t.Parallel()
	words := []string{"gc", "=[]", " in ", "cache", "lru_cache", "naïve", "django.core.cache"}
	m := newMatcher(words)
	for number, word := range words {
		for before := range 20 {
			for after := range 20 {
				text := strings.Repeat("x", before) + word + strings.Repeat("y", after)
				for other, found := range m.find(text) {
					if want := strings.Contains(text, words[other]); found != want {
						t.Fatalf("%q in %q: found is %t", words[other], text, found)
					}
				}
				if !m.find(text)[number] {
					t.Fatalf("%q is not found in %q", word, text)
				}
			}
		}
	}
}

// BenchmarkMatcher looks for as many words as the rules have in a text that has most of its pairs, and few of them.
func BenchmarkMatcher(b *testing.B) {
	var words []string
	for i := range 200 {
		words = append(words, fmt.Sprintf("%c%cable_%d", 'a'+i%26, 'z'-i%23, i))
	}
	m := newMatcher(words)
	text := strings.Repeat("    def get_available(self, *args):\n        return self.filter(pk__in=[arg.pk for arg in args])\n", 100)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		m.find(text)
	}
}
