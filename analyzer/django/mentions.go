package django

import (
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// A Mention is a place that says an entrance.
type Mention struct {
	Entrance Entrance
	// Needs are what has to be said in turn for the code of the place to run.
	Needs []Entrance
}

// A mentioner looks for entrances in a file.
type mentioner struct {
	*File
	wanted []Entrance
	// means reports whether a qualified name may mean an entrance of another file.
	means func(e Entrance, qualified string) bool
	found []Mention
}

// Mentions returns the places of the file that say one of some entrances. None are comments, docstrings, the code behind the entrance
// itself, and what imports a name without using it. Means reports whether a qualified name, as [names.File.Qualified] gives it, may mean
// an entrance.
func (f *File) Mentions(wanted []Entrance, means func(e Entrance, qualified string) bool) []Mention {
	m := &mentioner{File: f, wanted: wanted, means: means}
	f.Walk(f.File.File.Module, m.visit)
	return m.found
}

// visit takes what a node says, and reports whether those below it may say something.
func (m *mentioner) visit(node python.Node) bool {
	switch n := node.(type) {
	case *python.ExprStmt:
		_, isProse := n.Value.(*python.Constant)
		return !isProse
	case *python.Name:
		m.take(n, func(e Entrance) bool { return n.Id == e.Name && m.nameMeans(e, n) })
	case *python.Attribute:
		m.take(n, func(e Entrance) bool { return n.Attr == e.Name && m.accessMeans(e, n) })
	case *python.Constant:
		if text, ok := n.Str(); ok {
			m.take(n, func(e Entrance) bool { return strings.Contains(text, e.Name) && m.textMeans(e, text, n) })
		}
	case *python.Import:
		m.take(n, func(e Entrance) bool {
			return slices.ContainsFunc(n.Names, func(alias *python.Alias) bool { return m.importMeans(e, alias) })
		})
	case *python.ImportFrom:
		m.take(n, func(e Entrance) bool {
			return slices.ContainsFunc(n.Names, func(alias *python.Alias) bool { return m.importFromMeans(e, n, alias) })
		})
	}
	return true
}

// take adds a node that says an entrance, unless the code around it runs only where somebody says that.
func (m *mentioner) take(node python.Node, says func(e Entrance) bool) {
	for _, e := range m.wanted {
		if !says(e) || e.Lasting && m.runsOut() {
			continue
		}
		needs := m.needs(node)
		if e.Lasting {
			needs = lasting(needs)
		}
		if !slices.ContainsFunc(needs, e.isSameQuestion) {
			m.found = append(m.found, Mention{e, needs})
		}
	}
}

// isSameQuestion reports whether who asks for one entrance asks for the other: all methods of a name are one, which does not run because
// it calls itself.
func (e Entrance) isSameQuestion(other Entrance) bool {
	return e == other || e.Kind == Member && other.Kind == Member && e.Name == other.Name && e.Lasting == other.Lasting
}

// endless matches what a command says that goes on until somebody stops it.
var endless = pattern.New(`while (True|1)\b|(?i:scheduler)|_forever\(|start_consuming|\.(listen|subscribe)\(`)

// runsOut reports whether the file is a command, a migration or a script, whose process ends when it is done.
func (f *File) runsOut() bool {
	return (f.inPackage("commands") || f.isMigration() || f.isScript()) && !endless.MatchString(f.Source)
}

// needs returns the entrances of a node's code. Of modules, only those of URLs are asked for: what uses a name is nearly always used.
func (f *File) needs(node python.Node) []Entrance {
	offset := node.Range().Start
	for range f.around(offset) {
		return slices.DeleteFunc(f.Entrances(offset), func(e Entrance) bool { return e.Kind == Module })
	}
	if path.Base(f.Path) == "urls.py" {
		return f.moduleEntrance()
	}
	return nil
}

func (m *mentioner) nameMeans(e Entrance, name *python.Name) bool {
	switch e.Kind {
	case Member:
		return true
	case Module:
		return false
	case Started:
		if !m.starts() {
			return false
		}
	case Global:
	}
	binding := m.Binding(name)
	switch {
	case binding == nil:
		return m.Builtin(name) == ""
	case e.File == m.Path:
		return binding.Scope == m.Module
	}
	return slices.ContainsFunc(binding.Definitions, func(def names.Definition) bool {
		return def.Kind == names.Imported && m.means(e, def.Path)
	})
}

// starts reports whether a file that makes a thread may start it, or hand it to who does: it does not call run instead.
func (f *File) starts() bool {
	return strings.Contains(f.Source, "start(") || !strings.Contains(f.Source, ".run(")
}

func (m *mentioner) accessMeans(e Entrance, access *python.Attribute) bool {
	switch e.Kind {
	case Member:
		return true
	case Module:
		return false
	case Started:
		if !m.starts() {
			return false
		}
	case Global:
	}
	if owner, ok := access.Value.(*python.Name); ok && (owner.Id == "self" || owner.Id == "cls") {
		return false
	}
	qualified := m.Qualified(access)
	return qualified == "" || !strings.HasPrefix(qualified, ":") && m.means(e, qualified)
}

func (m *mentioner) importMeans(e Entrance, alias *python.Alias) bool {
	switch e.Kind {
	case Member:
		return saysWord(alias.Name, e.Name)
	case Module:
		for module := asPath(alias.Name); module != "."; module = path.Dir(module) {
			if EndsAlike(module, moduleOf(e.File)) {
				return true
			}
		}
	case Global, Started:
	}
	return false
}

// importFromMeans reports whether from module import name says an entrance. The name itself is said where it is used, unless that is
// elsewhere, or under another name.
func (m *mentioner) importFromMeans(e Entrance, from *python.ImportFrom, alias *python.Alias) bool {
	switch e.Kind {
	case Member:
		return saysWord(from.Module, e.Name) || alias.Name == e.Name
	case Module:
		module := asPath(from.Module)
		if from.Level == 0 {
			return EndsAlike(module, moduleOf(e.File)) || EndsAlike(path.Join(module, alias.Name), moduleOf(e.File))
		}
		module = path.Join(Above(m.Path, from.Level), module)
		return module == moduleOf(e.File) || path.Join(module, alias.Name) == moduleOf(e.File)
	case Global, Started:
		if alias.Name != e.Name || (alias.AsName == "" || alias.AsName == e.Name) && path.Base(m.Path) != "__init__.py" {
			return false
		}
		return m.means(e, strings.TrimSuffix(strings.Repeat(".", from.Level)+from.Module, ".")+"."+alias.Name)
	}
	return false
}

func (m *mentioner) textMeans(e Entrance, text string, constant *python.Constant) bool {
	switch e.Kind {
	case Member:
		return saysWord(text, e.Name)
	case Global, Started:
		return saysWord(text, e.Name) && !m.isExport(constant) && !m.isRoute(constant)
	case Module:
	}
	for start := range Words(text, e.Name) {
		if namesModule(text, start, start+len(e.Name), moduleOf(e.File)) {
			return e.File != m.Path && (text != e.Name || m.isListed(constant))
		}
	}
	return false
}

// isListed reports whether a text, which may be any word, stands where names of modules do: in a list of them, or handed to what imports.
func (m *mentioner) isListed(constant *python.Constant) bool {
	around := m.Parent(constant)
	if keyword, ok := around.(*python.Keyword); ok {
		around = m.Parent(keyword)
	}
	switch n := around.(type) {
	case *python.List, *python.Tuple, *python.Set, *python.Assign:
		return true
	case *python.Call:
		return loading.MatchString(python.LastName(n.Func))
	}
	return false
}

// loading matches the names of what imports modules by their names.
var loading = pattern.New(`(?i)import|discover|include|load|module`)

// isRoute reports whether a text is the pattern or the name of a route: what Django calls there stands beside it.
func (m *mentioner) isRoute(constant *python.Constant) bool {
	around := m.Parent(constant)
	keyword, isKeyword := around.(*python.Keyword)
	if isKeyword {
		around = m.Parent(keyword)
	}
	call, ok := around.(*python.Call)
	if !ok {
		return false
	}
	switch python.LastName(call.Func) {
	case "path", "re_path", "url":
		return isKeyword && keyword.Name == "name" || !isKeyword && call.Args[0] == python.Expr(constant)
	}
	return false
}

// isExport reports whether a text stands in __all__, which says what a module has, and not who uses it.
func (f *File) isExport(constant *python.Constant) bool {
	switch stmt := f.Statement(constant).(type) {
	case *python.Assign:
		return python.LastName(stmt.Targets[0]) == "__all__"
	case *python.AugAssign:
		return python.LastName(stmt.Target) == "__all__"
	}
	return false
}

// namesModule reports whether a word of a text may name a module, whose path is given without the extension: "emails", "shop.emails",
// "shop.emails.send", "%s.emails", "shop/emails.py".
func namesModule(text string, start, end int, module string) bool {
	first, last := start, end
	for first > 0 && (isWord(text[first-1]) || text[first-1] == '.') {
		first--
	}
	for last < len(text) && (isWord(text[last]) || text[last] == '.') {
		last++
	}
	switch dotted := text[first:end]; {
	case first > 0 && text[first-1] == '/', last < len(text) && text[last] == '/':
		return text[end:last] == ".py"
	case first == start && last == end:
		return first == 0 && last == len(text)
	case dotted[0] == '.', first > 0 && (text[first-1] == '%' || text[first-1] == '}'):
		return true
	default:
		return EndsAlike(asPath(dotted), module)
	}
}

// Above returns the folder that a relative import with so many dots starts from.
func Above(file string, level int) string {
	for range level {
		file = path.Dir(file)
	}
	return file
}

// EndsAlike reports whether one of two paths is the other's end: a module has as many names as there are folders that may be on the
// search path, those above the repository among them.
func EndsAlike(a, b string) bool { return endsInPath(a, b) || endsInPath(b, a) }

func endsInPath(path, end string) bool {
	return strings.HasSuffix(path, end) && (len(path) == len(end) || path[len(path)-len(end)-1] == '/')
}

// Words yields the offsets at which a text has a word.
func Words(text, word string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := 0; ; {
			i := strings.Index(text[at:], word)
			if i < 0 {
				return
			}
			start := at + i
			at = start + len(word)
			if (start == 0 || !isWord(text[start-1])) && (at == len(text) || !isWord(text[at])) && !yield(start) {
				return
			}
		}
	}
}

// saysWord reports whether a text has a word, but in an example that doctest runs: a test is nobody's use.
func saysWord(text, word string) bool {
	for start := range Words(text, word) {
		if !InDoctest(text[:start]) {
			return true
		}
	}
	return false
}

// InDoctest reports whether what follows a text stands on a line of an example that doctest runs.
func InDoctest(before string) bool {
	line := strings.TrimLeft(before[strings.LastIndexByte(before, '\n')+1:], " \t")
	return strings.HasPrefix(line, ">>> ") || strings.HasPrefix(line, "... ")
}

// isWord reports whether a byte may be part of a name; all beyond ASCII may.
func isWord(char byte) bool {
	return 'a' <= char && char <= 'z' || 'A' <= char && char <= 'Z' || '0' <= char && char <= '9' || char == '_' || char >= 0x80
}

func asPath(dotted string) string { return strings.ReplaceAll(dotted, ".", "/") }

// moduleOf returns a file's path as that of a module.
func moduleOf(file string) string { return strings.TrimSuffix(file, ".py") }
