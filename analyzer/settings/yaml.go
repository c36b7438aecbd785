package settings

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// readYAML takes from every document what looks like settings: keys in capitals, lists of NAME=value, pairs of name and value,
// and commands. JSON is read as the YAML that it is. Aliases are not followed, so that a small file cannot stand for a large one. In a template, as Helm's
// charts are, what the template fills in is unknown and what it repeats or leaves out is guarded.
func readYAML(file *File, text string) error {
	plain, isTemplate := withoutTemplate(text)
	r := yamlReader{file: file, text: text, lines: python.NewLines(text)}
	r.guards = guards{role: file.Role, held: templateCondition.MatchString(text)}
	decoder := yaml.NewDecoder(strings.NewReader(plain))
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) || err != nil && isTemplate {
			return nil
		}
		if err != nil {
			return fmt.Errorf("not YAML: %w", err)
		}
		r.node(&document, "", 0)
	}
}

var (
	templateCondition = pattern.New(`\{[{%]-?\s*(if|range|with|for)\b`)
	templateLine      = pattern.New(`(?m)^[ \t]*(\{\{.*\}\}|\{%.*%\})[ \t]*\r?$`)
	templatePart      = pattern.New(`\{\{.*?\}\}|\{%.*?%\}`)
)

// withoutTemplate blanks the lines of a template's own language and fills its parts of other lines with letters, so that
// everything keeps its place.
func withoutTemplate(text string) (plain string, isTemplate bool) {
	if !strings.Contains(text, "{{") && !strings.Contains(text, "{%") {
		return text, false
	}
	plain = templateLine.Regexp().ReplaceAllStringFunc(text, func(line string) string { return strings.Repeat(" ", len(line)) })
	plain = templatePart.Regexp().ReplaceAllStringFunc(plain, func(part string) string { return strings.Repeat("x", len(part)) })
	return plain, plain != text
}

// guards tell whether a place of a file depends on something.
type guards struct {
	// role is the file's own. A part for another one, such as development: in a file of all environments, is guarded.
	role Role
	held bool
}

type yamlReader struct {
	file   *File
	text   string
	lines  *python.Lines
	guards guards
	// at is the place that was last looked up.
	at position
}

// A position is a place in the text, its column counted in characters from 1.
type position struct{ line, column, offset int }

func (r *yamlReader) node(n *yaml.Node, key string, depth int) {
	if depth > maxDepth {
		return
	}
	before := r.guards
	defer func() { r.guards = before }()
	r.guards.held = before.held || key != "" && RoleOf(key) != r.guards.role && RoleOf(key) != Production
	switch n.Kind {
	case yaml.DocumentNode:
		for _, child := range n.Content {
			r.node(child, "", depth+1)
		}
	case yaml.MappingNode:
		r.mapping(n, depth)
	case yaml.SequenceNode:
		r.sequence(n, key, depth)
	}
}

// commandKeys hold the words of one command, in this order: compose's entrypoint and command, Kubernetes' command and args. The last
// two are those of platforms, Render's and Railway's, DigitalOcean's, which have it whole.
var commandKeys = []string{"entrypoint", "command", "args", "startCommand", "run_command"}

func (r *yamlReader) mapping(n *yaml.Node, depth int) {
	var name, value *yaml.Node
	parts := make([]*yaml.Node, len(commandKeys))
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, child := n.Content[i], n.Content[i+1]
		switch {
		case isSettingName(key.Value):
			r.add(key, key.Value, child, depth)
		case key.Value == "name", key.Value == "key": // The latter in the files of Render and DigitalOcean.
			name = child
		case key.Value == "value":
			value = child
		case slices.Contains(commandKeys, key.Value) && child.Kind != yaml.MappingNode:
			parts[slices.Index(commandKeys, key.Value)] = child
		default:
			r.node(child, key.Value, depth+1)
		}
	}
	if name != nil && value != nil && isSettingName(name.Value) {
		r.add(name, name.Value, value, depth)
	}
	r.command(parts)
}

// isSettingName reports whether a key is written as settings and variables of the environment are.
func isSettingName(key string) bool {
	return len(key) > 2 && key == strings.ToUpper(key) && strings.IndexFunc(key, func(c rune) bool {
		return c != '_' && (c < 'A' || c > 'Z') && (c < '0' || c > '9')
	}) < 0
}

func (r *yamlReader) add(key *yaml.Node, name string, value *yaml.Node, depth int) {
	v := r.value(value, depth+1)
	span := r.span(key)
	span.End = max(span.End, v.Span.End)
	r.file.add(Setting{Name: name, Span: span, NameSpan: r.span(key), Value: v, Guarded: r.guards.held})
}

func (r *yamlReader) sequence(n *yaml.Node, key string, depth int) {
	for _, child := range n.Content {
		if child.Kind == yaml.ScalarNode && (key == "environment" || key == "env") {
			r.environment(child)
			continue
		}
		r.node(child, key, depth+1)
	}
}

