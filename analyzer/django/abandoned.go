package django

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// foreign matches the names of folders that hold other people's code beside the project's own.
var foreign = pattern.New(`(?i)^(vendor(ed)?|third[-_]?party|externals?|bower_components)([-_]\w+)?$`)

// Foreign reports whether the file is other people's code, which the project only carries, by a folder on its path.
func (f *File) Foreign() bool { return slices.ContainsFunc(f.folders, foreign.MatchString) }

// discarded matches the names of folders that hold code which a project is done with. What is called an archive may be an application
// that keeps one, whose folder begins with no capital letter; what is called deprecated or legacy may be in use.
var discarded = pattern.New(`(?i)^_*(old|obsolete|unused|retired|attic|graveyard|legacy[-_ ]backups?|` +
	`(old|obsolete|unused|retired|archived?|deprecated)[-_ ](apps?|backups?|code|files|modules?|projects?|scripts?|stuff|versions?))_*$|` +
	`^(?-i:_+archived?|A(rchived?|RCHIVED?))$`)

// superseded matches the names of modules that are kept beside what took their place: production_old.py.
var superseded = pattern.New(`(?i)[a-z][-_.](old|bak|backup|deprecated|obsolete|unused)\.py$`)

// outdated matches what a module says of itself that nobody is to use any more.
var outdated = pattern.New(`(?i)^\W*(deprecated|obsolete)\b|\bthis (module|command|script|file|migration) (is|was|has been) (now )?(deprecated|obsolete)\b`)

// Discarded reports whether the file is code that the project is done with, by its name, by a folder on its path, or by what it says of
// itself.
func (f *File) Discarded() bool {
	return slices.ContainsFunc(f.folders, discarded.MatchString) || superseded.MatchString(f.Path) || outdated.MatchString(docstring(f.Body()))
}

// unfit matches what a module says of itself that is not made for production, as copies of Django's own view of static files do.
var unfit = pattern.New(`(?i)\b(not|never)\s+(to\s+)?be\s+used\s+in\s+(a\s+)?production\b`)

// ForDevelopment reports whether the file says of itself that production is not to use it.
func (f *File) ForDevelopment() bool { return unfit.MatchString(docstring(f.Body())) }

// Abandoned reports whether nobody runs a function any more, as far as its file tells: nobody calls it, or it uses what nothing
// defines or imports, so that it cannot run.
func (f *File) Abandoned(fn *names.Function) bool {
	return once(f.rows.abandoned, fn, false, func() bool { return f.Uncalled(fn) || f.lacksNames(fn) })
}

// Uncalled reports whether nobody calls a function any more, as far as its file tells: it says that it is deprecated or not used,
// what registered it is commented out, or it is there for this file alone, and nothing names it.
func (f *File) Uncalled(fn *names.Function) bool {
	return once(f.rows.uncalled, fn, false, func() bool {
		return (saysDeprecated(fn) || f.isRetired(fn, fn.Decorators) || f.isSwitchedOff(fn) || f.isForThisFile(fn)) && len(f.References(fn)) == 0 ||
			fn.Class != nil && f.isRetired(fn.Class, fn.Class.Decorators) && !f.isNamed(fn.Class)
	})
}

// isNamed reports whether the file names a class of its own.
func (f *File) isNamed(class *names.Class) bool {
	binding := class.Scope.Parent.Lookup(class.Name)
	return binding == nil || len(binding.Uses) > 0
}

// UncalledAt reports whether the code at an offset belongs to a function that nobody calls any more, or to one within it.
func (f *File) UncalledAt(offset int32) bool {
	for fn := range f.around(offset) {
		if f.Uncalled(fn) {
			return true
		}
	}
	return false
}

// around returns the functions that an offset stands in, the innermost first.
func (f *File) around(offset int32) iter.Seq[*names.Function] {
	return func(yield func(*names.Function) bool) {
		behind, _ := slices.BinarySearchFunc(f.Functions, offset+1, func(fn *names.Function, offset int32) int {
			return cmp.Compare(fn.Range().Start, offset)
		})
		if behind == 0 {
			return
		}
		// What stands around the offset also stands around the start of the last function in front of it.
		for fn := f.Functions[behind-1]; fn != nil; fn = fn.Parent {
			if offset < fn.Range().End && !yield(fn) {
				return
			}
		}
	}
}

// commentsAbove returns the comments that end in front of an offset.
func (f *File) commentsAbove(offset int32) []python.Comment {
	behind, _ := slices.BinarySearchFunc(f.Comments, offset+1, func(c python.Comment, offset int32) int {
		return cmp.Compare(c.End, offset)
	})
	return f.Comments[:behind]
}

// standsRightAbove reports whether a comment has the line above an offset to itself.
func (f *File) standsRightAbove(c python.Comment, offset int32) bool {
	between := f.Source[c.End:offset]
	return c.OwnLine && strings.TrimSpace(between) == "" && strings.Count(between, "\n") == 1
}

