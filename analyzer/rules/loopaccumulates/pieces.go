package loopaccumulates

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// streams are the methods that hand out a file or a response in pieces.
var streams = map[string]bool{
	"chunks": true, "iter_content": true, "iter_bytes": true, "iter_raw": true, "iter_chunked": true, "iter_text": true,
	"aiter_bytes": true, "aiter_raw": true, "aiter_text": true, "stream": true,
}

// isPieces reports whether a loop walks through the pieces of a file or a response.
func isPieces(pass *analyzer.Pass, loop *python.For) bool {
	call, ok := loop.Iter.(*python.Call)
	if !ok {
		return false
	}
	if access, ok := call.Func.(*python.Attribute); ok {
		// The pieces of an upload are another rule's matter.
		return streams[access.Attr] && !pass.IsUpload(access.Value)
	}
	if pass.Qualified(call.Func) != "builtins.iter" || len(call.Args) != 2 {
		return false
	}
	lambda, ok := call.Args[0].(*python.Lambda)
	return ok && readsPiece(lambda.Body)
}

// piece returns the variable that holds the piece which a while loop reads: while chunk := file.read(65536), or
// while True with chunk = file.read(65536) at its beginning.
func piece(loop *python.While) *python.Name {
	if walrus, ok := loop.Test.(*python.NamedExpr); ok && readsPiece(walrus.Value) {
		return walrus.Target
	}
	if assign, ok := loop.Body[0].(*python.Assign); ok && len(assign.Targets) == 1 && readsPiece(assign.Value) {
		name, _ := assign.Targets[0].(*python.Name)
		return name
	}
	return nil
}

// readsPiece reports whether an expression is a read() with a size.
func readsPiece(expr python.Expr) bool {
	call, ok := expr.(*python.Call)
	if !ok || len(call.Args) != 1 {
		return false
	}
	access, ok := call.Func.(*python.Attribute)
	return ok && access.Attr == "read"
}

// pieces reports a container that puts the pieces together again.
func pieces(pass *analyzer.Pass, loop python.Node, body []python.Stmt, piece *python.Name) {
	if piece == nil || limited(pass, loop, body) || leavesEarly(pass, loop, body, piece) {
		return
	}
	for _, c := range collected(pass, loop, body) {
		if value, ok := c.use.Value.(*python.Name); !ok || value.Id != piece.Id || c.use.Kind != names.Grows {
			continue
		}
		pass.Report(analyzer.Diagnostic{
			Span:    c.use.Node.Range(),
			Message: "`" + c.name + "` puts all pieces together again: reading them one by one saves nothing",
			Remedy:  "# Hand each piece on, or write it to a file\nwith open(path, \"wb\") as out:\n    out.write(" + piece.Id + ")\n",
		})
	}
}

// limited reports whether the loop gives up when something becomes too large.
func limited(pass *analyzer.Pass, loop python.Node, body []python.Stmt) bool {
	found := false
	for _, stmt := range body {
		python.Walk(stmt, func(node python.Node) bool {
			branch, ok := node.(*python.If)
			if ok && compares(branch.Test) {
				python.Walk(branch, func(inner python.Node) bool {
					switch n := inner.(type) {
					case *python.Raise, *python.Return:
						found = true
					case *python.Break:
						found = found || loopOf(pass, n) == loop
					}
					return !found
				})
			}
			return !found
		})
	}
	return found
}

// leavesEarly reports whether the loop may end before the last piece, as one does that looks for the end of a line.
func leavesEarly(pass *analyzer.Pass, loop python.Node, body []python.Stmt, piece *python.Name) bool {
	found := false
	for _, stmt := range body {
		python.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.Return:
			case *python.Break:
				if loopOf(pass, n) != loop {
					return true
				}
			default:
				return !found
			}
			branch, ok := names.Inside[*python.If](pass.File.File, node)
			found = found || !ok || !isEmpty(branch.Test, piece)
			return false
		})
	}
	return found
}

// isEmpty reports whether a condition says that there is no further piece.
func isEmpty(test python.Expr, piece *python.Name) bool {
	switch t := test.(type) {
	case *python.UnaryOp:
		return t.Op == python.Not && isName(t.Operand, piece.Id)
	case *python.Compare:
		constant, ok := t.Comparators[0].(*python.Constant)
		return ok && isName(t.Left, piece.Id) && len(constant.Raw) <= len(`b""`)
	}
	return false
}

// compares reports whether a condition compares sizes.
func compares(test python.Expr) bool {
	found := false
	python.Walk(test, func(node python.Node) bool {
		if compare, ok := node.(*python.Compare); ok {
			switch compare.Ops[0] {
			case python.Gt, python.GtE, python.Lt, python.LtE:
				found = true
			}
		}
		return !found
	})
	return found
}
