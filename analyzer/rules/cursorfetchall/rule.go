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
		switch cursor := access.Value.(type) {
		case *python.Name:
			if sql, ok := executed(pass, cursor, call); ok && isCursor(pass, cursor) && isOpen(sql) && !isFirst(pass, call) {
				pass.Report(diagnose(pass, call, cursor, sql))
			}
		case *python.Call:
			if sql, ok := chained(pass, cursor); ok && isOpen(sql) && !isFirst(pass, call) {
				pass.Report(ofChain(pass, call, cursor, sql))
			}
		}
	}
}

// chained returns the text of the query of connection.execute(query), which returns a cursor.
func chained(pass *analyzer.Pass, execute *python.Call) (string, bool) {
	access, ok := execute.Func.(*python.Attribute)
	if !ok || access.Attr != "execute" || len(execute.Args) == 0 || !isDatabase(pass, access.Value) {
		return "", false
	}
	return text(pass, execute.Args[0])
}

// ofChain reports connection.execute(query).fetchall().
func ofChain(pass *analyzer.Pass, call, execute *python.Call, sql string) analyzer.Diagnostic {
	rows := pass.Text(execute)
	if strings.Contains(rows, "\n") {
		rows = pass.Text(execute.Func) + "(...)"
	}
	d := analyzer.Diagnostic{
		Span:    call.Span,
		Message: held,
		Remedy:  "for row in " + rows + ":  # the cursor itself\n    ...\n",
	}
	weigh(pass, call, sql, &d)
	return d
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
		if !isDjangos(pass, access.Value) {
			return false
		}
	}
	return len(defs) > 0
}

// isDjangos reports whether an expression is one of Django's connections.
func isDjangos(pass *analyzer.Pass, connection python.Expr) bool {
	if subscript, ok := connection.(*python.Subscript); ok {
		connection = subscript.Value
	}
	switch pass.Qualified(connection) {
	case "django.db.connection", "django.db.connections":
		return true
	}
	return false
}

// connecting are the functions that connect to a database, and the types of what they return, besides Django's.
var connecting = map[string]bool{
	"sqlite3.connect": true, "psycopg.connect": true, "psycopg2.connect": true,
	"sqlite3.Connection": true, "sqlite3.Cursor": true, "psycopg.Connection": true, "psycopg.Cursor": true,
}

// isDatabase reports whether an expression is a connection to a database, or a cursor of one, whose execute() returns the rows.
func isDatabase(pass *analyzer.Pass, expr python.Expr) bool {
	switch e := expr.(type) {
	case *python.Name:
		defs := pass.Reaching(e)
		return len(defs) > 0 && !slices.ContainsFunc(defs, func(def names.Definition) bool { return !isConnected(pass, def) })
	case *python.Attribute:
		fn := pass.FunctionAt(e)
		self, ok := e.Value.(*python.Name)
		if !ok || fn == nil || fn.Class == nil || self.Id != fn.Self() {
			return false
		}
		return slices.ContainsFunc(pass.Attributes(fn.Class), func(attribute *names.Attribute) bool {
			return attribute.Name == e.Attr && slices.ContainsFunc(attribute.Uses, func(use names.AttributeUse) bool {
				call, ok := use.Value.(*python.Call)
				return ok && use.Kind == names.Rebinds && isDatabase(pass, call)
			})
		})
	case *python.Call:
		if connecting[pass.Qualified(e.Func)] {
			return true
		}
		if access, ok := e.Func.(*python.Attribute); ok && access.Attr == "cursor" {
			return isDjangos(pass, access.Value) || isDatabase(pass, access.Value)
		}
		fn := pass.FunctionOf(e.Func)
		return fn != nil && fn.Returns != nil && connecting[pass.Qualified(fn.Returns)]
	}
	return false
}

