package annotate

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/markdown"
)

const (
	// maxBody is GitHub's limit for a body. It counts characters and this code bytes, which are never fewer.
	maxBody = 65_536
	// maxMessage and maxSnippet bound in characters what one finding may say in a comment.
	maxMessage = 500
	maxSnippet = 4_000
	// maxWhy bounds the bytes of the part of a rule's page that a comment quotes.
	maxWhy = 6_000
)

// fixedPrefix starts the first line of a comment whose findings are gone.
const fixedPrefix = "Fixed in "

// commentOn renders the comment of a place: a section a finding, then the markers. What does not fit into one comment is
// left for another one.
func (o Options) commentOn(p place) (c Comment, rest place) {
	c = Comment{Path: p.path, StartLine: p.first, Line: p.last}
	var text, markers strings.Builder
	for i, f := range p.findings {
		m, _ := markerOf(f, o.Name)
		var suggested *suggestion
		if i == p.suggested {
			suggested = &p.suggestion
		}
		part := o.section(f, p.lines, suggested)
		if i > 0 {
			part = "\n---\n\n" + part
		}
		if text.Len()+len(part)+markers.Len()+len(m.String())+1 > maxBody {
			break
		}
		text.WriteString(part)
		markers.WriteString("\n" + m.String())
		c.Fingerprints = append(c.Fingerprints, f.Fingerprint)
	}
	c.Body = text.String() + markers.String()
	told := len(c.Fingerprints)
	p.findings, p.suggested = p.findings[told:], p.suggested-told
	return c, p
}

// section says of one finding what is held, how bad that is, for how long, and what to do, and below a fold why. At is the
// lines that the comment stands on.
func (o Options) section(f analyzer.Finding, at lines, suggested *suggestion) string {
	facts := []string{capital(f.Severity.String()) + " severity", f.Confidence.String() + " confidence"}
	if long := lifetime(f); long != "" {
		facts = append(facts, "kept "+long)
	}
	facts = append(facts, o.ruleLink(f.Rule))
	if own := linesOf(f.Region); own != at {
		facts = append(facts, o.linesLink(f))
	}
	return headline(f) + "\n\n<sub>" + strings.Join(facts, " · ") + "</sub>\n\n" + o.remedy(f, suggested) + o.fold(f)
}

func headline(f analyzer.Finding) string { return "**" + phrase(f.Message) + "**" }

// phrase renders a line that a rule, a user or a server wrote; sentence ends it with a full stop if nothing else does.
func phrase(s string) string { return markdown.Inline(markdown.Clip(markdown.Line(s), maxMessage)) }

func sentence(s string) string {
	text := phrase(s)
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}

// remedy shows the way out: a suggestion to commit where there is one, otherwise a snippet. An unsafe fix says right above
// it what to check first.
func (o Options) remedy(f analyzer.Finding, suggested *suggestion) string {
	var block string
	if suggested != nil {
		block = markdown.Block("suggestion", suggested.text) + "\n\n"
	} else if language, text := snippet(f); text != "" {
		block = markdown.Block(language, markdown.Clip(text, maxSnippet)) + "\n\n"
	}
	if f.Fix == nil {
		if block != "" {
			block = "Instead:\n\n" + block
		}
		return block
	}
	said := []string{sentence(cmp.Or(f.Fix.Message, "Change it"))}
	command := "djleak fix"
	if f.Fix.Kind == analyzer.UnsafeFix {
		said = append(said, "Check first: "+sentence(cmp.Or(f.Fix.Check, "it changes what the code does")))
		command += " --unsafe"
	}
	if suggested == nil {
		block += "`" + command + "` applies it.\n\n"
	}
	return strings.Join(said, " ") + "\n\n" + block
}

// languageOf names for a code block what a file is written in; what has no name stays plain.
func languageOf(name string) string {
	switch path.Ext(name) {
	case ".py":
		return "python"
	case ".toml":
		return "toml"
	case ".yml", ".yaml":
		return "yaml"
	case ".ini", ".cfg":
		return "ini"
	case ".sh":
		return "sh"
	default:
		return ""
	}
}

// snippet picks the code that shows the remedy: the finding's own, else the lines of its fix, else the rule's page's.
func snippet(f analyzer.Finding) (language, text string) {
	if strings.TrimSpace(f.Remedy) != "" {
		return languageOf(f.Path), strings.Trim(f.Remedy, "\n")
	}
	if text := fixLines(f); text != "" {
		return languageOf(f.Path), text
	}
	return firstBlock(section(f.Rule.Doc, "Use instead"))
}

// fixLines are the new lines of a finding's fix, each group headed by its place unless that is the finding's own.
func fixLines(f analyzer.Finding) string {
	if f.Fix == nil {
		return ""
	}
	var out strings.Builder
	for _, edit := range f.Fix.Lines {
		switch at := (lines{edit.StartLine, edit.EndLine}); {
		case at == linesOf(f.Region):
		case at.first == at.last:
			fmt.Fprintf(&out, "# line %d\n", at.first)
		default:
			fmt.Fprintf(&out, "# lines %d to %d\n", at.first, at.last)
		}
		if edit.Delete && edit.NewText == "" {
			out.WriteString("# removed\n")
		} else {
			out.WriteString(dedent(edit.NewText) + "\n")
		}
	}
	return out.String()
}

