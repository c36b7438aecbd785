package python

import "testing"

func TestLastName(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"Order": "Order", "models.Order": "Order", "shop.models.Order": "Order", "get().order": "order", "get()": "", "'Order'": "", "x[0]": "",
	} {
		stmt, ok := new(Parser).Parse(source).Module.Body[0].(*ExprStmt)
		if !ok {
			t.Fatalf("%s is no expression", source)
		}
		if got := LastName(stmt.Value); got != want {
			t.Errorf("LastName of %s is %q, not %q", source, got, want)
		}
	}
}
