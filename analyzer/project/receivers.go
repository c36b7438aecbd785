package project

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// receivers gather which models' deletion signals somebody waits for, and what imports the modules of those who do.
type receivers struct {
	list []receiver
	// imported are the modules of receivers that some file names, up to and with the first part that is one of homes.
	imported []string
	// apps are the folders of the applications whose configurations tell on their own what they import.
	apps []string
}

// A receiver waits for the deletion of a model's rows, or of any model's.
type receiver struct{ model, file string }

// homes are the modules and packages in which receivers stand, which nothing loads unless it is told to.
var homes = []string{"signals", "receivers", "handlers"}

// isConfig reports whether a module is the one in which an application is configured.
func isConfig(file string) bool { return path.Base(file) == "apps.py" }

func (r *receivers) join(other *receivers) {
	r.list = append(r.list, other.list...)
	r.imported = append(r.imported, other.imported...)
	r.apps = append(r.apps, other.apps...)
}

// add takes the receivers of pre_delete and post_delete, and the modules that a file names.
func (r *receivers) add(file string, f *names.File) {
	for _, call := range f.Calls {
		if !isDeleteReceiver(f, call) {
			continue
		}
		model := AnyModel
		if sender := senderOf(call); sender != nil {
			model = strings.Clone(ModelName(sender))
		}
		if model != "" {
			r.list = append(r.list, receiver{model, file})
		}
	}
	if isConfig(file) && isPlainConfig(f) {
		r.apps = append(r.apps, path.Dir(file))
	}
	if slices.ContainsFunc(homes, func(word string) bool { return strings.Contains(f.Source, word) }) {
		r.addImports(file, f)
	}
}

// isPlainConfig reports whether the classes of a module are configurations of applications which inherit nothing from the project's
// own, that might import modules of many applications.
func isPlainConfig(f *names.File) bool {
	plain := false
	for _, stmt := range f.Body() {
		if class, ok := stmt.(*python.ClassDef); ok {
			if len(class.Bases) != 1 || f.Qualified(class.Bases[0]) != "django.apps.AppConfig" {
				return false
			}
			plain = true
		}
	}
	return plain
}

// addImports takes the modules of receivers that a file imports or names in a text: "shop.signals", "%s.signals". A bare name in a
// text may be any word but in the configuration of an application, and where it is handed to what imports.
func (r *receivers) addImports(file string, f *names.File) {
	own := home(moduleOf(file))
	take := func(dotted string) {
		if module := home(dotted); module != "" && module != own && !slices.Contains(r.imported, module) {
			r.imported = append(r.imported, strings.Clone(module))
		}
	}
	f.Walk(f.File.Module, func(node python.Node) bool {
		switch n := node.(type) {
		case *python.Import:
			for _, name := range n.Names {
				take(name.Name)
			}
		case *python.ImportFrom:
			from := n.Module
			if n.Level > 0 {
				from = relative(file, n.Level, n.Module)
			}
			for _, name := range n.Names {
				take(from + "." + name.Name)
			}
		case *python.Constant:
			if text, ok := n.Str(); ok && (strings.Contains(text, ".") || isConfig(file) || isImported(f, n)) {
				take(lastName(text))
			}
		}
		return true
	})
}

// lastName returns the dotted name at the end of a text, without what is put in front of it: "signals" of "{app}.signals".
func lastName(text string) string {
	if i := strings.LastIndexFunc(text, func(char rune) bool {
		return char != '.' && char != '_' && !unicode.IsLetter(char) && !unicode.IsDigit(char)
	}); i >= 0 {
		_, text, _ = strings.Cut(text[i:], ".")
	}
	return text
}

// isImported reports whether a text is handed to what imports the module that it names: import_module, autodiscover_modules.
func isImported(f *names.File, text *python.Constant) bool {
	call, ok := f.Parent(text).(*python.Call)
	if !ok {
		return false
	}
	name := python.LastName(call.Func)
	return strings.Contains(name, "import") || strings.Contains(name, "discover")
}

// moduleOf returns the dotted name that a file has from the top of the repository.
func moduleOf(file string) string {
	return strings.ReplaceAll(strings.TrimSuffix(file, ".py"), "/", ".")
}

// relative returns the dotted name that a relative import has from the top of the repository.
func relative(file string, level int, module string) string {
	folder := file
	for range level {
		folder = path.Dir(folder)
	}
	return moduleOf(path.Join(folder, strings.ReplaceAll(module, ".", "/")))
}

// home cuts a dotted name behind its first part that is one of homes, or returns "" where it has none. Django's own have no receivers.
func home(dotted string) string {
	parts := strings.Split(dotted, ".")
	i := slices.IndexFunc(parts, func(part string) bool { return slices.Contains(homes, part) })
	if i < 0 || parts[0] == "django" {
		return ""
	}
	return strings.Trim(strings.Join(parts[:i+1], "."), ".")
}

// models returns the models whose deletion receivers wait for, and those for which only such do as nothing is seen to import.
func (r *receivers) models() (heard, loose []string) {
	for _, receiver := range r.list {
		if r.isLoose(receiver.file) {
			loose = append(loose, receiver.model)
		} else {
			heard = append(heard, receiver.model)
		}
	}
	return heard, slices.DeleteFunc(loose, func(model string) bool { return slices.Contains(heard, model) })
}

// isLoose reports whether nothing that was read names a module of receivers, with the configuration of its application among it.
func (r *receivers) isLoose(file string) bool {
	module := home(moduleOf(file))
	return module != "" && r.isConfigured(path.Dir(file)) &&
		!slices.ContainsFunc(r.imported, func(name string) bool { return endsIn(name, module) || endsIn(module, name) })
}

// isConfigured reports whether a folder belongs to an application whose configuration tells what it imports.
func (r *receivers) isConfigured(folder string) bool {
	for ; folder != "."; folder = path.Dir(folder) {
		if slices.Contains(r.apps, folder) {
			return true
		}
	}
	return slices.Contains(r.apps, folder)
}

// endsIn reports whether a dotted name is another, or ends in it.
func endsIn(name, end string) bool { return name == end || strings.HasSuffix(name, "."+end) }

// senderOf returns the sender that a receiver waits for, or nil where it waits for all: sender=Order, connect(f, Order).
func senderOf(call *python.Call) python.Expr {
	if sender := names.Keyword(call, "sender"); sender != nil {
		return sender.Value
	}
	if python.LastName(call.Func) == "connect" && len(call.Args) > 1 {
		if constant, ok := call.Args[1].(*python.Constant); !ok || constant.Kind != python.None {
			return call.Args[1]
		}
	}
	return nil
}

// isDeleteReceiver reports whether a call is @receiver(post_delete, ...) or post_delete.connect(...).
func isDeleteReceiver(f *names.File, call *python.Call) bool {
	name := f.Qualified(call.Func)
	if signal, ok := strings.CutSuffix(name, ".connect"); ok {
		return isDeleteSignal(signal)
	}
	if name != "django.dispatch.receiver" && name != "django.dispatch.dispatcher.receiver" || len(call.Args) == 0 {
		return false
	}
	signals := []python.Expr{call.Args[0]}
	switch list := call.Args[0].(type) {
	case *python.List:
		signals = list.Elts
	case *python.Tuple:
		signals = list.Elts
	}
	for _, signal := range signals {
		if isDeleteSignal(f.Qualified(signal)) {
			return true
		}
	}
	return false
}

func isDeleteSignal(name string) bool {
	switch name {
	case "django.db.models.signals.pre_delete", "django.db.models.signals.post_delete":
		return true
	}
	return false
}
