package spooledfilewithoutlimit

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// holdsCopy reports whether all that is written to a spooled file, until it is rewound, is in memory as a whole already, so that
// its size is no larger than what is held anyway: bytes that have a name, a buffer, a picture that encodes itself.
func holdsCopy(pass *analyzer.Pass, made *python.Call) bool {
	fn, target := pass.FunctionAt(made), spool(pass, made)
	if fn == nil || target == "" {
		return false
	}
	var uses []*python.Call
	for node := range pass.Own(fn) {
		if call, ok := node.(*python.Call); ok && call.Start > made.Start && mentions(pass, call, target) {
			uses = append(uses, call)
		}
	}
	slices.SortStableFunc(uses, func(a, b *python.Call) int { return int(a.Start - b.Start) })
	written := false
	for _, use := range uses {
		if access, ok := use.Func.(*python.Attribute); ok && access.Attr == "seek" {
			break
		}
		if !copies(pass, use, made, target) {
			return false
		}
		written = true
	}
	return written
}

// spool returns the text of what a spooled file is assigned to, or "".
func spool(pass *analyzer.Pass, made *python.Call) string {
	switch parent := pass.Parent(made).(type) {
	case *python.Assign:
		return pass.Text(parent.Targets[0])
	case *python.WithItem:
		if parent.OptionalVars != nil {
			return pass.Text(parent.OptionalVars)
		}
	}
	return ""
}

// mentions reports whether a call is given the spooled file, or is one of its methods.
func mentions(pass *analyzer.Pass, call *python.Call, target string) bool {
	if access, ok := call.Func.(*python.Attribute); ok && pass.Text(access.Value) == target {
		return true
	}
	return slices.ContainsFunc(call.Args, func(arg python.Expr) bool { return pass.Text(arg) == target }) ||
		slices.ContainsFunc(call.Keywords, func(k *python.Keyword) bool { return pass.Text(k.Value) == target })
}

// copies reports whether a call writes to the spooled file what is in memory as a whole.
func copies(pass *analyzer.Pass, call, made *python.Call, target string) bool {
	access, ok := call.Func.(*python.Attribute)
	switch {
	case isRepeated(pass, call, made):
		return false
	case ok && pass.Text(access.Value) == target:
		return access.Attr == "write" && len(call.Args) == 1
	case ok && access.Attr == "save" && len(call.Args) > 0 && pass.Text(call.Args[0]) == target:
		// A picture in memory: picture.save(spool, "PNG").
		return true
	case pass.Qualified(call.Func) == "shutil.copyfileobj" && len(call.Args) > 1 && pass.Text(call.Args[1]) == target:
		return isBuffer(pass, call.Args[0])
	}
	return false
}

// isRepeated reports whether a call stands in a loop that does not make the spooled file anew.
func isRepeated(pass *analyzer.Pass, call, made *python.Call) bool {
	for node := pass.Parent(call); node != nil && !node.Range().Contains(made.Range()); node = pass.Parent(node) {
		switch node.(type) {
		case *python.For, *python.While, *python.Comprehension, *python.ListComp, *python.GeneratorExp:
			return true
		}
	}
	return false
}

// isBuffer reports whether an expression is a buffer in memory, whatever gave it its name.
func isBuffer(pass *analyzer.Pass, expr python.Expr) bool {
	if name, ok := expr.(*python.Name); ok {
		return slices.ContainsFunc(pass.Reaching(name), func(def names.Definition) bool {
			_, named := def.Value.(*python.Name)
			return def.Value != nil && !named && isBuffer(pass, def.Value)
		})
	}
	call, ok := expr.(*python.Call)
	return ok && strings.HasPrefix(pass.Qualified(call.Func), "io.") && strings.HasSuffix(pass.Qualified(call.Func), "IO")
}
