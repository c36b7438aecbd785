package cursorfetchall_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/cursorfetchall"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, cursorfetchall.Rule)
}

func TestLevels(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code string
		want []string
	}{
		{"'SELECT number, total FROM shop_order')\n    return cursor.fetchall()\n", []string{"medium/medium"}},
		{"'SELECT number, total FROM shop_order WHERE paid AND sent IS NULL')\n    return cursor.fetchall()\n", []string{"medium/medium"}},
		{"\"SELECT number, total FROM shop_order WHERE status = 'open'\")\n    return cursor.fetchall()\n", []string{"medium/medium"}},
		{"'SELECT number FROM shop_order')\n    return cursor.fetchall()\n", []string{"medium/low"}},
		{"\"SELECT number, total FROM shop_order WHERE area = 'north'\")\n    return cursor.fetchall()\n", []string{"medium/low"}},
		{"\"SELECT number, total FROM shop_order WHERE text LIKE '%gift%'\")\n    return cursor.fetchall()\n", []string{"medium/low"}},
		{"'SELECT number, total FROM shop_order')\n    rows = cursor.fetchall()\n    cursor.execute('DELETE FROM shop_order')\n    return rows\n", []string{"medium/low"}},
	} {
		if diff := cmp.Diff(test.want, ruletest.Levels(t, cursorfetchall.Rule, "# shop/tasks.py\nfrom django.db import connection\n\n\ndef f(a):\n    cursor = connection.cursor()\n    cursor.execute("+test.code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}

// TestRemedies holds that what is only tested is not fetched in pieces, and that no remedy executes on the cursor whose rows it walks through.
func TestRemedies(t *testing.T) {
	t.Parallel()
	const (
		one    = "cursor.fetchone() is not None  # with LIMIT 1 in the query\n"
		count  = "cursor.execute(\"SELECT COUNT(*) FROM ...\")\ncursor.fetchone()[0]\n"
		pieces = "while rows := cursor.fetchmany(1000):\n    for row in rows:\n        ...\n"
		other  = "with connection.cursor() as other:  # cursor would lose its rows\n" +
			"    while rows := cursor.fetchmany(1000):\n        for row in rows:\n            other.execute(...)\n"
	)
	for code, want := range map[string]string{
		"rows = cursor.fetchall()\n    if not rows:\n        return a\n":                                one,
		"rows = cursor.fetchall()\n    if len(rows) > 0:\n        return a\n":                           one,
		"if len(cursor.fetchall()) == 0:\n        return a\n":                                           one,
		"rows = cursor.fetchall()\n    if len(rows) > 0:\n        print(len(rows))\n":                   count,
		"rows = cursor.fetchall()\n    if len(rows) > 10:\n        return a\n":                          count,
		"for row in cursor.fetchall():\n        a(row)\n":                                               pieces,
		"for row in cursor.fetchall():\n        cursor.execute('DELETE FROM old WHERE id = %s', row)\n": other,
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{cursorfetchall.Rule}}
		text := "from django.db import connection\n\n\ndef f(a):\n    cursor = connection.cursor()\n" +
			"    cursor.execute('SELECT number, total FROM shop_order')\n    " + code
		result := a.Tree(t.Context(), []string{"shop/tasks.py"}, func(string) ([]byte, error) { return []byte(text), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Remedy != want {
			t.Errorf("%v, want one finding with the remedy\n%s\n%s", findings, want, text)
		}
	}
}
