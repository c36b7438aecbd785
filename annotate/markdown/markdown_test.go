package markdown

import (
	"errors"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func TestInline(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"", ""},
		{"plain words, nothing else.", "plain words, nothing else."},
		{"`request_data` on AuditMiddleware", "`request_data` on AuditMiddleware"},
		{"snake_case and **bold** and ~~gone~~", `snake\_case and \*\*bold\*\* and \~\~gone\~\~`},
		{"a [link](x) ![image](y)", `a \[link\](x) !\[image\](y)`},
		{"<b>&amp;</b>", "&#60;b&#62;&#38;amp;&#60;/b&#62;"},
		{"ping @octocat now", "ping `@octocat` now"},
		{"see #1 and owner/repo#22, GH-3", "see `#1` and `owner/repo#22`, `GH-3`"},
		{"see https://x.example/a_b", "see `https://x.example/a_b`"},
		{"www.x.example", "`www.x.example`"},
		{"a@b.example", "`a@b.example`"},
		{"at 0123456789abcdef.", "at `0123456789abcdef`."},
		{"cost $x$ :+1:", "cost `$x$` `:+1:`"},
		{"`@a`@b", "`@a@b`"},
		{"tool.djleak.rules: of @all: (see https://x.example/a):", "tool.djleak.rules: of `@all`: (see `https://x.example/a`):"},
		{"(@a).@b", "`(@a).@b`"},
		{"@a:`@b`:@c:", "`@a`:`@b:@c`:"},
		{":tada: @a:tada:", "`:tada:` `@a:tada`:"},
		{"one ` tick", "one &#96; tick"},
		{"two `` ticks", "two &#96;&#96; ticks"},
		{"a | b and `c|d`", "a &#124; b and <code>c&#124;d</code>"},
		{"- item", `\- item`},
		{"# heading", `\# heading`},
		{"1. item", `1\. item`},
		{"a\nb\r\n\tc", "a b c"},
		{"\x1b[31mred\x00\u202e\u200b", "\uFFFD\\[31mred\uFFFD\uFFFD\uFFFD"},
		{"bad \xff byte", "bad \uFFFD byte"},
		{"<!-- djleak v=1 -->", "&#60;!-- djleak v=1 --&#62;"},
		{"naïve 😀 übung", "naïve 😀 übung"},
	}
	for _, test := range tests {
		if got := Inline(test.in); got != test.want {
			t.Errorf("Inline(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestCode(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"x", "`x`"},
		{"a`b", "``a`b``"},
		{"`a``b`", "``` `a``b` ```"},
		{"`", "`` ` ``"},
		{"a|*b*", "<code>a&#124;&#42;b&#42;</code>"},
		{" \n ", ""},
	}
	for _, test := range tests {
		if got := Code(test.in); got != test.want {
			t.Errorf("Code(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestBlock(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"x = 1", "```python\nx = 1\n```"},
		{"x = 1\n", "```python\nx = 1\n```"},
		{"", "```python\n```"},
		{"\n", "```python\n\n```"},
		{"'''\n```\n'''", "````python\n'''\n```\n'''\n````"},
		{"a\r\nb\x1b[0m", "```python\na\nb\uFFFD[0m\n```"},
	}
	for _, test := range tests {
		if got := Block("python", test.in); got != test.want {
			t.Errorf("Block(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestLink(t *testing.T) {
	t.Parallel()
	tests := []struct{ url, want string }{
		{"", "`x`"},
		{"javascript:alert(1)", "`x`"},
		{"https://x.example/a#L1-L2", "[`x`](https://x.example/a#L1-L2)"},
		{"https://x.example/a b)\n|<é", "[`x`](https://x.example/a%20b%29%0A%7C%3C%C3%A9)"},
		{"https://x.example/" + strings.Repeat("a", maxURL), "`x`"},
	}
	for _, test := range tests {
		if got := Link(Code("x"), test.url); got != test.want {
			t.Errorf("Link(%q) = %q, want %q", test.url, got, test.want)
		}
	}
}

// hostile texts are seeds for every fuzz target here.
var hostile = []string{
	"`", "``", "a`b`c", "@everyone", "#1", "acme/shop#1", "0123456789abcdef", "https://evil.example", "<!-- djleak v=1 name=djleak fingerprint=ab rule=x -->",
	"-->", "</details>", "```\n</details>", "````", "**", "_a_", "~~a~~", "| a | b |", "\\", "\\`", "\u202e", "\x1b]0;title\x07", "::error::x", "$`x`$", ":tada:",
	"1. a", "- a", "> a", "# a", "<script>", "&lt;", "[a](b)", "![a](b)", "\xff\xfe", "a\r\nb", "", " ", "`x`@y", "@`x`", "\\|", "`\\|`", "www.a.b", "x" + "\u2028" + "y",
}

// FuzzInline reads the Markdown back as GitHub would: it must be the text that went in, with nothing that acts.
func FuzzInline(f *testing.F) {
	for _, seed := range hostile {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := readInline(Inline(s))
		if err != nil {
			t.Fatalf("Inline(%q) = %q: %v", s, Inline(s), err)
		}
		if want := letters(Line(s)); letters(got) != want {
			t.Errorf("Inline(%q) = %q, which reads %q", s, Inline(s), got)
		}
		if c := Code(s); c != "" {
			if got, err := readInline(c); err != nil || got != Line(s) {
				t.Errorf("Code(%q) = %q, which reads %q, %v", s, c, got, err)
			}
		}
		if l := Link("x", "https://x.example/"+s); l != "x" && !wholeLink.MatchString(l) {
			t.Errorf("Link(%q) = %q", s, l)
		}
	})
}

var wholeLink = regexp.MustCompile("^\\[x\\]\\(https://x\\.example/[^]\\s()<>\"'`|*_\\\\]*\\)$")

// letters are what counts of a text: white space and backticks are presentation.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '`' || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// readInline reads one line of Markdown as CommonMark does, and refuses whatever would not be literal text or code.
func readInline(md string) (string, error) {
	var text, outside strings.Builder
	if regexp.MustCompile(`^([-+=#>:]|\d+[.)])`).MatchString(md) {
		return "", errors.New("opens a block")
	}
	for i := 0; i < len(md); {
		switch c := md[i]; {
		case c == '\n':
			return "", errors.New("two lines")
		case c == '\\':
			if i+1 == len(md) || !isPunct(md[i+1]) {
				return "", fmt.Errorf("a backslash at %d that escapes nothing", i)
			}
			text.WriteByte(md[i+1])
			outside.WriteByte(md[i+1])
			i += 2
		case c == '&':
			end := strings.IndexByte(md[i:], ';')
			if end < 0 || !strings.HasPrefix(md[i:], "&#") {
				return "", fmt.Errorf("a bare & at %d", i)
			}
			n, err := strconv.Atoi(md[i+2 : i+end])
			if err != nil {
				return "", err
			}
			text.WriteByte(byte(n))
			outside.WriteByte(byte(n))
			i += end + 1
		case strings.HasPrefix(md[i:], "<code>"):
			end := strings.Index(md[i:], "</code>")
			if end < 0 {
				return "", errors.New("an open <code>")
			}
			inner := md[i+6 : i+end]
			if strings.ContainsAny(strings.NewReplacer("&#", "", ";", "").Replace(inner), "\\`*_[]<>&|~") {
				return "", fmt.Errorf("markup in %q", inner)
			}
			text.WriteString(html.UnescapeString(inner))
			outside.WriteByte('\x01')
			i += end + 7
		case c == '`':
			run := len(md[i:]) - len(strings.TrimLeft(md[i:], "`"))
			end := closing(md[i+run:], run)
			if end < 0 {
				return "", fmt.Errorf("an open code span at %d", i)
			}
			inner := md[i+run : i+run+end]
			if strings.Contains(inner, "|") {
				return "", fmt.Errorf("a pipe in %q", inner)
			}
			if len(inner) > 2 && inner[0] == ' ' && inner[len(inner)-1] == ' ' {
				inner = inner[1 : len(inner)-1]
			}
			text.WriteString(inner)
			outside.WriteByte('\x01')
			i += 2*run + end
		case strings.IndexByte("*_[]<>|~#", c) >= 0:
			return "", fmt.Errorf("a live %q at %d", c, i)
		default:
			text.WriteByte(c)
			outside.WriteByte(c)
			i++
		}
	}
	if found := linkish.Regexp().FindString(outside.String()); found != "" {
		return "", fmt.Errorf("GitHub would make something of %q", found)
	}
	return text.String(), nil
}

// closing finds the run of exactly n backticks that ends a code span.
func closing(md string, n int) int {
	for i := 0; i < len(md); {
		if md[i] != '`' {
			i++
			continue
		}
		run := len(md[i:]) - len(strings.TrimLeft(md[i:], "`"))
		if run == n {
			return i
		}
		i += run
	}
	return -1
}

func isPunct(c byte) bool {
	return c > ' ' && c < 0x7f && !unicode.IsLetter(rune(c)) && !unicode.IsDigit(rune(c))
}

// FuzzBlock closes the fence as CommonMark does: at the block's last line and nowhere before.
func FuzzBlock(f *testing.F) {
	for _, seed := range hostile {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := strings.Split(Block("suggestion", s), "\n")
		fence, ok := strings.CutSuffix(got[0], "suggestion")
		if !ok || len(fence) < 3 || strings.Trim(fence, "`") != "" {
			t.Fatalf("Block(%q) opens with %q", s, got[0])
		}
		for i, line := range got[1:] {
			trimmed := strings.Trim(line, " ")
			closes := len(trimmed) >= len(fence) && strings.Trim(trimmed, "`") == ""
			if last := i == len(got)-2; closes != last {
				t.Errorf("Block(%q): line %d %q closes: %v", s, i+1, line, closes)
			}
		}
		inner := strings.Join(got[1:len(got)-1], "\n")
		if want := strings.TrimSuffix(Lines(s), "\n"); inner != want {
			t.Errorf("Block(%q) holds %q", s, inner)
		}
	})
}

func TestWithoutPictures(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ page, want string }{
		"between paragraphs": {"# a\n\nText.\n\n![b](../b.svg)\n\n## c\n", "# a\n\nText.\n\n## c\n"},
		"above text":         {"![b](../b.svg)\nText.\n", "Text.\n"},
		"at the end":         {"Text.\n\n![b](../b.svg)", "Text.\n\n"},
		"two":                {"a\n\n![b](b)\n\n![c](c)\n\nd\n", "a\n\nd\n"},
		"in code":            {"```\n![b](../b.svg)\n\n```\n", "```\n![b](../b.svg)\n\n```\n"},
		"none":               {"a ![b](c)\n\n\nd", "a ![b](c)\n\n\nd"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, WithoutPictures(test.page)); diff != "" {
				t.Errorf("page (-want +got):\n%s", diff)
			}
		})
	}
}
