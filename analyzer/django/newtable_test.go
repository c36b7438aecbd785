package django_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/django"
)

// TestNewTable holds that a migration which makes a table meets no rows in it.
func TestNewTable(t *testing.T) {
	t.Parallel()
	const made = "class Migration(migrations.Migration):\n    operations = [migrations.CreateModel(name='Order', fields=[]), migrations.RunPython(f)]\n"
	for name, test := range map[string]struct {
		path, body, operations string
		want                   django.Extent
	}{
		"made here":               {"shop/migrations/0001_initial.py", "", made, django.Few},
		"made elsewhere":          {"shop/migrations/0002_sum.py", "", "class Migration(migrations.Migration):\n    operations = [migrations.RunPython(f)]\n", django.Whole},
		"another app's":           {"orders/migrations/0001_initial.py", "", made, django.Whole},
		"filled first":            {"shop/migrations/0001_initial.py", "    Order.objects.create(no=1)\n", made, django.Whole},
		"filled by another app's": {"shop/migrations/0001_initial.py", "    rows = [Order(no=o.no) for o in old]\n", made, django.Whole},
		"filled in SQL":           {"shop/migrations/0001_initial.py", "", made + "    more = migrations.RunSQL('INSERT')\n", django.Whole},
		"made for the state":      {"shop/migrations/0001_initial.py", "", "x = migrations.SeparateDatabaseAndState(state_operations=[migrations.CreateModel('Order')])\n", django.Whole},
		"no migration":            {"shop/app.py", "", made, django.Whole},
	} {
		f := view(t, test.path, "def f(apps, schema_editor):\n    Order = apps.get_model('shop', 'Order')\n"+test.body+"    show(Order.objects.all())\n"+test.operations)
		if got := f.Extent(f.QuerySet(shown(t, f))); got != test.want {
			t.Errorf("%s: extent %d, want %d", name, got, test.want)
		}
	}
}
