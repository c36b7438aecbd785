// Package rulepage reads the page of a rule, doc.md in its folder: the sections, the code in them, and where that code
// stands in a project.
package rulepage

import (
	"regexp"
	"strings"

	"github.com/djleak/djleak/analyzer/project"
)

// The two sections whose code is run.
const (
	Bad    = "Example"
	Remedy = "Use instead"
)

// Sections are the headings that a page must have, in this order.
var Sections = []string{"What is kept", "Why it grows", Bad, Remedy, "When to allow it", "References"}

// Section returns what a page says under a heading; empty where it has none of that name.
func Section(page, title string) string {
	_, text, _ := strings.Cut(page, "\n## "+title+"\n")
	text, _, _ = strings.Cut(text, "\n## ")
	return strings.Trim(text, "\n")
}

var fence = regexp.MustCompile("(?m)^```(?:python|ini|yaml)\r?\n")

// Code returns the blocks of a section that are Python, or settings in another language.
func Code(page, title string) []string {
	text := Section(page, title)
	var blocks []string
	for {
		at := fence.FindStringIndex(text)
		if at == nil {
			return blocks
		}
		block, after, _ := strings.Cut(text[at[1]:], "```")
		blocks = append(blocks, block)
		text = after
	}
}

var (
	pathLine   = regexp.MustCompile(`^\x{feff}?# (\S+\.(?:py|ini|yml|sh)|Procfile)\s`)
	besideLine = regexp.MustCompile(`(?m)^# (Procfile|requirements\.txt|shop/(?:models|settings)\.py): (.+?)\r?$`)
)

// Path returns where code says that it stands, by a first line such as "# shop/views.py"; shop/app.py if it does not say.
func Path(code string) string {
	if match := pathLine.FindStringSubmatch(code); match != nil {
		return match[1]
	}
	return "shop/app.py"
}

// Project returns the facts of the files that code gives its project by lines such as
// "# Procfile: web: daphne shop.asgi:application"; nil if there are none.
func Project(code string) *project.Facts {
	files := besideLine.FindAllStringSubmatch(code, -1)
	if len(files) == 0 {
		return nil
	}
	var reader project.Reader
	for _, file := range files {
		reader.Add(file[1], []byte(file[2]+"\n"))
	}
	return reader.Facts()
}
