package config

import (
	"bytes"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// Parse reads the text of a configuration file. In a pyproject.toml the keys stand in the table tool.djleak, in any
// other file at the top. Rules are the names of all rules there are.
//
// The error is of type [Errors] and holds everything that is wrong; the settings then give what is right.
func Parse(name string, text []byte, rules []string) (*Settings, error) {
	file := parse(name, text, rules)
	if len(file.errs) > 0 {
		return file.settings, file.errs
	}
	return file.settings, nil
}

func parse(name string, text []byte, rules []string) *file {
	file := &file{path: name, settings: NewSettings(rules)}
	if path.Base(name) == "pyproject.toml" {
		file.root = []string{"tool", "djleak"}
	}
	if err := validate(name, text); err != nil {
		file.errs = Errors{err}
		// Another tool's mistake in a shared file is not ours to report.
		file.found = len(file.root) == 0 || bytes.Contains(text, []byte("djleak"))
		return file
	}
	file.found = len(file.root) == 0
	file.read(text)
	return file
}

// validate returns what keeps the text from being TOML, or nil. It decodes everything: repeated keys are seen only so.
func validate(name string, text []byte) *Error {
	var document map[string]any
	err := toml.Unmarshal(text, &document)
	if err == nil {
		return nil
	}
	wrong := &Error{Path: name, Line: 1, Column: 1}
	if decode, ok := errors.AsType[*toml.DecodeError](err); ok {
		wrong.Line, wrong.Column = decode.Position()
	}
	wrong.Msg = "not TOML: " + strings.TrimPrefix(err.Error(), "toml: ")
	return wrong
}

// A file is a configuration file that is being read.
type file struct {
	path string
	// root is the table that holds the keys.
	root     []string
	parser   unstable.Parser
	settings *Settings
	errs     Errors
	// found is true where the file says anything to djleak.
	found bool
}

// read goes through the expressions of a valid document, which unlike its decoded values know where they stand.
func (f *file) read(text []byte) {
	f.parser.Reset(text)
	var table []string
	rejected := false
	for f.parser.NextExpression() {
		expression := f.parser.Expression()
		switch {
		case expression.Kind != unstable.KeyValue:
			var last *unstable.Node
			table, last = join(nil, expression.Key())
			rejected = f.rejectTable(table, last, expression.Kind == unstable.ArrayTable)
		case !rejected:
			f.keyValue(table, expression)
		}
	}
}

// rejectTable rejects a table that cannot be one.
func (f *file) rejectTable(table []string, last *unstable.Node, repeated bool) bool {
	name, below := f.below(table)
	switch {
	case slices.Equal(table, f.root):
		f.found = true
		if !repeated {
			return false
		}
		f.reject(last, "", "write the table once, as [tool.djleak]", nil)
	case !below:
		return false
	case isTable(name) && !repeated:
		return false
	case optionOf(name) != nil:
		f.reject(last, name, "write one value, not a table", nil)
	case name == "tool.djleak":
		f.reject(last, name, "here the keys stand at the top, without [tool.djleak]", nil)
	default:
		f.reject(last, name, unknownKey(name), Keys())
	}
	return true
}

// keyValue reads "key = value" in a table.
func (f *file) keyValue(table []string, expression *unstable.Node) {
	key, last := join(table, expression.Key())
	value := expression.Value()
	rest, below := f.below(key)
	switch {
	case below && len(key) == len(f.root)+2 && isTable(key[len(f.root)]):
		f.entry(optionOf(key[len(f.root)]), key[len(f.root)+1], last, value)
	case below:
		f.option(rest, last, value)
	case !slices.Equal(key, f.root[:min(len(key), len(f.root))]):
	case value.Kind == unstable.InlineTable:
		f.found = f.found || len(key) == len(f.root)
		for children := value.Children(); children.Next(); {
			f.keyValue(key, children.Node())
		}
	case len(key) == len(f.root):
		f.reject(last, "", "write a table, as [tool.djleak]", nil)
	}
}

// below returns the part of a key below the root, if it has one.
func (f *file) below(key []string) (rest string, ok bool) {
	if len(key) <= len(f.root) || !slices.Equal(key[:len(f.root)], f.root) {
		return "", false
	}
	f.found = true
	return strings.Join(key[len(f.root):], "."), true
}

// option reads the value of a key below the root.
func (f *file) option(name string, key, value *unstable.Node) {
	option := optionOf(name)
	switch {
	case option == nil:
		f.reject(key, name, unknownKey(name), Keys())
	case option.kind == table && value.Kind == unstable.InlineTable:
		for children := value.Children(); children.Next(); {
			child := children.Node()
			if path, last := join(nil, child.Key()); len(path) == 1 {
				f.entry(option, path[0], last, child.Value())
			} else {
				f.reject(last, name, "quote a key that has dots", nil)
			}
		}
	case option.kind == table:
		f.reject(key, name, "write a table, as ["+strings.Join(append(slices.Clip(f.root), name), ".")+"]", nil)
	case option.kind != list:
		f.value(option, key, value)
	case value.Kind != unstable.Array:
		f.reject(key, name, "write a list of strings, as [\"...\"]", f.settings.allowed(option))
	default:
		f.set(option, key)
		for items := value.Children(); items.Next(); {
			f.value(option, key, items.Node())
		}
	}
}

func isTable(name string) bool {
	option := optionOf(name)
	return option != nil && option.kind == table
}

// entry reads one entry of a table: a string, or a list of them.
func (f *file) entry(option *option, name string, key, value *unstable.Node) {
	items := []*unstable.Node{value}
	if value.Kind == unstable.Array {
		items = nil
		for children := value.Children(); children.Next(); {
			items = append(items, children.Node())
		}
	}
	for _, item := range items {
		if item.Kind != unstable.String {
			f.reject(key, option.key+"."+name, "write a string, or a list of strings", nil)
			return
		}
		place := item
		if item.Raw.Length == 0 {
			place = key
		}
		f.set(option, place, name+"="+string(item.Data))
	}
}

// value reads one value, which for a list is one of its items.
func (f *file) value(option *option, key, value *unstable.Node) {
	place := value
	if value.Raw.Length == 0 {
		place = key
	}
	if msg := misspelt(option, value); msg != "" {
		f.reject(place, option.key, msg, f.settings.allowed(option))
		return
	}
	text := string(value.Data)
	if option.local && leadsOut(text) {
		f.reject(place, option.key, strconv.Quote(text)+" leads out of the folder; name a file below it", nil)
		return
	}
	f.set(option, place, text)
}

// misspelt says what is wrong with the way in which a value is written, or nothing.
func misspelt(option *option, value *unstable.Node) string {
	written := string(value.Data)
	switch value.Kind {
	case unstable.Array:
		written = "a list"
	case unstable.InlineTable:
		written = "a table"
	case unstable.String:
		if option.kind == words || option.kind == list {
			return ""
		}
		written = strconv.Quote(written)
	default:
		if option.kind == boolean || option.kind == number {
			return ""
		}
	}
	return "write " + option.wanted() + ", not " + written
}

// leadsOut reports whether a file's name leads out of the folder it is relative to.
func leadsOut(name string) bool {
	return path.IsAbs(name) || slices.Contains(strings.Split(name, "/"), "..")
}

func (f *file) set(option *option, place *unstable.Node, values ...string) {
	if wrong, ok := errors.AsType[*Error](f.settings.Set(option.key, values...)); ok {
		f.reject(place, option.key, wrong.Msg, wrong.Allowed)
	}
}

// reject notes an error in the key of a name below the root.
func (f *file) reject(place *unstable.Node, name, msg string, allowed []string) {
	start := f.parser.Shape(place.Raw).Start
	f.found = true
	f.errs = append(f.errs, &Error{
		Path:    f.path,
		Line:    start.Line,
		Column:  start.Column,
		Key:     strings.TrimSuffix(strings.Join(append(slices.Clip(f.root), name), "."), "."),
		Msg:     msg,
		Allowed: allowed,
	})
}

// join returns a table's key followed by a key in it, and the last part's node.
func join(table []string, key unstable.Iterator) (joined []string, last *unstable.Node) {
	joined = slices.Clip(table)
	for key.Next() {
		last = key.Node()
		joined = append(joined, string(last.Data))
	}
	return joined, last
}
