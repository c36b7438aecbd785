// Package resourcenotclosed reports files and pools that a function opens and never closes.
package resourcenotclosed

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed doc.md
var doc string

// Rule reports what a function opens, keeps to itself and never closes.
var Rule = &analyzer.Rule{
	Name:       "resource-not-closed",
	Doc:        doc,
	Severity:   analyzer.Low,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Stable,
	Files:      selection.Code | selection.Migration,
	Triggers:   []string{"open(", "Pool", "ZipFile", "mkstemp"},
	Run:        run,
}

// A resource is what a call opens.
type resource struct {
	what string
	// closing are the methods that let go of it.
	closing []string
}

var resources = map[string]resource{
	"builtins.open":                   {"file", []string{"close"}},
	"io.open":                         {"file", []string{"close"}},
	"codecs.open":                     {"file", []string{"close"}},
	"gzip.open":                       {"file", []string{"close"}},
	"bz2.open":                        {"file", []string{"close"}},
	"lzma.open":                       {"file", []string{"close"}},
	"tarfile.open":                    {archive, []string{"close"}},
	"zipfile.ZipFile":                 {archive, []string{"close"}},
	"multiprocessing.Pool":            {"pool of processes", []string{"close", "terminate"}},
	"multiprocessing.pool.Pool":       {"pool of processes", []string{"close", "terminate"}},
	"multiprocessing.pool.ThreadPool": {"pool of threads", []string{"close", "terminate"}},
	"tempfile.mkstemp":                {descriptor, nil},
}

func run(pass *analyzer.Pass) {
	tool := pass.IsTool()
	found := map[*names.Function]*analyzer.Diagnostic{}
	var order []*names.Function
	more := map[*names.Function]int{}
	told := map[*names.Function]bool{}
	add := func(fn *names.Function, d analyzer.Diagnostic) {
		d.Preview = d.Preview || !pass.RunsAgain(fn)
		switch first := found[fn]; {
		case first == nil:
			found[fn], order = &d, append(order, fn)
		case first.Preview && !d.Preview:
			found[fn] = &d
		case !d.Preview:
			more[fn]++
		}
	}
	for _, call := range pass.Calls {
		opened, ok := open(pass, call)
		fn := pass.FunctionAt(call)
		if !ok || fn == nil || tool && pass.Context(fn) != django.MigrationContext || !pass.RunsAgain(fn) && !runsForProject(pass, fn) ||
			pass.Abandoned(fn) || atHome(pass, fn) {
			continue
		}
		if opened.what == descriptor {
			if isLost(pass, fn, call, opened) {
				add(fn, lost(pass, fn, call))
			}
			continue
		}
		stmt, ok := pass.Parent(call).(*python.Assign)
		if !ok || len(stmt.Targets) != 1 {
			if !told[fn] {
				// Of what ends soon, one is enough.
				told[fn] = reportUnnamed(pass, fn, call, opened) && !pass.RunsAgain(fn)
			}
			continue
		}
		name, ok := stmt.Targets[0].(*python.Name)
		if !ok || pass.DevelopersTool(call) || inMemory(pass, call) || leaves(pass, fn, stmt, name, opened) {
			continue
		}
		add(fn, analyzer.Diagnostic{
			Span:    stmt.Range(),
			Message: fn.QualifiedName + " opens the " + opened.what + " `" + name.Id + "` with each call and never closes it",
			Remedy:  "with " + oneLine(pass, call) + " as " + name.Id + ":\n    ...\n",
			Preview: opened.what == archive && !isPath(pass, call),
		})
	}
	for _, fn := range order {
		d := *found[fn]
		if n := more[fn]; n > 0 {
			// One function is one place to change.
			d.Message += ", nor " + strconv.Itoa(n) + " more"
		}
		pass.Report(d)
	}
}

// runsForProject reports whether a function belongs to a command or a migration. What it leaves open stays so until its process ends, at
// the latest.
func runsForProject(pass *analyzer.Pass, fn *names.Function) bool {
	context := pass.Context(fn)
	return (context == django.CommandContext || context == django.MigrationContext) && !pass.DevelopersTool(fn.FunctionDef)
}

// home matches a path into somebody's own folder.
var home = pattern.New(`^(/Users/|/home/|~/|[A-Z]:[\\/]Users[\\/])\w`)

// atHome reports whether a parameter of a function defaults to a path in somebody's own folder: that person runs it by hand.
func atHome(pass *analyzer.Pass, fn *names.Function) bool {
	return slices.ContainsFunc(fn.Params(), func(param *python.Arg) bool {
		fallback := fn.Default(param.Name)
		if fallback == nil {
			return false
		}
		constant, ok := pass.Deref(fallback).(*python.Constant)
		if !ok {
			return false
		}
		text, _ := constant.Str()
		return home.MatchString(text)
	})
}

// archive is what an archive is called.
const archive = "archive"

// pathWord matches the names of what leads to a file, rather than being one.
var pathWord = pattern.New(`(?i)(^|_)(paths?|file_?paths?|file_?names?|fn|fname|filename|location|dest|destination|target|abspath|dir|directory)$|(path|filename)$`)

