package django

import (
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// Pieces are the loop that reads a file or a response piece by piece.
type Pieces struct {
	Loop python.Node
	Body []python.Stmt
	// Piece is the variable that holds one.
	Piece *python.Name
	// Source is what is read.
	Source python.Expr
}

// streams are the methods that hand out a file or a response in pieces.
var streams = map[string]bool{
	"chunks": true, "iter_content": true, "iter_bytes": true, "iter_raw": true, "iter_chunked": true, "iter_text": true,
	"aiter_bytes": true, "aiter_raw": true, "aiter_text": true, "stream": true,
}

// PiecesOf returns what a for or a while loop reads piece by piece: for chunk in upload.chunks(), while chunk :=
// file.read(65536), or while True with chunk = file.read(65536) at its beginning.
func (f *File) PiecesOf(loop python.Node) (Pieces, bool) {
	switch n := loop.(type) {
	case *python.For:
		target, ok := n.Target.(*python.Name)
		if source := f.streamed(n.Iter); ok && source != nil {
			return Pieces{Loop: n, Body: n.Body, Piece: target, Source: source}, true
		}
	case *python.While:
		if walrus, ok := n.Test.(*python.NamedExpr); ok {
			if source := readsPiece(walrus.Value); source != nil {
				return Pieces{Loop: n, Body: n.Body, Piece: walrus.Target, Source: source}, true
			}
		}
		if assign, ok := n.Body[0].(*python.Assign); ok && len(assign.Targets) == 1 {
			target, ok := assign.Targets[0].(*python.Name)
			if source := readsPiece(assign.Value); ok && source != nil {
				return Pieces{Loop: n, Body: n.Body, Piece: target, Source: source}, true
			}
		}
	}
	return Pieces{}, false
}

// streamed returns what an iterable hands out in pieces: upload.chunks(), or iter(lambda: file.read(1024), b"").
func (f *File) streamed(iterable python.Expr) python.Expr {
	call, ok := iterable.(*python.Call)
	if !ok {
		return nil
	}
	if access, ok := call.Func.(*python.Attribute); ok {
		if streams[access.Attr] {
			return access.Value
		}
		return nil
	}
	if f.Qualified(call.Func) != "builtins.iter" || len(call.Args) != 2 {
		return nil
	}
	if lambda, ok := call.Args[0].(*python.Lambda); ok {
		return readsPiece(lambda.Body)
	}
	return nil
}

// readsPiece returns the file of a read() with a size, or nil.
func readsPiece(expr python.Expr) python.Expr {
	call, ok := expr.(*python.Call)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	if access, ok := call.Func.(*python.Attribute); ok && access.Attr == "read" {
		return access.Value
	}
	return nil
}

// Reassembled returns where a loop puts the pieces that it reads together again, so that all of them are held at once. A
// loop that gives up at some size, or ends before the last piece, does not.
func (f *File) Reassembled(p Pieces) []Collection {
	if f.limited(p) || f.leavesEarly(p) {
		return nil
	}
	var found []Collection
	for _, c := range f.Collected(p.Loop, p.Body) {
		if c.Kind == names.Grows && isNamed(c.Value, p.Piece) {
			found = append(found, c)
		}
	}
	return found
}

func isNamed(expr python.Expr, name *python.Name) bool {
	other, ok := expr.(*python.Name)
	return ok && other.Id == name.Id
}

// limited reports whether the loop gives up when something becomes too large.
func (f *File) limited(p Pieces) bool {
	found := false
	for _, stmt := range p.Body {
		python.Walk(stmt, func(node python.Node) bool {
			if branch, ok := node.(*python.If); ok && comparesSize(branch.Test) {
				found = found || f.leaves(branch, p.Loop)
			}
			return !found
		})
	}
	return found
}

// leaves reports whether a statement may leave a loop: by raise, by return, or by a break of the loop's own.
func (f *File) leaves(stmt, loop python.Node) bool {
	found := false
	python.Walk(stmt, func(node python.Node) bool {
		switch n := node.(type) {
		case *python.FunctionDef, *python.Lambda, *python.ClassDef:
			return false
		case *python.Raise, *python.Return:
			found = true
		case *python.Break:
			found = found || f.LoopAround(n) == loop
		}
		return !found
	})
	return found
}

// LoopAround returns the innermost loop around a node of the same function, or nil.
func (f *File) LoopAround(node python.Node) python.Node {
	for node = f.Parent(node); node != nil; node = f.Parent(node) {
		switch node.(type) {
		case *python.For, *python.While:
			return node
		case *python.FunctionDef, *python.Lambda, *python.ClassDef:
			return nil
		}
	}
	return nil
}

// comparesSize reports whether a condition compares by size.
func comparesSize(test python.Expr) bool {
	found := false
	python.Walk(test, func(node python.Node) bool {
		if compare, ok := node.(*python.Compare); ok {
			switch compare.Ops[0] {
			case python.Gt, python.GtE, python.Lt, python.LtE:
				found = true
			default:
			}
		}
		return !found
	})
	return found
}

// leavesEarly reports whether the loop may end before the last piece, as one does that looks for the end of a line.
func (f *File) leavesEarly(p Pieces) bool {
	found := false
	for _, stmt := range p.Body {
		python.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.Return:
			case *python.Break:
				if f.LoopAround(n) != p.Loop {
					return true
				}
			default:
				return !found
			}
			branch, ok := names.Inside[*python.If](f.File, node)
			found = found || !ok || !saysEmpty(branch.Test, p.Piece)
			return false
		})
	}
	return found
}

// saysEmpty reports whether a condition says that there is no further piece.
func saysEmpty(test python.Expr, piece *python.Name) bool {
	switch t := test.(type) {
	case *python.UnaryOp:
		return t.Op == python.Not && isNamed(t.Operand, piece)
	case *python.Compare:
		constant, ok := t.Comparators[0].(*python.Constant)
		return ok && isNamed(t.Left, piece) && len(constant.Raw) <= len(`b""`)
	}
	return false
}