// dedent removes the indentation that all lines share.
func dedent(text string) string {
	all := strings.Split(text, "\n")
	shared := -1
	for _, line := range all {
		if !blank(line) && (shared < 0 || indentation(line) < shared) {
			shared = indentation(line)
		}
	}
	for i, line := range all {
		all[i] = line[min(max(shared, 0), len(line)):]
	}
	return strings.Join(all, "\n")
}

// fold holds what a reader may want to know next: why the memory grows, what was measured, and how to say that it may.
func (o Options) fold(f analyzer.Finding) string {
	topics := []string{"how to suppress it"}
	var texts []string
	about := func(topic, text string) {
		if text = unwrap(text); text != "" && len(text) <= maxWhy {
			topics = slices.Insert(topics, len(topics)-1, topic)
			texts = append(texts, text)
		}
	}
	about("why", reasons(section(f.Rule.Doc, "Why it grows")))
	about("what was measured", measured(section(f.Rule.Doc, "What is kept")))
	var out strings.Builder
	fmt.Fprintf(&out, "<details>\n<summary>%s</summary>\n\n", listing(topics))
	for _, text := range texts {
		out.WriteString(text + "\n\n")
	}
	fmt.Fprintf(&out, "To keep the code as it is, write %s on the line or alone on the line above.\n\n",
		markdown.Code("# djleak: ignore["+f.Rule.Name+"] -- reason"))
	out.WriteString("</details>\n")
	return out.String()
}

// reasons returns the paragraphs of a page that tell of the code: where the rule is silent does not matter where it is not.
func reasons(section string) string {
	return paragraphs(section, func(text string) bool { return !strings.HasPrefix(text, "The rule ") })
}

// measured returns the paragraphs of a page that tell what was measured: they name its setting.
func measured(section string) string {
	return paragraphs(section, func(text string) bool { return strings.Contains(text, "In a bare project") })
}

// paragraphs returns those of a page's paragraphs whose text, on one line, is wanted.
func paragraphs(section string, wanted func(text string) bool) string {
	var found []string
	for paragraph := range strings.SplitSeq(section, "\n\n") {
		if wanted(strings.Join(strings.Fields(paragraph), " ")) {
			found = append(found, paragraph)
		}
	}
	return strings.Join(found, "\n\n")
}

// listing names topics: "Why, what was measured, and how to suppress it".
func listing(topics []string) string {
	text := topics[0]
	if last := len(topics) - 1; last > 0 {
		text = strings.Join(topics[:last], ", ") + ", and " + topics[last]
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// fixedBody replaces the body of a comment whose findings are gone: what it was about stays readable, and the markers
// stay for the day the finding comes back.
func (o Options) fixedBody(t thread) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s%s\n", fixedPrefix, inlineSHA(o.HeadSHA))
	var markers strings.Builder
	for _, m := range t.markers {
		fmt.Fprintf(&markers, "\n%s", m)
	}
	room := maxBody - out.Len() - markers.Len() - 1
	for _, line := range headlines(t) {
		if room -= len(line) + 2; room < 0 {
			break
		}
		fmt.Fprintf(&out, "\n%s\n", line)
	}
	return out.String() + markers.String()
}

// headlines finds what a comment of ours was about in its body, or, if somebody has edited that away, the rules' names.
func headlines(t thread) []string {
	var found []string
	fence := ""
	for line := range strings.Lines(t.Body) {
		line = strings.TrimRight(line, "\r\n")
		ticks := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case fence != "":
			if line == fence {
				fence = ""
			}
		case len(ticks) >= 3:
			fence = ticks
		case len(line) > 4 && strings.HasPrefix(line, "**") && strings.HasSuffix(line, "**"):
			found = append(found, line)
		}
	}
	if len(found) == 0 {
		for _, m := range t.markers {
			found = append(found, "**"+markdown.Code(m.rule)+"**")
		}
	}
	return found
}

// inlineSHA leaves a commit id bare, for GitHub to link.
func inlineSHA(sha string) string {
	if hexDigits.MatchString(sha) {
		return sha
	}
	return markdown.Inline(sha)
}

func (o Options) ruleLink(r *analyzer.Rule) string {
	url := ""
	if o.RuleURL != nil {
		url = o.RuleURL(r.Name)
	}
	return markdown.Link(markdown.Code(r.Name), url)
}

// placeLink links to a finding by path and lines, linesLink by its lines alone.
func (o Options) placeLink(f analyzer.Finding) string {
	own := linesOf(f.Region)
	text := fmt.Sprintf("%s:%d", markdown.Clip(markdown.Line(f.Path), maxPath), own.first)
	if own.last > own.first {
		text += fmt.Sprintf("-%d", own.last)
	}
	return markdown.Link(markdown.Code(text), o.fileURL(f.Path, own))
}

func (o Options) linesLink(f analyzer.Finding) string {
	own := linesOf(f.Region)
	text := fmt.Sprintf("line %d", own.first)
	if own.last > own.first {
		text = fmt.Sprintf("lines %d to %d", own.first, own.last)
	}
	return markdown.Link(text, o.fileURL(f.Path, own))
}

func (o Options) fileURL(path string, at lines) string {
	if o.FileURL == nil {
		return ""
	}
	return o.FileURL(path, at.first, at.last)
}

// maxPath bounds a path's characters in text; nobody reads more.
const maxPath = 300

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }
