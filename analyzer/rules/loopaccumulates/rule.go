// Package loopaccumulates reports loops that keep something of every pass in a container that nothing empties.
package loopaccumulates

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports what an endless loop, a loop over a table, over the pieces of a file, the batches of a cursor, a
// generator or files collects.
var Rule = &analyzer.Rule{
	Name:       "loop-accumulates",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, loop := range pass.Whiles {
		if isEndless(pass, loop) {
			endless(pass, loop)
		} else {
			pieces(pass, loop)
		}
	}
	for _, loop := range pass.Loops {
		pieces(pass, loop)
		rows(pass, loop)
		parts(pass, loop)
		yielded(pass, loop)
	}
	for _, call := range pass.Calls {
		documents(pass, call)
		batches(pass, call)
		streamed(pass, call)
	}
}

// pieces reports a container that puts the pieces of a file or a response together again. Those of an upload are another
// rule's matter.
func pieces(pass *analyzer.Pass, loop python.Node) {
	read, ok := pass.PiecesOf(loop)
	if !ok || pass.IsUpload(read.Source) {
		return
	}
	for _, c := range pass.Reassembled(read) {
		pass.Report(analyzer.Diagnostic{
			Span:    c.Node.Range(),
			Preview: true, // What takes it next may need the whole.
			Message: "`" + c.Name + "` puts all pieces together again: reading them one by one saves nothing",
			Remedy:  "# Hand each piece on, or write it to a file\nwith open(path, \"wb\") as out:\n    out.write(" + read.Piece.Id + ")\n",
		})
	}
}
