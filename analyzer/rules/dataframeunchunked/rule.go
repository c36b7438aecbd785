// Package dataframeunchunked reports data frames of whole tables and uploads.
package dataframeunchunked

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports pandas.DataFrame of an unbounded QuerySet, pandas.read_csv of an upload without chunksize, and lists of iterrows().
var Rule = &analyzer.Rule{
	Name:       "dataframe-unchunked",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Triggers:   []string{"pandas"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		if len(call.Args) == 0 {
			continue
		}
		switch pass.Qualified(call.Func) {
		case "builtins.list":
			listed(pass, call)
		case "pandas.DataFrame", "pandas.DataFrame.from_records", "pandas.core.frame.DataFrame":
			table(pass, call)
		case "pandas.read_csv", "pandas.read_table", "pandas.read_json":
			upload(pass, call)
		}
	}
}

// table looks at a data frame of a QuerySet.
func table(pass *analyzer.Pass, call *python.Call) {
	rows := pass.QuerySet(call.Args[0])
	if rows == nil {
		rows = pass.Iterated(call.Args[0])
	}
	if copied := pass.Copy(pass.Deref(call.Args[0])); copied != nil {
		rows = copied.Rows
	}
	if rows == nil || pass.Extent(rows) != django.Whole {
		return
	}
	d := analyzer.Diagnostic{
		Span:    call.Span,
		Message: "The DataFrame holds every row, besides the objects that it is made of: nothing bounds the rows",
		Remedy: "from itertools import islice\n\nrows = " + pass.Text(rows.Expr) + ".iterator(chunk_size=2000)\n" +
			"while batch := list(islice(rows, 10_000)):\n    frame = pandas.DataFrame(batch)\n",
	}
	if !pass.Plenty(rows) {
		d.Confidence = new(analyzer.LowConfidence)
	}
	pass.Report(d)
}

// upload looks at a file that somebody sent.
func upload(pass *analyzer.Pass, call *python.Call) {
	if !pass.IsUpload(call.Args[0]) || names.Keyword(call, "chunksize") != nil || names.Keyword(call, "nrows") != nil || names.Keyword(call, "iterator") != nil {
		return
	}
	pass.Report(analyzer.Diagnostic{
		Span:    call.Span,
		Message: "The DataFrame holds the whole upload, as large as its sender made it",
		Remedy:  "for frame in " + pass.Text(call.Func) + "(" + pass.Text(call.Args[0]) + ", chunksize=10_000):\n    ...\n",
	})
}

// listed looks at a list of what iterrows() makes of each row, which the code then walks through one by one.
func listed(pass *analyzer.Pass, call *python.Call) {
	rows, ok := call.Args[0].(*python.Call)
	if !ok {
		return
	}
	method, ok := rows.Func.(*python.Attribute)
	if !ok || method.Attr != "iterrows" {
		return
	}
	if destination, counted := pass.DestinationOf(call); destination != django.Walked || counted {
		return
	}
	pass.Report(analyzer.Diagnostic{
		Span:    call.Span,
		Message: "This list holds a Series for every row of the DataFrame: `iterrows()` yields them one by one",
		Remedy:  "for index, row in " + pass.Text(rows) + ":\n    ...\n",
	})
}
