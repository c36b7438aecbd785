package settings

import (
	"path"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// programs are the servers and workers whose options rules ask about.
var programs = map[string]bool{
	"gunicorn": true, "uwsgi": true, "celery": true, "daphne": true, "uvicorn": true, "hypercorn": true, "granian": true,
}

// addCommand takes the known programs that a command line runs. Start is the offset at which the line itself stands, nil
// where the text is not the file's own letter by letter: then every argument has the span of the whole.
func (f *File) addCommand(line string, whole python.Span, start *int) {
	var current *Command
	flush := func() {
		if current != nil {
			f.Commands = append(f.Commands, *current)
		}
		current = nil
	}
	for _, word := range shellWords(line) {
		span := whole
		if start != nil {
			span = spanOf(*start+word.start, *start+word.end)
		}
		switch {
		case word.text == "&&" || word.text == "||" || word.text == ";" || word.text == "|":
			flush()
		case current != nil:
			current.Args = append(current.Args, Arg{Text: word.text, Span: span})
		case programs[path.Base(word.text)]:
			current = &Command{Program: path.Base(word.text), Span: span}
		}
	}
	flush()
}

// A word is one word of a command line with its place in it.
type word struct {
	text       string
	start, end int
}

// shellWords splits a line as a shell does, but for what only a running shell can know.
func shellWords(line string) []word {
	var words []word
	for i := 0; i < len(line); {
		if isSpace(line[i]) || line[i] == '\\' && i+1 < len(line) && isSpace(line[i+1]) {
			i++
			continue
		}
		w := word{start: i}
		var b strings.Builder
		for i < len(line) && !isSpace(line[i]) {
			if quote := line[i]; quote == '"' || quote == '\'' {
				end := strings.IndexByte(line[i+1:], quote)
				if end < 0 {
					end = len(line) - i - 1
				}
				b.WriteString(line[i+1 : i+1+end])
				i = min(i+end+2, len(line))
				continue
			}
			b.WriteByte(line[i])
			i++
		}
		w.text, w.end = b.String(), i
		words = append(words, w)
		// sh -c "gunicorn ...": what is quoted is a line of its own.
		if strings.ContainsAny(w.text, " \t") {
			words = words[:len(words)-1]
			for _, inner := range shellWords(w.text) {
				words = append(words, word{text: inner.text, start: w.start, end: w.end})
			}
		}
	}
	return words
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
