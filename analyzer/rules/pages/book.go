package main

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rulepage"
	"github.com/djleak/djleak/analyzer/selection"
)

// A book is all rules with what was measured.
type book struct {
	rules  []*analyzer.Rule
	record record
	// cases are the rules' folders.
	cases fs.FS
}

// names are those of all rules.
func (b book) names() []string {
	var names []string
	for _, rule := range b.rules {
		names = append(names, rule.Name)
	}
	return names
}

// index is the name of the page that lists the others.
const index = "README.md"

// pages returns the text of every page by its file's name.
func (b book) pages() map[string]string {
	pages := map[string]string{index: b.index()}
	for _, rule := range b.rules {
		pages[rule.Name+".md"] = b.page(rule)
	}
	return pages
}

// page is a rule's own page with a table of its facts below the summary, what djleak says below the example and, below
// what is kept, the figures.
func (b book) page(rule *analyzer.Rule) string {
	_, rest, _ := strings.Cut(rule.Doc, "\n")
	summary, rest, _ := strings.Cut(strings.TrimSpace(rest), "\n\n")
	var out strings.Builder
	fmt.Fprintf(&out, "<!-- go generate ./analyzer/rules wrote this page from %s and docs/proofs.json: edit those. -->\n", source(rule))
	fmt.Fprintf(&out, "# %s\n\n%s\n\n", rule.Name, b.linked(rule, summary))
	out.WriteString("| severity | confidence | fix | status | by default |\n| --- | --- | --- | --- | --- |\n")
	fmt.Fprintf(&out, "| %s | %s | %s | %s | %s |\n\n", rule.Severity, rule.Confidence, rule.Fix, rule.Status, byDefault(rule))
	for title, text := range sections(rest) {
		fmt.Fprintf(&out, "## %s\n\n%s\n\n", title, b.linked(rule, text))
		switch title {
		case "What is kept":
			out.WriteString(b.figures(rule))
		case rulepage.Bad:
			out.WriteString(b.says(rule))
		case "When to allow it":
			if source(rule) == folder(rule)+"/doc.md" {
				fmt.Fprintf(&out, "Write `# djleak: ignore[%s] -- reason` on the line, or alone on the line above.\n\n", rule.Name)
			}
		}
	}
	fmt.Fprintf(&out, "---\n\n[All rules](%s) · [the code of this one](../../%s)", index, folder(rule))
	if _, ok := b.record.Rules[rule.Name]; ok {
		out.WriteString(" · [how it is proven](../proofs.md)")
	}
	out.WriteString("\n")
	return strings.ReplaceAll(out.String(), "](../../../docs/rules/", "](")
}

// sections yields the headings of a page and what stands below each.
func sections(page string) func(yield func(title, text string) bool) {
	return func(yield func(title, text string) bool) {
		for part := range strings.SplitSeq("\n"+page, "\n## ") {
			title, text, _ := strings.Cut(part, "\n")
			if title != "" && !yield(title, strings.TrimSpace(text)) {
				return
			}
		}
	}
}

// source is the file that a rule's page is made of. The rules that the analyzer itself reports have no folder.
func source(rule *analyzer.Rule) string {
	if rule == analyzer.InvalidConfiguration || rule == analyzer.UnusedSuppression {
		return "analyzer/" + rule.Name + ".md"
	}
	return folder(rule) + "/doc.md"
}

func folder(rule *analyzer.Rule) string {
	if rule == analyzer.InvalidConfiguration || rule == analyzer.UnusedSuppression {
		return "analyzer"
	}
	return "analyzer/rules/" + strings.ReplaceAll(rule.Name, "-", "")
}

// briefly says whether a rule runs by default; byDefault says how to run it where it does not.
func briefly(rule *analyzer.Rule) string {
	if rule.Default() {
		return "on"
	}
	return rule.Status.String()
}

func byDefault(rule *analyzer.Rule) string {
	if rule.Default() {
		return "on"
	}
	return "off: `preview` or `select` runs it"
}

var codeSpan = regexp.MustCompile("(\\[?)`([a-z]+(?:-[a-z]+)+)`")