// isConnected reports whether a definition of a name makes it a connection or a cursor: by its value, or as a parameter that says so.
func isConnected(pass *analyzer.Pass, def names.Definition) bool {
	switch def.Kind {
	case names.Assigned, names.Managed:
		call, ok := def.Value.(*python.Call)
		return ok && isDatabase(pass, call)
	case names.Parameter:
		arg, ok := def.Node.(*python.Arg)
		return ok && arg.Annotation != nil && connecting[pass.Qualified(arg.Annotation)]
	default:
		return false
	}
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
	narrowed = pattern.New(`(?i)(=|\bin|\bany|\bvalues)\s*\(?\s*'?(%+s|%+\(\w+\)s|\{|\?|:\w)|\bfrom\s+[\w."]+\s*\((%+s|%+\(\w+\)s|\{)`)
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

const (
	held   = "`fetchall()` holds every row of the query in memory, and nothing bounds the query"
	tested = "`fetchall()` holds every row of the query in memory, to tell whether there is one"
)

// weigh lowers what is to be said of a query that may well have few rows.
func weigh(pass *analyzer.Pass, call *python.Call, sql string, d *analyzer.Diagnostic) {
	if !pass.Batch(call) && !isCopied(pass, call) {
		// Views ask for what they show, and for tables that are small.
		d.Severity, d.Confidence = new(analyzer.Low), new(analyzer.LowConfidence)
	}
	if selective.MatchString(common.Regexp().ReplaceAllString(sql, "")) || oneColumn.MatchString(sql) {
		d.Confidence = new(analyzer.LowConfidence)
	}
}

// isCopied reports whether executemany() writes the rows to another table, wherever that happens: nobody copies a few for show.
func isCopied(pass *analyzer.Pass, fetch *python.Call) bool {
	assign, ok := pass.Parent(fetch).(*python.Assign)
	if !ok {
		return false
	}
	name, ok := assign.Targets[0].(*python.Name)
	return ok && slices.ContainsFunc(pass.Binding(name).Uses, func(use *python.Name) bool {
		for node := pass.Parent(use); node != nil; node = pass.Parent(node) {
			switch n := node.(type) {
			case *python.Call:
				if python.LastName(n.Func) == "executemany" {
					return true
				}
			case python.Stmt:
				return false
			}
		}
		return false
	})
}

func diagnose(pass *analyzer.Pass, call *python.Call, cursor *python.Name, sql string) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    call.Span,
		Message: held,
		Remedy:  remedy(pass, call, cursor),
	}
	if isTested(pass, call) {
		d.Message = tested
	}
	weigh(pass, call, sql, &d)
	if emptiesNext(pass, cursor, call) {
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

// remedy asks the database what the code asks of the rows, or fetches them in pieces: with a cursor of its own for what is executed
// meanwhile, since a cursor that executes something else drops the rows that it has not handed out.
func remedy(pass *analyzer.Pass, call *python.Call, cursor *python.Name) string {
	if isTested(pass, call) {
		return cursor.Id + ".fetchone() is not None  # with LIMIT 1 in the query\n"
	}
	if destination, _ := pass.DestinationOf(call); destination == django.Measured {
		return cursor.Id + ".execute(\"SELECT COUNT(*) FROM ...\")\n" + cursor.Id + ".fetchone()[0]\n"
	}
	if !executesAgain(pass, cursor, call) {
		return "while rows := " + cursor.Id + ".fetchmany(1000):\n    for row in rows:\n        ...\n"
	}
	made := pass.Text(pass.Reaching(cursor)[0].Value)
	return "with " + made + " as other:  # " + cursor.Id + " would lose its rows\n    while rows := " + cursor.Id +
		".fetchmany(1000):\n        for row in rows:\n            other.execute(...)\n"
}

// isTested reports whether the code asks of the rows only whether there are any, by their length or without it.
func isTested(pass *analyzer.Pass, fetch *python.Call) bool {
	switch destination, _ := pass.DestinationOf(fetch); destination {
	case django.Tested:
		return true
	case django.Measured:
	default:
		return false
	}
	assign, ok := pass.Parent(fetch).(*python.Assign)
	if !ok {
		return isLengthTest(pass, fetch)
	}
	name, ok := assign.Targets[0].(*python.Name)
	return ok && !slices.ContainsFunc(pass.Binding(name).Uses, func(use *python.Name) bool {
		at := slices.ContainsFunc(pass.Reaching(use), func(def names.Definition) bool { return def.Node == python.Node(assign) })
		return at && !isLengthTest(pass, use)
	})
}

// isLengthTest reports whether rows are compared with none: len(rows) > 0, not len(rows).
func isLengthTest(pass *analyzer.Pass, rows python.Expr) bool {
	length, ok := pass.Parent(rows).(*python.Call)
	if !ok {
		return false
	}
	switch parent := pass.Parent(length).(type) {
	case *python.If, *python.While, *python.UnaryOp:
		return true
	case *python.Compare:
		constant, ok := parent.Comparators[0].(*python.Constant)
		return ok && constant.Raw == "0" && parent.Left == python.Expr(length)
	}
	return false
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
