package settings

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/djleak/djleak/analyzer/python"
)

// readTOML reads a dynaconf file: keys in capitals at the top, or in a table for an environment such as [default] or
// [production].
func readTOML(file *File, text string) error {
	p := unstable.Parser{}
	p.Reset([]byte(text))
	table := ""
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = keyOf(e.Key())
		case unstable.KeyValue:
			addTOML(file, text, &p, e, table)
		}
	}
	if err := p.Error(); err != nil {
		return fmt.Errorf("not TOML: %w", err)
	}
	return nil
}

func keyOf(it unstable.Iterator) string {
	var parts []string
	for it.Next() {
		parts = append(parts, string(it.Node().Data))
	}
	return strings.Join(parts, ".")
}

func addTOML(file *File, text string, p *unstable.Parser, e *unstable.Node, table string) {
	name := keyOf(e.Key())
	if !isSettingName(name) {
		return
	}
	key := e.Key()
	key.Next()
	nameRange := key.Node().Raw
	value := tomlValue(p, e.Value(), 0)
	start := int(nameRange.Offset)
	value.Span = restOfLine(text, start+int(nameRange.Length))
	end := max(start+int(nameRange.Length), int(value.Span.End))
	setting := Setting{Name: name, Span: spanOf(start, end), NameSpan: spanOf(start, start+int(nameRange.Length)), Value: value}
	// A table of another role than the file's own is a deployment of its own.
	setting.Guarded = table != "" && RoleOf(table) != file.Role
	file.add(setting)
}

func tomlValue(p *unstable.Parser, n *unstable.Node, depth int) Value {
	raw := n.Raw
	if raw.Length == 0 && len(n.Data) > 0 {
		raw = p.Range(n.Data)
	}
	v := Value{Span: spanOf(int(raw.Offset), int(raw.Offset+raw.Length))}
	if depth > maxDepth {
		return v
	}
	switch n.Kind {
	case unstable.Bool:
		v.Kind, v.Bool = Bool, string(n.Data) == "true"
	case unstable.Integer, unstable.Float:
		if number, err := strconv.ParseFloat(strings.ReplaceAll(string(n.Data), "_", ""), 64); err == nil {
			v.Kind, v.Number = Number, number
		}
	case unstable.String:
		v.Kind, v.Text = Text, string(n.Data)
	case unstable.Array:
		v.Kind = List
		for it := n.Children(); it.Next(); {
			v.Items = append(v.Items, tomlValue(p, it.Node(), depth+1))
		}
	case unstable.InlineTable:
		v.Kind = Dict
		for it := n.Children(); it.Next(); {
			entry := it.Node()
			v.Entries = append(v.Entries, Entry{Key: keyOf(entry.Key()), Value: tomlValue(p, entry.Value(), depth+1)})
		}
	}
	return v
}

// restOfLine returns where the value of a key stands: behind the equals sign, to the end of its first line.
func restOfLine(text string, offset int) python.Span {
	line, _, _ := strings.Cut(text[offset:], "\n")
	before, value, _ := strings.Cut(line, "=")
	start := offset + len(before) + 1 + len(value) - len(strings.TrimLeft(value, " \t"))
	end := start + len(strings.TrimSpace(value))
	return spanOf(min(start, len(text)), min(end, len(text)))
}
