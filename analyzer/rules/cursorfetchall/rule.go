// Package cursorfetchall reports raw queries whose whole result is fetched at once.
package cursorfetchall

import (
	_ "embed"
	"slices"
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

// Rule reports fetchall() of a query without a bound.
var Rule = &analyzer.Rule{
	Name:       "cursor-fetchall",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Preview,
	Files:      selection.Code | selection.Migration,
	Triggers:   []string{"fetchall("},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		access, ok := call.Func.(*python.Attribute)
		if !ok || access.Attr != "fetchall" {
			continue
		}
		cursor, ok := access.Value.(*python.Name)
		if !ok || !isCursor(pass, cursor) {
			continue
		}
		if sql, ok := executed(pass, cursor, call); ok && isOpen(sql) && !isFirst(pass, call) {
			pass.Report(diagnose(pass, call, cursor, sql))
		}
	}
}

// isCursor reports whether a name is a cursor of one of Django's connections.
func isCursor(pass *analyzer.Pass, name *python.Name) bool {
	defs := pass.Reaching(name)
	for _, def := range defs {
		call, ok := def.Value.(*python.Call)
		if !ok {
			return false
		}
		access, ok := call.Func.(*python.Attribute)
		if !ok || access.Attr != "cursor" {
			return false
		}
		connection := access.Value
		if subscript, ok := connection.(*python.Subscript); ok {
			connection = subscript.Value
		}
		switch pass.Qualified(connection) {
		case "django.db.connection", "django.db.connections":
		default:
			return false
		}
	}
	return len(defs) > 0
}

// executed returns the text of the query whose result is fetched: that of the nearest execute() in front.
func executed(pass *analyzer.Pass, cursor *python.Name, fetch *python.Call) (string, bool) {
	var nearest *python.Call
	for _, use := range pass.Binding(cursor).Uses {
		access, ok := pass.Parent(use).(*python.Attribute)
		if !ok || access.Attr != "execute" || use.Start > fetch.Start {
			continue
		}
		if call, ok := pass.Parent(access).(*python.Call); ok && len(call.Args) > 0 {
			nearest = call
		}
	}
	if nearest == nil {
		return "", false
	}
	return text(pass, nearest.Args[0])
}

// text returns a query as far as it is written in this file.
func text(pass *analyzer.Pass, expr python.Expr) (string, bool) {
	switch e := pass.Deref(expr).(type) {
	case *python.Constant:
		return e.Str()
	case *python.JoinedStr:
		return pass.Text(e), true
	case *python.BinOp:
		left, ok := text(pass, e.Left)
		right, _ := text(pass, e.Right)
		return left + right, ok
	case *python.Call:
		if access, ok := e.Func.(*python.Attribute); ok && access.Attr == "format" {
			return text(pass, access.Value)
		}
	}
	return "", false
}

var (
	// bounded marks queries with few rows: a limit, an aggregate, a look at the schema.
	bounded = pattern.New(`(?i)\blimit\b|\bnextval\b|\bgenerate_series\b|\bfetch first\b|\bcount\s*\(|\bsum\s*\(|\bmax\s*\(|\bmin\s*\(|\bavg\s*\(|\bgroup\s+by\b|\bdistinct\b|\bexists\s*\(|information_schema|\bpg_|sqlite_master|\breturning\b`)
	// narrowed marks queries for what belongs to one object or to keys at hand.
	narrowed = pattern.New(`(?i)(=|\bin|\bany|\bvalues)\s*\(?\s*'?(%+s|%+\(\w+\)s|\{)|\bfrom\s+[\w."]+\s*\((%+s|%+\(\w+\)s|\{)`)
	// from is where a query's rows come from: a word, and no part of ST_GeomFromText.
	from = pattern.New(`(?i)\bfrom\b`)
	// common are conditions that half the table may fulfil: one of few states, a flag, a missing value, a time.
	common = pattern.New(`(?i)\b(status|state|type|kind|level|role|priority|mode)\s*=\s*'[^']*'|=\s*(true|false|0|1)\b|[<>!]=`)
	// oneColumn are queries for single values, which are small.
	oneColumn = pattern.New(`(?is)^\s*select\s+(distinct\s+)?[\w."]+\s+from\b`)
	// selective are conditions that few rows fulfil.
	selective = pattern.New(`(?is)\bwhere\b.*(=|\blike\b|\bilike\b|~|\bin\s*\()`)
)

