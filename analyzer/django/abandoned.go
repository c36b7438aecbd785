package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// foreign matches the names of folders that hold other people's code beside the project's own.
var foreign = pattern.New(`(?i)^(vendor(ed)?|third[-_]?party|externals?)([-_]\w+)?$`)

// Foreign reports whether the file is other people's code, which the project only carries, by a folder on its path.
func (f *File) Foreign() bool { return slices.ContainsFunc(f.folders, foreign.MatchString) }

// Abandoned reports whether nobody runs a function any more, as far as its file tells: it says that it is deprecated and nothing
// names it, or it uses a class that nothing defines or imports, so that it cannot run.
func (f *File) Abandoned(fn *names.Function) bool {
	return saysDeprecated(fn) && len(f.References(fn)) == 0 || f.lacksClass(fn)
}

func saysDeprecated(fn *names.Function) bool {
	if len(fn.Body) == 0 {
		return false
	}
	stmt, ok := fn.Body[0].(*python.ExprStmt)
	if !ok {
		return false
	}
	constant, ok := stmt.Value.(*python.Constant)
	if !ok {
		return false
	}
	text, _ := constant.Str()
	return strings.Contains(strings.ToLower(text), "deprecated")
}

// builtinClass matches the builtins that are named as classes are, those of Python 2 among them.
var builtinClass = pattern.New(`(Error|Exception|Warning|Iteration|Exit|Interrupt|Group)$|^(Ellipsis|NotImplemented)$`)

// lacksClass reports whether a function uses a class that the file does not know. What a star imports may be anything.
func (f *File) lacksClass(fn *names.Function) bool {
	for _, stmt := range f.Body() {
		if from, ok := stmt.(*python.ImportFrom); ok && len(from.Names) == 1 && from.Names[0].Name == "*" {
			return false
		}
	}
	for node := range f.Own(fn) {
		name, ok := node.(*python.Name)
		if ok && f.Binding(name) == nil && f.Builtin(name) == "" && isClassName(name.Id) && name.Id != strings.ToUpper(name.Id) &&
			!builtinClass.MatchString(name.Id) {
			return true
		}
	}
	return false
}
