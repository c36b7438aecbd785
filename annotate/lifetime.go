package annotate

import (
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/pattern"
)

// howLong matches the words of a page that say for how long something is kept; saysHowLong, those of a message.
var (
	howLong     = pattern.New(`\b(?:until|(?:for )?as long as|while the (?:request|response|task)) [^.,;:()]+`)
	saysHowLong = pattern.New(`\buntil\b|\bas long as\b|life of the process|never goes|for ever`)
)

// lifetime says for how long a finding's memory is held, as the first sentence of its rule's page has it under "What is
// kept": "until the QuerySet goes". It is empty where neither sentence does, or where the message says so itself.
func lifetime(f analyzer.Finding) string {
	if saysHowLong.MatchString(f.Message) {
		return ""
	}
	paragraph, _, _ := strings.Cut(unwrap(section(f.Rule.Doc, "What is kept")), "\n")
	first, _, _ := strings.Cut(paragraph, ". ")
	if strings.HasPrefix(first, "Nothing") || opensBlock.MatchString(first) {
		return ""
	}
	words := strings.TrimSpace(howLong.Regexp().FindString(first))
	if strings.HasPrefix(words, "as long as") {
		words = "for " + words
	}
	return words
}