// environment takes NAME=value of a list.
func (r *yamlReader) environment(n *yaml.Node) {
	if r.isLiteral(n) {
		r.file.addEnv(n.Value, r.inner(n), r.guards.held)
		return
	}
	if name, value, ok := strings.Cut(n.Value, "="); ok && isSettingName(name) {
		span := r.span(n)
		v := Value{Kind: Text, Text: value, Span: span}
		r.file.add(Setting{Name: name, Span: span, NameSpan: span, Value: v, Guarded: r.guards.held || r.isFilledIn(span)})
	}
}

// command takes a command whose words stand in several nodes, each a line or a list of words.
func (r *yamlReader) command(parts []*yaml.Node) {
	var words []word
	for _, part := range parts {
		switch {
		case part == nil:
		case part.Kind == yaml.ScalarNode:
			words = append(words, r.words(part)...)
		case part.Kind == yaml.SequenceNode:
			for _, child := range part.Content {
				if child.Kind == yaml.ScalarNode {
					words = append(words, r.listed(child)...)
				}
			}
		}
	}
	if !r.guards.held {
		r.file.addWords(words, func([]word) bool { return true })
	}
}

// listed returns a word of a list, or those of the line that it is, as in [sh, -c, "gunicorn ..."].
func (r *yamlReader) listed(n *yaml.Node) []word {
	if strings.ContainsAny(n.Value, " \t\n") {
		return r.words(n)
	}
	span := r.span(n)
	if r.isFilledIn(span) {
		return []word{{text: "$", span: span}}
	}
	return []word{{text: n.Value, span: span}}
}

// words returns those of a scalar that is a command line. In one of several lines each word has the span of the whole.
func (r *yamlReader) words(n *yaml.Node) []word {
	span := r.span(n)
	words := shellWords(n.Value)
	start := r.inner(n)
	literal := r.isLiteral(n)
	for i := range words {
		if literal {
			words[i].span.Start += int32(start)
			words[i].span.End += int32(start)
		} else {
			words[i].span = span
		}
	}
	if r.isFilledIn(span) {
		words = append(words, word{text: "$", span: span})
	}
	return words
}

// isLiteral reports whether a scalar's value is the file's own text letter by letter.
func (r *yamlReader) isLiteral(n *yaml.Node) bool {
	return n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && strings.HasPrefix(r.text[r.inner(n):], n.Value)
}

// isFilledIn reports whether a template fills in a part of a span.
func (r *yamlReader) isFilledIn(span python.Span) bool {
	return templatePart.MatchString(r.text[span.Start:span.End])
}

// inner returns where the text of a scalar begins, behind its quote.
func (r *yamlReader) inner(n *yaml.Node) int {
	start := int(r.span(n).Start)
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		start++
	}
	return min(start, len(r.text))
}

func (r *yamlReader) value(n *yaml.Node, depth int) Value {
	v := Value{Span: r.span(n)}
	if depth > maxDepth {
		return v
	}
	switch n.Kind {
	case yaml.ScalarNode:
		if !r.isFilledIn(v.Span) {
			scalar(&v, n)
		}
	case yaml.SequenceNode:
		v.Kind = List
		for _, child := range n.Content {
			v.Items = append(v.Items, r.value(child, depth+1))
		}
	case yaml.MappingNode:
		v.Kind = Dict
		for i := 0; i+1 < len(n.Content); i += 2 {
			v.Entries = append(v.Entries, Entry{
				Key: n.Content[i].Value, KeySpan: r.span(n.Content[i]), Value: r.value(n.Content[i+1], depth+1),
			})
		}
	}
	return v
}

func scalar(v *Value, n *yaml.Node) {
	switch n.Tag {
	case "!!null":
		v.Kind = Null
	case "!!bool":
		v.Kind, v.Bool = Bool, strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		if number, err := strconv.ParseFloat(strings.ReplaceAll(n.Value, "_", ""), 64); err == nil {
			v.Kind, v.Number = Number, number
		}
	default:
		v.Kind, v.Text = Text, n.Value
	}
}

// span returns where a node stands: to the end of a scalar on one line, or of its first line.
func (r *yamlReader) span(n *yaml.Node) python.Span {
	if n.Line < 1 || n.Line > r.lines.Count() {
		return python.Span{}
	}
	begin := r.offset(n.Line, n.Column)
	rest := r.text[begin:r.lines.End(n.Line)]
	length := len(rest)
	if n.Kind == yaml.ScalarNode {
		switch {
		case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 && rest != "":
			if i := strings.IndexByte(rest[1:], rest[0]); i >= 0 {
				length = i + 2
			}
		case strings.HasPrefix(rest, n.Value):
			length = len(n.Value)
		}
	}
	return spanOf(begin, begin+length)
}

// offset returns where a column of a line begins. Columns count characters; those of a line are looked up one behind the
// other, so that a long line costs no more than its length.
func (r *yamlReader) offset(line, column int) int {
	if r.at.line != line || r.at.column > column {
		r.at = position{line: line, column: 1, offset: int(r.lines.Start(line))}
	}
	end := int(r.lines.End(line))
	for r.at.column < column && r.at.offset < end {
		_, size := utf8.DecodeRuneInString(r.text[r.at.offset:end])
		r.at.offset += size
		r.at.column++
	}
	return r.at.offset
}
