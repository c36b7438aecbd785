// Package workbookbuffered reports spreadsheets that are held in memory cell by cell.
package workbookbuffered

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports openpyxl's Workbook() without write_only and load_workbook() without read_only.
var Rule = &analyzer.Rule{
	Name:       "workbook-buffered",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Preview,
	Triggers:   []string{"openpyxl"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		switch pass.Qualified(call.Func) {
		case "openpyxl.Workbook", "openpyxl.workbook.Workbook", "openpyxl.workbook.workbook.Workbook":
			if names.Keyword(call, "write_only") == nil && len(call.Args) == 0 {
				written(pass, call)
			}
		case "openpyxl.load_workbook", "openpyxl.reader.excel.load_workbook":
			if names.Keyword(call, "read_only") == nil && len(call.Args) == 1 {
				loaded(pass, call)
			}
		}
	}
}

// written looks at a workbook that rows are written to.
func written(pass *analyzer.Pass, call *python.Call) {
	if !fillsFromTable(pass, call) && !isExporter(pass, call) {
		return
	}
	pass.Report(analyzer.Diagnostic{
		Span:    call.Span,
		Message: "This Workbook keeps every cell as a Python object until it is saved: with write_only=True it writes rows as they come",
		Remedy:  "workbook = Workbook(write_only=True)\nsheet = workbook.create_sheet()  # there is no active sheet\nsheet.append([...])  # rows in order, no sheet.cell()\n",
	})
}

// fillsFromTable reports whether the function around a workbook walks through a QuerySet without a bound.
func fillsFromTable(pass *analyzer.Pass, call *python.Call) bool {
	fn := pass.FunctionAt(call)
	if fn == nil || goesBack(pass, fn) {
		return false
	}
	return slices.ContainsFunc(pass.Loops, func(loop *python.For) bool {
		if !fn.Contains(loop.Span) || !writesCells(loop) {
			return false
		}
		rows := pass.WalkedRows(loop.Iter)
		if rows == nil {
			return false
		}
		switch pass.Extent(rows) {
		case django.Whole:
			return true
		case django.OfOne:
			// One school class has few rows; whoever fetches them in pieces expects many.
			return !rows.Related && (pass.Plenty(rows) || pass.Iterated(pass.Unwrapped(loop.Iter)) != nil)
		default:
			return false
		}
	})
}

// goesBack reports whether a function asks a sheet for what is written already: a write-only one has none of it.
// Source: https://openpyxl.readthedocs.io/en/stable/optimized.html#write-only-mode
func goesBack(pass *analyzer.Pass, fn *names.Function) bool {
	for node := range pass.Own(fn) {
		switch n := node.(type) {
		case *python.Attribute:
			if standing[n.Attr] {
				return true
			}
		case *python.Subscript:
			if name, ok := n.Value.(*python.Name); ok && isSheet(pass, name) {
				return true
			}
		}
	}
	return false
}

// standing are the attributes that only a sheet has which keeps its cells.
var standing = map[string]bool{
	"columns": true, "dimensions": true, "iter_cols": true, "iter_rows": true, "max_row": true, "merge_cells": true, "move_range": true,
	"insert_cols": true, "insert_rows": true, "delete_cols": true, "delete_rows": true,
}

// isSheet reports whether a name is that of a workbook's sheet.
func isSheet(pass *analyzer.Pass, name *python.Name) bool {
	return slices.ContainsFunc(pass.Reaching(name), func(def names.Definition) bool {
		switch value := def.Value.(type) {
		case *python.Attribute:
			return value.Attr == "active"
		case *python.Call:
			return python.LastName(value.Func) == "create_sheet"
		}
		return false
	})
}

// writesCells reports whether a loop adds rows or cells to something.
func writesCells(loop *python.For) bool {
	found := false
	for _, stmt := range loop.Body {
		python.Walk(stmt, func(node python.Node) bool {
			if call, ok := node.(*python.Call); ok {
				if access, ok := call.Func.(*python.Attribute); ok && (access.Attr == "append" || access.Attr == "cell") {
					found = true
				}
			}
			return !found
		})
	}
	return found
}

// isExporter reports whether a workbook belongs to an object that others hand rows to: a class with a method for a row.
func isExporter(pass *analyzer.Pass, call *python.Call) bool {
	assign, ok := pass.Parent(call).(*python.Assign)
	if !ok {
		return false
	}
	if access, ok := assign.Targets[0].(*python.Attribute); !ok || nameOf(access.Value) != "self" {
		return false
	}
	class := pass.ClassAt(call)
	return class != nil && slices.ContainsFunc(class.Methods, func(method *names.Function) bool {
		return strings.Contains(method.Name, "row") && (strings.HasPrefix(method.Name, "write") ||
			strings.HasPrefix(method.Name, "append") || strings.HasPrefix(method.Name, "add"))
	})
}

// loaded looks at a workbook that somebody sent and the code walks through.
func loaded(pass *analyzer.Pass, call *python.Call) {
	source := call.Args[0]
	if !pass.IsUpload(source) && !isGiven(pass, source) || changes(pass, call) {
		return
	}
	d := analyzer.Diagnostic{
		Span:    call.Span,
		Message: "`load_workbook()` makes a Python object of every cell of the file: with read_only=True it reads rows as they are asked for",
		Remedy:  "workbook = load_workbook(" + pass.Text(source) + ", read_only=True)\nfor row in workbook.active.iter_rows(values_only=True):\n    ...\n",
		Fixes: []analyzer.SuggestedFix{{
			Message: "Read the rows as they are asked for",
			Kind:    analyzer.UnsafeFix,
			Check:   "Is the workbook only read, row by row? In read-only mode cells have no comments or styles, and max_row may be None.",
			Edits:   []analyzer.TextEdit{analyzer.Insert(source.Range().End, ", read_only=True")},
		}},
	}
	if !pass.IsUpload(source) && !pass.Batch(call) {
		low := analyzer.LowConfidence
		d.Confidence = &low
	}
	pass.Report(d)
}

// isGiven reports whether a path or a file comes from outside: a parameter, an option, a row's file.
func isGiven(pass *analyzer.Pass, source python.Expr) bool {
	if file := pass.FileObject(source); file != nil {
		return file.Path == nil || !pass.IsFixedPath(file.Path)
	}
	return !pass.IsFixedPath(source)
}

// changes reports whether the workbook is saved again, or written to.
func changes(pass *analyzer.Pass, call *python.Call) bool {
	assign, ok := pass.Parent(call).(*python.Assign)
	if !ok {
		return false
	}
	name, ok := assign.Targets[0].(*python.Name)
	if !ok {
		return true
	}
	for _, use := range pass.Binding(name).Uses {
		if access, ok := pass.Parent(use).(*python.Attribute); ok {
			switch access.Attr {
			case "save", "create_sheet", "copy_worksheet", "remove":
				return true
			}
		}
	}
	return false
}

func nameOf(expr python.Expr) string {
	if name, ok := expr.(*python.Name); ok {
		return name.Id
	}
	return ""
}