// retired matches a comment that says that what stands below it is not used.
var retired = pattern.New(`(?i)\b(deprecated|obsolete|dead code|unused)\b|\b(not|no longer|never) (used|called|in use)\b|\bnot use\b.* any ?more\b`)

// isRetired reports whether a comment right above a function or a class, with its decorators, says that it is not used.
func (f *File) isRetired(definition python.Node, decorators []python.Expr) bool {
	above := definition.Range().Start
	if len(decorators) > 0 {
		above = decorators[0].Range().Start - int32(len("@"))
	}
	for _, c := range slices.Backward(f.commentsAbove(above)) {
		if !f.standsRightAbove(c, above) {
			return false
		}
		if retired.MatchString(f.Source[c.Start:c.End]) {
			return true
		}
		above = c.Start
	}
	return false
}

// isForThisFile reports whether only the file itself can be meant to call a function: one within another, that of a migration, and
// one with a name that says so.
func (f *File) isForThisFile(fn *names.Function) bool {
	if fn.Class != nil || len(fn.Decorators) > 0 {
		return false
	}
	return fn.Parent != nil || strings.HasPrefix(fn.Name, "_") || f.isMigration() && f.Module.Lookup("Migration") != nil
}

// switchedOff matches a comment that has been a decorator.
var switchedOff = pattern.New(`^#+ *@[A-Za-z_][\w.]*(\(.*\))?$`)

// isSwitchedOff reports whether a decorator of a function is commented out on the line above it.
func (f *File) isSwitchedOff(fn *names.Function) bool {
	start := fn.Range().Start
	above := f.commentsAbove(start)
	if len(above) == 0 {
		return false
	}
	c := above[len(above)-1]
	return f.standsRightAbove(c, start) && switchedOff.MatchString(strings.TrimSpace(f.Source[c.Start:c.End]))
}

func saysDeprecated(fn *names.Function) bool {
	return strings.Contains(strings.ToLower(docstring(fn.Body)), "deprecated")
}

// docstring returns what a module or a function says of itself, or nothing.
func docstring(body []python.Stmt) string {
	if len(body) == 0 {
		return ""
	}
	stmt, ok := body[0].(*python.ExprStmt)
	if !ok {
		return ""
	}
	constant, ok := stmt.Value.(*python.Constant)
	if !ok {
		return ""
	}
	text, _ := constant.Str()
	return text
}

// builtinClass matches the builtins that are named as classes are, those of Python 2 among them.
var builtinClass = pattern.New(`(Error|Exception|Warning|Iteration|Exit|Interrupt|Group)$|^(Ellipsis|NotImplemented)$`)

// builtinCalls are the builtin functions that the names of a file do not know, those of Python 2 among them.
var builtinCalls = map[string]bool{
	"aiter": true, "anext": true, "apply": true, "ascii": true, "basestring": true, "bin": true, "buffer": true, "chr": true, "cmp": true,
	"coerce": true, "compile": true, "complex": true, "copyright": true, "credits": true, "divmod": true, "eval": true, "exec": true,
	"execfile": true, "exit": true, "file": true, "help": true, "hex": true, "input": true, "intern": true, "license": true, "long": true,
	"oct": true, "ord": true, "pow": true, "quit": true, "raw_input": true, "reduce": true, "reload": true, "unichr": true,
	"unicode": true, "xrange": true, "_": true, "gettext": true, "ngettext": true, "WindowsError": true,
}

// lacksNames reports whether a function uses a class that the file does not know or, in a command or a migration, which are whole
// programs and no excerpts, calls a function. What a star imports may be anything, and so may be what is put among the globals.
func (f *File) lacksNames(fn *names.Function) bool {
	whole := strings.Contains(f.Path, "management/commands/") || f.isMigration()
	for node := range f.Own(fn) {
		lacks := false
		switch n := node.(type) {
		case *python.Name:
			lacks = isClassName(n.Id) && f.isUnknown(n)
		case *python.Call:
			called, ok := n.Func.(*python.Name)
			lacks = ok && whole && f.isUnknown(called) && !builtinCalls[called.Id] && !strings.HasPrefix(called.Id, "__")
		}
		if lacks {
			return !f.takesAnyName()
		}
	}
	return false
}

// isUnknown reports whether a name is one that neither the file nor Python has.
func (f *File) isUnknown(name *python.Name) bool {
	return f.Binding(name) == nil && f.Builtin(name) == "" && !builtinClass.MatchString(name.Id)
}

// takesAnyName reports whether names come into the module that its source does not show.
func (f *File) takesAnyName() bool {
	return len(f.StarImports) > 0 || slices.ContainsFunc(f.Calls, func(call *python.Call) bool {
		name := f.Builtin(call.Func)
		return name == "globals" || name == "vars" && len(call.Args) == 0 || python.LastName(call.Func) == "exec"
	})
}