// isPath reports whether an archive is opened by a path. What is given may be a file object as well, which the archive leaves open
// when it is closed: there is nothing to let go of.
func isPath(pass *analyzer.Pass, call *python.Call) bool {
	if pass.Qualified(call.Func) == "tarfile.open" && names.Keyword(call, "fileobj") != nil {
		return false
	}
	if len(call.Args) == 0 {
		return false
	}
	switch arg := pass.Deref(call.Args[0]).(type) {
	case *python.Constant, *python.JoinedStr, *python.BinOp:
		return true
	case *python.Name:
		return pathWord.MatchString(arg.Id)
	case *python.Attribute:
		return pathWord.MatchString(arg.Attr) || pass.Qualified(arg) != ""
	case *python.Call:
		if name := python.LastName(arg.Func); pathWord.MatchString(name) || name == "format" || name == "str" {
			return true
		}
		switch pass.Qualified(arg.Func) {
		case "os.path.join", "os.path.abspath", "pathlib.Path":
			return true
		}
	}
	return false
}

// open returns what a call opens, itself or through a function of this file that returns nothing else.
func open(pass *analyzer.Pass, call *python.Call) (resource, bool) {
	if opened, ok := resources[pass.Qualified(call.Func)]; ok {
		return opened, true
	}
	if file := pass.FileObject(call); file != nil && file.Expr == python.Expr(call) && file.Kind == django.StoredFile {
		return resource{"stored file", []string{"close"}}, true
	}
	fn := pass.FunctionOf(call.Func)
	if fn == nil {
		return resource{}, false
	}
	values, generator := fn.Results()
	var opened resource
	for _, value := range values {
		made, ok := value.(*python.Call)
		if !ok {
			return resource{}, false
		}
		if opened, ok = resources[pass.Qualified(made.Func)]; !ok {
			return resource{}, false
		}
	}
	return opened, len(values) > 0 && !generator && len(fn.Decorators) == 0
}

// inMemory reports whether an archive or a compressed file is read from a buffer or a file that is looked after itself, so that there is
// nothing to close.
func inMemory(pass *analyzer.Pass, call *python.Call) bool {
	if len(call.Args) == 0 {
		return false
	}
	if name, ok := call.Args[0].(*python.Name); ok {
		for _, def := range pass.Reaching(name) {
			if def.Kind == names.Managed || isBuffer(pass, def.Value) || def.Kind == names.Parameter && compressed[pass.Qualified(call.Func)] && !isPath(pass, call) {
				return true
			}
		}
	}
	// An archive leaves a file that it is given open.
	return isBuffer(pass, call.Args[0]) || pass.FileObject(call.Args[0]) != nil || pass.IsUpload(call.Args[0])
}

// compressed open what they are given by its path, or read a file that somebody else has opened.
var compressed = map[string]bool{"gzip.open": true, "bz2.open": true, "lzma.open": true}

func isBuffer(pass *analyzer.Pass, expr python.Expr) bool {
	call, ok := expr.(*python.Call)
	return ok && strings.HasSuffix(pass.Qualified(call.Func), "BytesIO")
}

func oneLine(pass *analyzer.Pass, call *python.Call) string {
	if pass.Text(call) != "" && len(pass.Text(call)) < 60 {
		return pass.Text(call)
	}
	return pass.Text(call.Func) + "(...)"
}

// leaves reports whether something closes what a name stands for, or hands it to somebody else who may.
func leaves(pass *analyzer.Pass, fn *names.Function, opening *python.Assign, name *python.Name, opened resource) bool {
	binding := pass.Binding(name)
	if binding == nil || binding.Scope != fn.Scope {
		return true
	}
	for _, use := range binding.Uses {
		if pass.FunctionAt(use) != fn {
			return true
		}
		if !slices.ContainsFunc(pass.Reaching(use), func(def names.Definition) bool { return def.Node == python.Node(opening) }) {
			continue // What it stands for here was not opened here.
		}
		switch parent := pass.Parent(use).(type) {
		case *python.Attribute:
			if parent.Attr == "fileno" || slices.Contains(opened.closing, parent.Attr) {
				return true
			}
		case *python.For, *python.Comprehension:
		case *python.Call:
			if !borrows(pass, parent) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// borrowing are functions that read or write a file and hand back something that does not hold it.
var borrowing = map[string]bool{
	"json.load": true, "json.dump": true, "yaml.load": true, "yaml.safe_load": true, "yaml.dump": true, "pickle.load": true,
	"pickle.dump": true, "shutil.copyfileobj": true, "builtins.list": true, "builtins.sorted": true, "builtins.print": true,
	"builtins.sum": true, "builtins.len": true, "builtins.set": true, "builtins.enumerate": true, "toml.load": true,
	"tomllib.load": true, "csv.reader": true, "csv.DictReader": true, "csv.writer": true, "csv.DictWriter": true,
	"configparser.ConfigParser": true, "os.write": true, "os.read": true, "os.fsync": true, "os.fchmod": true,
}

func borrows(pass *analyzer.Pass, call *python.Call) bool {
	return borrowing[pass.Qualified(call.Func)]
}
