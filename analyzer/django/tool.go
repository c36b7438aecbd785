package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// tool matches the names of what developers run on their own machines: seed, fake_orders, createfixtures, simulation, and of what
// empties the database of one, or of a project that nobody uses yet: reset_db, wipe_all_data.
var tool = pattern.New(`(?i)(^|[_.-])(seed|seeds|seeder|fake|demo|dummy|dev|\w*fixtures?|examples?|simulat\w*|benchmarks?|scratch|load_?test\w*|stress\w*|test_?(data|system)\w*|debug|sandbox|playground|random|tests?|testing)([_.-]|$)|` +
	`(^|_)(reset|wipe)_?((all|operational|transactional)_?)?(data|database|db)(\.|$)`)

// DevelopersTool reports whether a node stands in what a developer runs on a machine with few rows, by the names on the
// file's path and of the function, by what the command says of itself, or as it stops in a debugger or
// gives all users a password that stands in the code.
func (f *File) DevelopersTool(node python.Node) bool {
	if f.inDevelopment(node) {
		return true
	}
	if fn := f.FunctionAt(node); fn != nil && (tool.MatchString(fn.Name) || f.saysDevelopment(fn) || f.debugs(fn) || f.revealsPasswords(fn)) {
		return true
	}
	return f.inPackage("development") || f.makesTestData() || f.lifetimes.toolPath.of(func() bool {
		return slices.ContainsFunc(strings.Split(f.Path, "/"), tool.MatchString)
	})
}

// testData matches the modules that make objects for tests.
var testData = pattern.New(`^(faker|factory|mimesis|model_mommy|model_bakery)(\.|$)|(^|\.)(tests|factories)(\.|$)`)

// hides matches the paths of modules that put invented names into the rows of a copy of the real database.
var hides = pattern.New(`(?i)anonymi|pseudonymi|scrub|obfuscat`)

// makesTestData reports whether the file imports what makes objects for tests: faker, a project's own factories.
func (f *File) makesTestData() bool {
	return f.lifetimes.testData.of(func() bool {
		return f.importsModule(testData.MatchString) && !hides.MatchString(f.Path)
	})
}

// purpose matches what the help text of a command says that fills or arranges developers' databases.
var purpose = pattern.New(`(?i)\b(development|dev|local|test|dummy|fake|sample|demo|mock) (data|database|db|environment|users?)\b|\bdevelopment_\w+|\bfixtures?\b|` +
	`\b(generate|create|populate|seed|insert|add|load)s? (some )?(test|dummy|fake|sample|demo|mock|random)\b`)

// saysDevelopment reports whether the help text of the command that a function belongs to says that it is for development.
func (f *File) saysDevelopment(fn *names.Function) bool {
	return fn.Class != nil && slices.ContainsFunc(fn.Class.Body, func(stmt python.Stmt) bool {
		name, value := names.Assignment(stmt)
		return name == "help" && value != nil && purpose.MatchString(f.Text(value))
	})
}

// debugs reports whether a function stops in a debugger, or the command that it belongs to does.
func (f *File) debugs(fn *names.Function) bool {
	return slices.ContainsFunc(f.Calls, func(call *python.Call) bool {
		if name := python.LastName(call.Func); name != "breakpoint" && name != "set_trace" {
			return false
		}
		switch f.Qualified(call.Func) {
		case "builtins.breakpoint", "pdb.set_trace", "ipdb.set_trace", "pudb.set_trace":
			at := f.FunctionAt(call)
			return at == fn || at != nil && fn.Class != nil && at == fn.Class.Method("handle")
		}
		return false
	})
}

// revealsPasswords reports whether a function gives each of its rows a password that stands in the code.
func (f *File) revealsPasswords(fn *names.Function) bool {
	return slices.ContainsFunc(f.Calls, func(call *python.Call) bool {
		access, ok := call.Func.(*python.Attribute)
		if !ok || access.Attr != "set_password" || len(call.Args) != 1 || f.FunctionAt(call) != fn {
			return false
		}
		row, ok := access.Value.(*python.Name)
		if !ok || !slices.ContainsFunc(f.Reaching(row), func(def names.Definition) bool { return def.Kind == names.Looped }) {
			return false
		}
		constant, ok := call.Args[0].(*python.Constant)
		return ok && constant.Kind == python.Str
	})
}

// development matches the names of settings that are on where developers work.
var development = pattern.New(`(^|_)(DEBUG|LOCAL|DEV|DEVELOPMENT|TEST|TESTING)(_|$)`)

