package python

// A File is one parsed source file. It and all its nodes are valid until the [Parser] that made it parses again.
type File struct {
	// Source is the text that was parsed, always UTF-8; every Span is an offset into it, and every string in the
	// tree a part of it.
	Source string
	Module *Module
	// Comments in source order.
	Comments []Comment
	// Errors in source order; empty for a file that Python accepts. The tree holds what is intact around them.
	Errors []SyntaxError
	// NodeCount is one more than the largest NodeID.
	NodeCount int
}

// A Comment runs from # to the end of its line, without the line's end.
type Comment struct {
	Span
	// OwnLine is true where nothing but white space stands before it on its line.
	OwnLine bool
}

// A SyntaxError is one place where the source is not Python.
type SyntaxError struct {
	Span
	// Msg is lower case and without a full stop: "expected ':'".
	Msg string
}

// Text returns the source that node covers.
func (f *File) Text(node Node) string {
	span := node.Range()
	return f.Source[span.Start:span.End]
}
