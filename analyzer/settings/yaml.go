package settings

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/djleak/djleak/analyzer/python"
)

// readYAML takes from every document what looks like settings: keys in capitals, lists of NAME=value, pairs of name and value,
// and commands. Aliases are not followed, so that a small file cannot stand for a large one.
func readYAML(file *File, text string) error {
	if strings.Contains(text, "{{") {
		return nil // A template of Helm or Jinja is YAML only once it is filled in.
	}
	r := yamlReader{file: file, text: text, lines: python.NewLines(text)}
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("not YAML: %w", err)
		}
		r.node(&document, "", 0)
	}
}

type yamlReader struct {
	file  *File
	text  string
	lines *python.Lines
}

func (r *yamlReader) node(n *yaml.Node, key string, depth int) {
	if depth > maxDepth {
		return
	}
	switch n.Kind {
	case yaml.DocumentNode:
		for _, child := range n.Content {
			r.node(child, "", depth+1)
		}
	case yaml.MappingNode:
		r.mapping(n, depth)
	case yaml.SequenceNode:
		r.sequence(n, key, depth)
	case yaml.ScalarNode:
		if isCommandKey(key) {
			span := r.span(n)
			start := int(span.Start)
			if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
				start++
			}
			if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
				r.file.addCommand(n.Value, span, nil)
				return
			}
			r.file.addCommand(n.Value, span, &start)
		}
	}
}

func isCommandKey(key string) bool { return key == "command" || key == "entrypoint" || key == "args" }

func (r *yamlReader) mapping(n *yaml.Node, depth int) {
	var name, value *yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, child := n.Content[i], n.Content[i+1]
		switch {
		case isSettingName(key.Value):
			r.add(key, key.Value, child, depth)
		case key.Value == "name":
			name = child
		case key.Value == "value":
			value = child
		default:
			r.node(child, key.Value, depth+1)
		}
	}
	if name != nil && value != nil && isSettingName(name.Value) {
		r.add(name, name.Value, value, depth)
	}
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
	r.file.add(Setting{Name: name, Span: span, NameSpan: r.span(key), Value: v})
}

func (r *yamlReader) sequence(n *yaml.Node, key string, depth int) {
	if isCommandKey(key) {
		r.command(n)
		return
	}
	for _, child := range n.Content {
		if child.Kind == yaml.ScalarNode && (key == "environment" || key == "env") {
			span := r.span(child)
			start := int(span.Start)
			if child.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
				start++
			}
			r.file.addEnv(child.Value, start)
			continue
		}
		r.node(child, key, depth+1)
	}
}

// command takes a command that is written as a list of words.
func (r *yamlReader) command(n *yaml.Node) {
	var command *Command
	for _, child := range n.Content {
		switch {
		case child.Kind != yaml.ScalarNode:
		case command != nil:
			command.Args = append(command.Args, Arg{Text: child.Value, Span: r.span(child)})
		case programs[child.Value]:
			command = &Command{Program: child.Value, Span: r.span(child)}
		default:
			r.file.addCommand(child.Value, r.span(child), nil)
		}
	}
	if command != nil {
		r.file.Commands = append(r.file.Commands, *command)
	}
}

func (r *yamlReader) value(n *yaml.Node, depth int) Value {
	v := Value{Span: r.span(n)}
	if depth > maxDepth {
		return v
	}
	switch n.Kind {
	case yaml.ScalarNode:
		scalar(&v, n)
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
	// Columns count characters.
	line := r.text[r.lines.Start(n.Line):r.lines.End(n.Line)]
	start := 0
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(line[start:])
		start += size
	}
	begin := int(r.lines.Start(n.Line)) + start
	rest := line[start:]
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