// inDevelopment reports whether a node stands in a branch for developers' machines, if settings.DEBUG, or behind what leaves all others:
// if not settings.DEBUG: raise Http404.
func (f *File) inDevelopment(node python.Node) bool {
	for branch, holds := range f.Branches(node) {
		test := branch.Test
		if not, ok := test.(*python.UnaryOp); ok && not.Op == python.Not {
			test, holds = not.Operand, !holds
		}
		if holds && f.asksForDevelopment(test) {
			return true
		}
	}
	for stmt := f.Statement(node); stmt != nil; stmt = f.Statement(f.Parent(stmt)) {
		switch stmt.(type) {
		case *python.FunctionDef, *python.ClassDef:
			return false
		}
		for _, before := range f.Block(stmt) {
			if before == stmt {
				break
			}
			if f.leavesProduction(before) {
				return true
			}
		}
	}
	return false
}

// leavesProduction reports whether a statement ends the function on all but developers' machines.
func (f *File) leavesProduction(stmt python.Stmt) bool {
	guard, ok := stmt.(*python.If)
	if !ok || !leaves(guard.Body) {
		return false
	}
	not, ok := guard.Test.(*python.UnaryOp)
	return ok && not.Op == python.Not && f.asksForDevelopment(not.Operand)
}

// leaves reports whether statements end the function.
func leaves(body []python.Stmt) bool {
	if len(body) == 0 { // What does not parse may lack one.
		return false
	}
	switch body[len(body)-1].(type) {
	case *python.Raise, *python.Return:
		return true
	}
	return false
}

// stages are what developers' machines call themselves.
var stages = map[string]bool{"test": true, "testing": true, "dev": true, "development": true, "local": true}

// eager matches what tells that tasks run where they are sent, without a worker.
var eager = pattern.New(`(?i)^(is_eager|(celery_)?(task_)?always_eager)$`)

// asksForDevelopment reports whether a test holds on developers' machines alone: settings.DEBUG, os.environ["STAGE"] == "test",
// "runserver" in sys.argv, settings.CELERY_TASK_ALWAYS_EAGER, queue.is_eager().
func (f *File) asksForDevelopment(test python.Expr) bool {
	switch t := test.(type) {
	case *python.Attribute:
		return python.LastName(t.Value) == "settings" && development.MatchString(t.Attr) || eager.MatchString(t.Attr)
	case *python.Call:
		return eager.MatchString(python.LastName(t.Func)) || f.Builtin(t.Func) == "getattr" && len(t.Args) > 1 && f.asksEagerly(t.Args[1])
	case *python.BoolOp:
		if t.Op == python.Or {
			return !slices.ContainsFunc(t.Values, func(value python.Expr) bool { return !f.asksForDevelopment(value) })
		}
		return slices.ContainsFunc(t.Values, f.asksForDevelopment)
	case *python.Compare:
		if t.Ops[0] == python.In {
			return f.asksForCommand(t)
		}
		constant, ok := t.Comparators[0].(*python.Constant)
		if !ok || t.Ops[0] != python.Eq {
			return false
		}
		text, _ := constant.Str()
		asked := f.Text(t.Left)
		return stages[strings.ToLower(text)] && (strings.Contains(asked, "environ") || strings.Contains(asked, "getenv") || strings.HasPrefix(asked, "settings."))
	}
	return false
}

// asksEagerly reports whether the name of a setting is one that tells that tasks run where they are sent.
func (f *File) asksEagerly(name python.Expr) bool {
	constant, ok := name.(*python.Constant)
	if !ok {
		return false
	}
	text, _ := constant.Str()
	return eager.MatchString(text)
}

// asksForCommand reports whether a test holds where a developer has started manage.py: "test" in sys.argv.
func (f *File) asksForCommand(test *python.Compare) bool {
	constant, ok := test.Left.(*python.Constant)
	if !ok || f.Qualified(test.Comparators[0]) != "sys.argv" {
		return false
	}
	command, _ := constant.Str()
	return command == "test" || command == "runserver"
}

// staffPart matches the parts of a path where code for those stands who run the project.
var staffPart = pattern.New(`(?i)^(admin\w*|staff|backoffice|back_office|management|moderat\w*)(\.py)?$`)

// permission matches the decorators that let only some users in.
var permission = pattern.New(`(?i)permission|staff|superuser|admin`)

// ForStaff reports whether a node stands in what only those use who run the project, by the file's path, the class, and whom the function
// turns away.
func (f *File) ForStaff(node python.Node) bool {
	if fn := f.FunctionAt(node); fn != nil {
		if slices.ContainsFunc(fn.Decorators, f.lets) || slices.ContainsFunc(fn.Body, f.turnsAway) {
			return true
		}
		if class := fn.Class; class != nil && (strings.HasSuffix(class.Name, "Admin") || f.isPermitted(class)) {
			return true
		}
	}
	return slices.ContainsFunc(strings.Split(f.Path, "/"), staffPart.MatchString)
}

