package settings

import (
	"path"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// programs are the servers and workers whose options rules ask about.
var programs = map[string]bool{
	"gunicorn": true, "uwsgi": true, "celery": true, "daphne": true, "uvicorn": true, "hypercorn": true, "granian": true,
	"manage.py": true,
}

// addCommand takes the known programs that a command line runs. Start is the offset at which the line itself stands, nil
// where the text is not the file's own letter by letter: then every argument has the span of the whole.
func (f *File) addCommand(line string, whole python.Span, start *int) {
	words := shellWords(line)
	for i := range words {
		if start == nil {
			words[i].span = whole
			continue
		}
		words[i].span.Start += int32(*start)
		words[i].span.End += int32(*start)
	}
	f.addWords(words, func([]word) bool { return true })
}

// addScriptLine takes the known programs that a line of a shell script runs; one that it only names, as pip install gunicorn
// does, is none.
func (f *File) addScriptLine(line string, start int) {
	words := shellWords(line)
	for i := range words {
		words[i].span.Start += int32(start)
		words[i].span.End += int32(start)
	}
	f.addWords(words, runsNext)
}

// addWords takes the known programs among the words of a command line. Runs reports whether a program may follow the words
// that stand in front of it in its command.
func (f *File) addWords(words []word, runs func(before []word) bool) {
	var current *Command
	first := 0
	flush := func(next int) {
		if current != nil {
			f.Commands = append(f.Commands, *current)
		}
		current, first = nil, next
	}
	for i, w := range words {
		text, ends := strings.CutSuffix(w.text, ";")
		switch {
		case w.text == "&&" || w.text == "||" || w.text == ";" || w.text == "|" || w.text == "&":
			flush(i + 1)
			continue
		case strings.HasPrefix(w.text, "#"):
			flush(len(words))
			return
		case current != nil:
			current.Args = append(current.Args, Arg{Text: text, Span: w.span})
		case programs[path.Base(text)] && runs(words[first:i]):
			current = &Command{Program: path.Base(text), Span: w.span}
		}
		if ends {
			flush(i + 1)
		}
	}
	flush(len(words))
}

// wrappers are words that run what follows them.
var wrappers = map[string]bool{
	"exec": true, "sudo": true, "nohup": true, "time": true, "then": true, "do": true, "else": true, "command": true,
	"env": true, "run": true, "poetry": true, "pipenv": true, "uv": true, "pdm": true, "python": true, "python3": true,
	"-m": true, "ddtrace-run": true, "newrelic-admin": true, "run-program": true, "opentelemetry-instrument": true,
	"dumb-init": true, "tini": true, "--": true, "sh": true, "bash": true, "-c": true, "-e": true, "!": true, "{": true, "(": true,
	"gosu": true, "do_gosu": true, "su-exec": true, "s6-setuidgid": true, "-u": true, "-E": true, "-H": true,
}

// takesUser are wrappers whose next word is a user's name.
var takesUser = map[string]bool{"gosu": true, "do_gosu": true, "su-exec": true, "s6-setuidgid": true, "-u": true}

// runsNext reports whether a shell runs what follows these words of a command: wrappers, and assignments of variables.
func runsNext(before []word) bool {
	for i, w := range before {
		// web) exec gunicorn: an arm of a case.
		isWrapper := wrappers[path.Base(w.text)] || strings.ContainsAny(w.text, "=$)")
		if !isWrapper && (i == 0 || !takesUser[before[i-1].text]) {
			return false
		}
	}
	return true
}

// A word is one word of a command line with its place.
type word struct {
	text string
	span python.Span
}

// shellWords splits a line as a shell does, but for what only a running shell can know.
func shellWords(line string) []word {
	var words []word
	for i := 0; i < len(line); {
		if isSpace(line[i]) || line[i] == '\\' && i+1 < len(line) && isSpace(line[i+1]) {
			i++
			continue
		}
		start := i
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
		w := word{text: b.String(), span: spanOf(start, i)}
		if !strings.ContainsAny(w.text, " \t") {
			words = append(words, w)
			continue
		}
		// sh -c "gunicorn ...": what is quoted is a line of its own.
		for _, inner := range shellWords(w.text) {
			words = append(words, word{text: inner.text, span: w.span})
		}
	}
	return words
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
