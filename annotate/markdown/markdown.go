// Package markdown writes what strangers wrote (messages, paths, code, reasons) into Markdown for GitHub, so that it reads
// as it is and does nothing: no formatting, HTML, mention, reference, link or end of a block.
package markdown

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/djleak/djleak/analyzer/pattern"
)

// linkish matches what GitHub turns into a link, a mention, an emoji or a formula without being asked: @user, #1, GH-1,
// owner/repo#1, commit ids, addresses, :emoji: and $math$. Inside code it leaves them alone.
var linkish = pattern.New(`(?i)[@$]|#\d|://|www\.|mailto:|xmpp:|[a-z]-\d|(^|[^0-9a-z])[0-9a-f]{7,}([^0-9a-z]|$)|:[a-z0-9_+-]+:`)

// Inline renders one line of text, which a stranger may have written, as Markdown that reads as just this text. What
// stands between single backticks becomes code, and so does every word that GitHub would make a link of.
func Inline(s string) string {
	var pieces []piece
	for rest := Line(s); rest != ""; {
		before, after, opened := strings.Cut(rest, "`")
		pieces = appendWords(pieces, before)
		if !opened {
			break
		}
		inside, after2, closed := strings.Cut(after, "`")
		if !closed || strings.TrimSpace(inside) == "" {
			pieces = append(pieces, piece{text: "`"})
			rest = after
			continue
		}
		pieces = appendCode(pieces, inside)
		rest = after2
	}
	var out strings.Builder
	for _, p := range pieces {
		if p.code {
			out.WriteString(Code(p.text))
		} else {
			out.WriteString(escape(p.text))
		}
	}
	return lineStart.Regexp().ReplaceAllString(out.String(), `$1\$2`)
}

// lineStart matches what would open a list, a heading or a rule at the start of a line.
var lineStart = pattern.New(`^(\d*)([-+=.):])`)

// A piece is a part of a line, to be set as text or as code.
type piece struct {
	text string
	code bool
}

// appendWords splits text where GitHub would see a link. Spaces stay with the text.
func appendWords(pieces []piece, text string) []piece {
	for text != "" {
		end := strings.IndexByte(text, ' ') + 1
		switch {
		case end == 0:
			end = len(text)
		case end > 1:
			end--
		}
		word, punctuation := text[:end], ""
		// What ends the sentence is no part of the link, unless it is what makes one, as in ":tada:".
		if bare := strings.TrimRight(word, ".,;:!?)"); linkish.MatchString(bare) {
			word, punctuation = bare, word[len(bare):]
		}
		if linkish.MatchString(word) {
			pieces = appendCode(pieces, word)
		} else {
			pieces = append(pieces, piece{text: word})
		}
		if punctuation != "" {
			pieces = append(pieces, piece{text: punctuation})
		}
		text = text[end:]
	}
	return pieces
}

// appendCode joins neighbours: two code spans that touch would read as one with other delimiters.
func appendCode(pieces []piece, text string) []piece {
	if last := len(pieces) - 1; last >= 0 && pieces[last].code {
		pieces[last].text += text
		return pieces
	}
	return append(pieces, piece{text: text, code: true})
}

// escape renders a piece of one line as literal Markdown text.
func escape(s string) string {
	var out strings.Builder
	for _, r := range s {
		switch r {
		case '\\', '*', '_', '[', ']', '~', '#':
			out.WriteByte('\\')
			out.WriteRune(r)
		case '&', '<', '>', '`', '|':
			fmt.Fprintf(&out, "&#%d;", r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// Code renders one line of text as a code span. A pipe would end the cell of a table even there, so a text with one
// becomes an HTML element.
func Code(s string) string {
	s = Line(s)
	switch {
	case s == "":
		return ""
	case strings.Contains(s, "|"):
		var out strings.Builder
		for _, r := range s {
			if r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' {
				fmt.Fprintf(&out, "&#%d;", r)
			} else {
				out.WriteRune(r)
			}
		}
		return "<code>" + out.String() + "</code>"
	}
	ticks := strings.Repeat("`", longestRun(s)+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + s + ticks
}

// Block renders lines of text as a fenced code block; info is "python", "suggestion" or the like.
func Block(info, text string) string {
	text = Lines(text)
	fence := strings.Repeat("`", max(3, longestRun(text)+1))
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return fence + info + "\n" + text + fence
}

// Link renders a link around Markdown that [Inline] or [Code] made. Without a web address the text stands alone.
func Link(text, url string) string {
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") || len(url) > maxURL {
		return text
	}
	var out strings.Builder
	for _, b := range []byte(url) {
		if b <= ' ' || b >= utf8.RuneSelf || strings.IndexByte("<>()[]\\\"'`|*_~@^{}\x7f", b) >= 0 {
			fmt.Fprintf(&out, "%%%02X", b)
		} else {
			out.WriteByte(b)
		}
	}
	return "[" + text + "](" + out.String() + ")"
}

// maxURL is longer than any link that browsers open.
const maxURL = 2000

// WithoutPictures returns a page of ours without the lines that show a picture, each with the empty line below it. Their
// addresses are relative to the page's own folder and lead nowhere elsewhere, and the text tells what they show in figures.
func WithoutPictures(page string) string {
	var out strings.Builder
	fenced, dropped := false, false
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if !fenced && strings.HasPrefix(line, "![") {
			dropped = true
			continue
		}
		if !dropped || strings.TrimSpace(line) != "" {
			out.WriteString(line)
		}
		dropped = false
	}
	return out.String()
}

// Line makes one line of any text: white space becomes single spaces; what is not UTF-8, controls the terminal or
// hides from the reader becomes U+FFFD.
func Line(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	return strings.Map(visible, s)
}

// Lines does the same for lines of code, and keeps their white space.
func Lines(s string) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "\uFFFD")
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return visible(r)
	}, s)
}

func visible(r rune) rune {
	if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
		return utf8.RuneError
	}
	return r
}

// Clip cuts a text after n characters.
func Clip(s string, n int) string {
	count := 0
	for i := range s {
		if count == n {
			return s[:i] + "…"
		}
		count++
	}
	return s
}

// longestRun is the length of the longest run of backticks in s.
func longestRun(s string) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] == '`' {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return longest
}
