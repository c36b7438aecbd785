package forceddebugcursor

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
)

func TestFixIsSafeWhereNobodyReadsTheQueries(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]analyzer.FixKind{
		"work()\n":                         analyzer.SafeFix,
		"print(len(connection.queries))\n": analyzer.UnsafeFix,
		"print(connection.queries_log)\n":  analyzer.UnsafeFix,
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{Rule}}
		code = "from django.db import connection\n\nconnection.force_debug_cursor = True\n" + code
		file := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(code), nil }).Files[0]
		if len(file.Findings) != 1 || file.Findings[0].Fix == nil || file.Findings[0].Fix.Kind != want {
			t.Errorf("findings = %v, want one with a fix of kind %s in\n%s", file.Findings, want, code)
		}
	}
}