// staffFlag matches the attributes that Django gives to those who run a project.
var staffFlag = pattern.New(`\bis_(staff|superuser)\b`)

// turnsAway reports whether a statement turns away who does not run the project: if not request.user.is_superuser: raise.
func (f *File) turnsAway(stmt python.Stmt) bool {
	guard, ok := stmt.(*python.If)
	if !ok || !leaves(guard.Body) {
		return false
	}
	found := false
	python.Walk(guard.Test, func(node python.Node) bool {
		not, ok := node.(*python.UnaryOp)
		found = found || ok && not.Op == python.Not && staffFlag.MatchString(f.Text(not.Operand))
		return !found
	})
	return found
}

var (
	// runners matches the names of those who run a project.
	runners = pattern.New(`(?i)staff|superuser|admin`)
	// demanded matches the attributes of views that name the permissions which they ask for.
	demanded = pattern.New(`^((user|required)_permissions?|permissions?_required)$`)
)

// isPermitted reports whether only some users get to a class, by its decorators, its bases, or the permissions that it names.
func (f *File) isPermitted(class *names.Class) bool {
	if slices.ContainsFunc(class.Decorators, f.lets) {
		return true
	}
	if slices.ContainsFunc(class.Bases, func(base python.Expr) bool { return runners.MatchString(python.LastName(base)) }) {
		return true
	}
	return slices.ContainsFunc(class.Body, func(stmt python.Stmt) bool {
		name, value := names.Assignment(stmt)
		return demanded.MatchString(name) || name == "permission_classes" && value != nil && runners.MatchString(f.Text(value))
	})
}

// lets reports whether a decorator lets only some users in: permission_required, or by what it is given user_passes_test,
// method_decorator, and permission_classes and action of Django REST framework.
func (f *File) lets(decorator python.Expr) bool {
	call, ok := decorator.(*python.Call)
	if !ok {
		return permission.MatchString(python.LastName(decorator))
	}
	switch name := python.LastName(call.Func); name {
	case "user_passes_test", "method_decorator":
		return len(call.Args) > 0 && permission.MatchString(f.Text(call.Args[0]))
	case "permission_classes":
		return len(call.Args) > 0 && runners.MatchString(f.Text(call.Args[0]))
	case "action":
		return slices.ContainsFunc(call.Keywords, func(keyword *python.Keyword) bool {
			return keyword.Name == "permission_classes" && runners.MatchString(f.Text(keyword.Value))
		})
	default:
		return permission.MatchString(name)
	}
}

// InScripts reports whether the file stands among scripts, which people run by hand.
func (f *File) InScripts() bool { return strings.Contains("/"+f.Path, "/scripts/") }

// InMigration reports whether a node belongs to a migration, which each deployment runs once, or to a module beside them.
func (f *File) InMigration(node python.Node) bool {
	return f.ContextAt(node) == MigrationContext || f.isMigration()
}

// isMigration reports whether the file stands among migrations.
func (f *File) isMigration() bool { return strings.Contains(f.Path, "migrations/") }

// IsSquashed reports whether the file is a migration that replaces others, or did until they were deleted: squashmigrations names it so.
// Where there are rows, those have run and it never does. Source: https://docs.djangoproject.com/en/5.2/topics/migrations/#squashing-migrations
func (f *File) IsSquashed() bool {
	return f.isMigration() && (strings.Contains(f.Path, "_squashed_") || slices.ContainsFunc(f.Classes, func(class *names.Class) bool {
		return slices.ContainsFunc(class.Body, func(stmt python.Stmt) bool {
			name, value := names.Assignment(stmt)
			replaced, ok := value.(*python.List)
			return name == "replaces" && ok && len(replaced.Elts) > 0
		})
	}))
}

// Reverses reports whether a node stands in the function with which a migration is undone, for which no deployment waits. South, which
// Django's migrations come from, knew it by its name.
func (f *File) Reverses(node python.Node) bool {
	fn := f.FunctionAt(node)
	if fn == nil || f.Context(fn) != MigrationContext {
		return false
	}
	if fn.Class != nil && fn.Name == "backwards" {
		return true
	}
	back, forth := false, false
	for _, call := range f.Calls {
		if python.LastName(call.Func) != "RunPython" {
			continue
		}
		forth = forth || len(call.Args) > 0 && python.LastName(call.Args[0]) == fn.Name
		back = back || len(call.Args) > 1 && python.LastName(call.Args[1]) == fn.Name
		for _, keyword := range call.Keywords {
			forth = forth || keyword.Name == "code" && python.LastName(keyword.Value) == fn.Name
			back = back || keyword.Name == "reverse_code" && python.LastName(keyword.Value) == fn.Name
		}
	}
	return back && !forth
}
