// Package imageexpandedtolist reports lists of all pixels of an image.
package imageexpandedtolist

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports list(image.getdata()).
var Rule = &analyzer.Rule{
	Name:       "image-expanded-to-list",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Triggers:   []string{"getdata("},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		access, ok := call.Func.(*python.Attribute)
		if !ok || access.Attr != "getdata" || len(call.Args) > 0 {
			continue // getdata(0) gives one band: integers, which Python keeps ready.
		}
		if whole := expanded(pass, call); whole != nil && !isOfFixedSize(pass, access.Value) {
			pass.Report(analyzer.Diagnostic{
				Span:    whole.Range(),
				Message: "This makes a Python tuple of every pixel of `" + pass.Text(access.Value) + "`",
				Remedy:  remedy(pass, access.Value, whole),
			})
		}
	}
}

// remedy lets Pillow do the work: without metadata by a copy, and pixel by pixel by a table.
func remedy(pass *analyzer.Pass, image, whole python.Expr) string {
	name := pass.Text(image)
	if _, computed := whole.(*python.ListComp); computed {
		return "from PIL import Image, ImageChops\n\n# Pillow works on the image as a whole: point() maps each value, ImageChops and alpha_composite() join two images.\nresult = " +
			name + ".point(lambda value: ...)\n"
	}
	return "# Copy, convert or compare images as images:\nimage = " + name + ".copy()\n"
}

// isOfFixedSize reports whether the code itself says how large an image is: image.resize((64, 64)), Image.new("L", (8, 8)).
func isOfFixedSize(pass *analyzer.Pass, image python.Expr) bool {
	call, ok := pass.Deref(image).(*python.Call)
	if !ok {
		return false
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return false
	}
	size := 0
	switch access.Attr {
	case "new":
		size = 1
	case "crop", "resize", "transform":
	case "convert", "quantize", "rotate", "transpose":
		return isOfFixedSize(pass, access.Value)
	default:
		return false
	}
	return len(call.Args) > size && isFixed(pass, call.Args[size])
}

// isFixed reports whether a tuple holds numbers that the code writes out.
func isFixed(pass *analyzer.Pass, size python.Expr) bool {
	tuple, ok := pass.Deref(size).(*python.Tuple)
	return ok && !slices.ContainsFunc(tuple.Elts, func(side python.Expr) bool {
		constant, ok := pass.Deref(side).(*python.Constant)
		return !ok || constant.Kind != python.Int
	})
}

// expanded returns the expression that keeps all that getdata() yields, or nil.
func expanded(pass *analyzer.Pass, data *python.Call) python.Expr {
	switch parent := pass.Parent(data).(type) {
	case *python.Call:
		switch pass.Qualified(parent.Func) {
		case "builtins.list", "builtins.tuple", "builtins.sorted":
			return parent
		}
	case *python.Starred:
		if list, ok := pass.Parent(parent).(*python.List); ok {
			return list
		}
	case *python.Comprehension:
		if list, ok := pass.Parent(parent).(*python.ListComp); ok && parent.Iter == python.Expr(data) && len(parent.Ifs) == 0 {
			return list
		}
	case *python.Assign:
		return assigned(pass, parent)
	}
	return nil
}

// assigned returns the list that is made of a variable which holds the pixels.
func assigned(pass *analyzer.Pass, assign *python.Assign) python.Expr {
	name, ok := assign.Targets[0].(*python.Name)
	if !ok {
		return nil
	}
	for _, use := range pass.Binding(name).Uses {
		if call, ok := pass.Parent(use).(*python.Call); ok {
			switch pass.Qualified(call.Func) {
			case "builtins.list", "builtins.tuple", "builtins.sorted":
				return call
			}
		}
	}
	return nil
}
