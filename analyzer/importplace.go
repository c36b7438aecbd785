package analyzer

import (
	"cmp"
	"path"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// importEdit returns the edit that imports a name of a module at its place.
func (p *Pass) importEdit(module, name string) TextEdit {
	for stmt := range p.importStatements() {
		if from, ok := stmt.(*python.ImportFrom); ok && from.Level == 0 && from.Module == module {
			if edit, ok := p.extendImport(from, name); ok {
				return edit
			}
		}
	}
	line := "from " + module + " import " + name + "\n"
	if edit, ok := p.besideRelatives(module, line); ok {
		return edit
	}
	return p.inGroup(module, line)
}

// importColumns is how long a line may become by one more name: what black, and isort in its profile, allow.
const importColumns = 88

// extendImport puts one more name into an import of the same module: on its line, or on a line of its own where each name
// has one.
func (p *Pass) extendImport(from *python.ImportFrom, name string) (TextEdit, bool) {
	next := len(from.Names)
	for i, alias := range from.Names {
		if alias.Name == "*" {
			return TextEdit{}, false
		}
		if next == len(from.Names) && sortsBefore(name, alias.Name) {
			next = i
		}
	}
	text := p.Text(from)
	if !strings.Contains(text, "\n") {
		start, end := strings.LastIndexByte(p.Source[:from.Start], '\n')+1, int(p.nextLine(from.End))
		if strings.TrimSpace(p.Source[from.End:end]) != "" || end-start+len(", "+name) > importColumns {
			return TextEdit{}, false
		}
		if next < len(from.Names) {
			return Insert(from.Names[next].Start, name+", "), true
		}
		return Insert(from.Names[next-1].End, ", "+name), true
	}
	for i, alias := range from.Names {
		// Each name on a line of its own, with its comma.
		rest, _, _ := strings.Cut(p.Source[alias.End:from.End], "\n")
		if i > 0 && p.lineStart(alias.Start) == p.lineStart(from.Names[i-1].Start) || strings.TrimRight(rest, "\r") != "," {
			return TextEdit{}, false
		}
	}
	if next < len(from.Names) {
		at := from.Names[next].Start
		return Insert(at, name+",\n"+p.Source[p.lineStart(at):at]), true
	}
	last := from.Names[next-1]
	return Insert(p.nextLine(last.End), p.Source[p.lineStart(last.Start):last.Start]+name+",\n"), true
}

// sortsBefore orders names as isort does: constants, classes, and the rest, each without regard to case.
func sortsBefore(a, b string) bool {
	kind := func(name string) int {
		switch {
		case len(name) > 1 && strings.ToUpper(name) == name:
			return 0
		case strings.ToLower(name[:1]) != name[:1]:
			return 1
		}
		return 2
	}
	return cmp.Or(cmp.Compare(kind(a), kind(b)), cmp.Compare(strings.ToLower(a), strings.ToLower(b))) < 0
}

// besideRelatives puts a line among the imports from the same package, in the order of their modules.
func (p *Pass) besideRelatives(module, line string) (TextEdit, bool) {
	top, _, _ := strings.Cut(module, ".")
	var last python.Stmt
	for stmt := range p.importStatements() {
		other, isFrom := moduleOf(stmt)
		if otherTop, _, _ := strings.Cut(other, "."); otherTop != top {
			continue
		}
		if isFrom && other > module {
			return Insert(stmt.Range().Start, line), true
		}
		last = stmt
	}
	if last == nil {
		return TextEdit{}, false
	}
	return p.insertLine(p.nextLine(last.Range().End), line), true
}

// moduleOf returns the module that a statement imports, or imports from, empty for a relative import.
func moduleOf(stmt python.Stmt) (module string, isFrom bool) {
	switch s := stmt.(type) {
	case *python.ImportFrom:
		if s.Level == 0 {
			return s.Module, true
		}
	case *python.Import:
		return s.Names[0].Name, false
	}
	return "", false
}

// inGroup puts a line into the group of its kind, or between those that come before and after it.
func (p *Pass) inGroup(module, line string) TextEdit {
	group := p.groupOf(module)
	var last, first python.Stmt
	for stmt := range p.importStatements() {
		other, isFrom := moduleOf(stmt)
		switch otherGroup := p.groupOf(other); {
		case otherGroup == group && isFrom && other > module:
			return Insert(stmt.Range().Start, line)
		case otherGroup <= group:
			last = stmt
		case first == nil:
			first = stmt
		}
	}
	switch {
	case last != nil:
		if other, _ := moduleOf(last); p.groupOf(other) != group {
			line = "\n" + line
		}
		return p.insertLine(p.nextLine(last.Range().End), line)
	case first != nil:
		return Insert(first.Range().Start, line+"\n")
	}
	return p.importAtTop(line)
}

// importAtTop puts a line behind the docstring and the comments that head a file without imports.
func (p *Pass) importAtTop(line string) TextEdit {
	body := p.Body()
	if len(body) > 0 && isDocstring(body[0]) {
		return p.insertLine(p.nextLine(body[0].Range().End), "\n"+line)
	}
	if len(body) == 0 {
		return p.insertLine(int32(len(p.Source)), line)
	}
	// A comment right above the first statement is about that one, unless it heads the file.
	at := p.lineStart(firstStart(body[0]))
	for at > 0 {
		above := p.lineStart(at - 1)
		if !strings.HasPrefix(p.Source[above:at], "#") {
			break
		}
		at = above
	}
	if at == 0 {
		at = p.lineStart(firstStart(body[0]))
	}
	return Insert(at, line+"\n\n")
}

// insertLine inserts a line behind another, which may be the file's last and have no end.
func (p *Pass) insertLine(at int32, line string) TextEdit {
	if at > 0 && p.Source[at-1] != '\n' {
		line = "\n" + strings.TrimSuffix(line, "\n")
	}
	return Insert(at, line)
}

// lineStart returns the offset of the line that holds offset.
func (p *Pass) lineStart(offset int32) int32 {
	return int32(strings.LastIndexByte(p.Source[:offset], '\n') + 1)
}

// nextLine returns the offset of the line behind the one that holds offset.
func (p *Pass) nextLine(offset int32) int32 {
	if i := strings.IndexByte(p.Source[offset:], '\n'); i >= 0 {
		return offset + int32(i) + 1
	}
	return int32(len(p.Source))
}

// The groups of imports, in isort's default order.
const (
	future = iota
	standardLibrary
	thirdParty
	firstParty
	relativeImport
)

// groupOf returns the group of a module. What shares its first word with the path of the file is the project's own.
func (p *Pass) groupOf(module string) int {
	top, _, _ := strings.Cut(module, ".")
	switch {
	case top == "":
		return relativeImport
	case top == "__future__":
		return future
	case isStandardLibrary(top):
		return standardLibrary
	case strings.Contains("/"+path.Dir(p.Path)+"/", "/"+top+"/"):
		return firstParty
	}
	return thirdParty
}