// linked makes links of the names of other rules in a text, outside its code.
func (b book) linked(rule *analyzer.Rule, text string) string {
	var out strings.Builder
	fenced := false
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if !fenced {
			line = codeSpan.ReplaceAllStringFunc(line, func(span string) string {
				name := strings.Trim(span, "[`")
				if span[0] == '[' || name == rule.Name || !b.has(name) {
					return span
				}
				return "[" + span + "](" + name + ".md)"
			})
		}
		out.WriteString(line)
	}
	return out.String()
}

func (b book) has(name string) bool { return slices.Contains(b.names(), name) }

// figures tells what was measured; empty where nothing was.
func (b book) figures(rule *analyzer.Rule) string {
	proof, ok := b.record.Rules[rule.Name]
	if !ok {
		return ""
	}
	return "### Measured\n\n" + proof.Setting + "\n\n" + proof.table() + "\n"
}

// A kind is a chapter of the index.
type kind struct{ title, text string }

// kinds are the chapters in their order.
var kinds = []kind{
	{"It stays", "What is held as long as the process lives, and more of it with every request, task or call."},
	{"All at once", "What could pass in pieces is held whole: rows, files, answers."},
	{"Counted", "Connections, threads, files, receivers, queries: each stands for memory, or for work done in vain."},
	{"Settings and servers", "What a settings file, a Procfile or a server's configuration makes every process hold."},
	{"It fails", "What was meant to save memory ends in an error."},
	{"About djleak itself", "Its own comments and files."},
}

// kindOf says in which chapter a rule stands: by the files that it reads and what its proof measured.
func (b book) kindOf(rule *analyzer.Rule) string {
	name, bad, _, ok := b.record.Rules[rule.Name].headline()
	_, fails := bad.(string)
	switch {
	case source(rule) != folder(rule)+"/doc.md":
		return "About djleak itself"
	case rule.Files&(selection.Settings|selection.Deployment) != 0 && rule.Files != analyzer.AnyFile:
		return "Settings and servers"
	case fails:
		return "It fails"
	case name == "peak_mb":
		return "All at once"
	case ok && !strings.HasSuffix(name, "_mb"):
		return "Counted"
	}
	return "It stays"
}

// index lists the rules by kind.
func (b book) index() string {
	byKind := map[string][]*analyzer.Rule{}
	on := 0
	for _, rule := range b.rules {
		byKind[b.kindOf(rule)] = append(byKind[b.kindOf(rule)], rule)
		if rule.Default() {
			on++
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, indexHead, len(b.rules), on, len(b.rules)-on, quoted)
	for _, kind := range kinds {
		fmt.Fprintf(&out, "\n## %s\n\n%s\n\n", kind.title, kind.text)
		out.WriteString("| rule | what it tells | severity | confidence | fix | by default | measured |\n| --- | --- | --- | --- | --- | --- | --- |\n")
		for _, rule := range byKind[kind.title] {
			fmt.Fprintf(&out, "| [`%s`](%s.md) | %s | %s | %s | %s | %s | %s |\n",
				rule.Name, rule.Name, rule.Summary(), rule.Severity, rule.Confidence, rule.Fix, briefly(rule), b.record.Rules[rule.Name].line())
		}
	}
	return out.String()
}

const indexHead = `<!-- go generate ./analyzer/rules wrote this page: edit the rules' own pages. -->
# Rules

There are %d rules, of which %d run by default. The other %d are in preview until their precision is shown;
` + "`select`" + ` runs each of them, ` + "`preview`" + ` all. Some forms of the rules that run by default are in preview too, as their pages say.

The severity says how much memory is at stake, the confidence how sure the rule is. A safe fix keeps what the code does,
an unsafe one is for a person to read first. The figures are what the bad code on the page held or did, and what its
remedy did, on Django %s; each page has those of the other versions, and [proofs.md](../proofs.md) how they were made.
`

// line tells the first figure that tells the bad code from the remedied.
func (p proof) line() string {
	name, bad, fixed, ok := p.headline()
	if !ok {
		return ""
	}
	of := ""
	if _, fails := bad.(string); !fails {
		of = " " + words(name)
	}
	return amount(name, bad) + of + "; " + amount(name, fixed)
}