// isOpen reports whether a query reads rows of which there may be any number.
func isOpen(sql string) bool {
	start := strings.ToLower(strings.TrimLeft(sql, " \t\r\n(f\"'"))
	if !strings.HasPrefix(start, "select") && !strings.HasPrefix(start, "with") {
		return false
	}
	return from.MatchString(sql) && !bounded.MatchString(sql) && !narrowed.MatchString(sql)
}

// isFirst reports whether only the first row of a result is looked at, since there is no other.
func isFirst(pass *analyzer.Pass, fetch *python.Call) bool {
	switch parent := pass.Parent(fetch).(type) {
	case *python.Subscript:
		return isZero(parent)
	case *python.Assign:
		name, ok := parent.Targets[0].(*python.Name)
		if !ok {
			return true // Its rows are unpacked.
		}
		for _, use := range pass.Binding(name).Uses {
			if subscript, ok := pass.Parent(use).(*python.Subscript); ok && isZero(subscript) {
				return true
			}
		}
	}
	return false
}

func isZero(subscript *python.Subscript) bool {
	constant, ok := subscript.Slice.(*python.Constant)
	return ok && constant.Raw == "0"
}

func diagnose(pass *analyzer.Pass, call *python.Call, cursor *python.Name, sql string) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    call.Span,
		Message: "`fetchall()` holds every row of the query in memory, and nothing bounds the query",
		Remedy:  remedy(pass, call, cursor),
	}
	if !pass.Batch(call) {
		// Views ask for what they show, and for tables that are small.
		d.Severity, d.Confidence = new(analyzer.Low), new(analyzer.LowConfidence)
	}
	if selective.MatchString(common.Regexp().ReplaceAllString(sql, "")) || oneColumn.MatchString(sql) || emptiesNext(pass, cursor, call) {
		d.Confidence = new(analyzer.LowConfidence)
	}
	if loop, ok := pass.Parent(call).(*python.For); ok && loop.Iter == python.Expr(call) && !usedInside(pass, cursor, loop) {
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Walk through the cursor",
			Kind:    analyzer.UnsafeFix,
			Check:   "Does nothing in the loop use the same cursor? PostgreSQL's and MySQL's drivers still hold the raw result, without Python's objects.",
			Edits:   []analyzer.TextEdit{analyzer.Replace(call, cursor.Id)},
		}}
	}
	return d
}

// remedy asks the database what the code asks of the rows, or fetches them in pieces: with a cursor of its own, where this
// one executes something else before the rows are done with.
func remedy(pass *analyzer.Pass, call *python.Call, cursor *python.Name) string {
	switch destination, _ := pass.DestinationOf(call); destination {
	case django.Tested:
		return cursor.Id + ".fetchone() is not None\n"
	case django.Measured:
		return cursor.Id + ".execute(\"SELECT COUNT(*) FROM ...\")\n" + cursor.Id + ".fetchone()[0]\n"
	default:
	}
	pieces := "while rows := " + cursor.Id + ".fetchmany(1000):\n    for row in rows:\n        ...\n"
	if executesAgain(pass, cursor, call) {
		return "# A cursor of its own for what the loop executes:\n" + pieces
	}
	return pieces
}

// emptiesNext reports whether what a cursor executes after it fetched is a deletion: then the rows have to be somewhere.
func emptiesNext(pass *analyzer.Pass, cursor *python.Name, fetch *python.Call) bool {
	for _, use := range pass.Binding(cursor).Uses {
		access, ok := pass.Parent(use).(*python.Attribute)
		if !ok || access.Attr != "execute" || use.Start < fetch.End {
			continue
		}
		call, ok := pass.Parent(access).(*python.Call)
		if !ok || len(call.Args) == 0 {
			return false
		}
		sql, _ := text(pass, call.Args[0])
		verb, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(sql)), " ")
		return verb == "delete" || verb == "truncate"
	}
	return false
}

// executesAgain reports whether a cursor executes something else after it fetched.
func executesAgain(pass *analyzer.Pass, cursor *python.Name, fetch *python.Call) bool {
	return slices.ContainsFunc(pass.Binding(cursor).Uses, func(use *python.Name) bool {
		access, ok := pass.Parent(use).(*python.Attribute)
		return ok && strings.HasPrefix(access.Attr, "execute") && use.Start > fetch.End
	})
}

func usedInside(pass *analyzer.Pass, cursor *python.Name, loop *python.For) bool {
	for _, use := range pass.Binding(cursor).Uses {
		if use.Start > loop.Iter.Range().End && loop.Contains(use.Span) {
			return true
		}
	}
	_, again := names.Inside[*python.For](pass.File.File, loop)
	return again
}
