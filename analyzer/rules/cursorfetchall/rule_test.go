package cursorfetchall_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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
