package querysetloopwithoutiterator

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

var (
	// sheet matches the names of worksheets.
	sheet = pattern.New(`(?i)^(ws\d*|(\w+_)?(work)?sheet\d*|(\w+_)ws)$`)
	// libraries are those that keep every cell of a worksheet as an object until the workbook is saved.
	libraries = pattern.New(`(?m)^[ \t]*(import|from)[ \t]+(openpyxl|xlwt|xlsxwriter)\b`)
	// streaming matches what makes them write rows as they come.
	streaming = pattern.New(`write_only\s*=\s*True|constant_memory`)
)

// fillsSheet reports whether a loop writes its rows into a worksheet that is kept in memory: its cells weigh more than the rows.
func fillsSheet(pass *analyzer.Pass, w *walk) bool {
	for node := range pass.WithinBlock(w.body) {
		call, ok := node.(*python.Call)
		if !ok {
			continue
		}
		access, ok := call.Func.(*python.Attribute)
		if !ok {
			continue
		}
		switch access.Attr {
		case "append", "cell", "write", "write_row":
			if sheet.MatchString(python.LastName(access.Value)) && libraries.MatchString(pass.Source) && !streaming.MatchString(pass.Source) {
				return true
			}
		}
	}
	return false
}
