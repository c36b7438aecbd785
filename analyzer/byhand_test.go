package analyzer_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/djleak/djleak/analyzer"
)

// TestByHand holds that what a loop holds of a table is in preview where rows come only by the admin's page.
func TestByHand(t *testing.T) {
	t.Parallel()
	rule := &analyzer.Rule{
		Name: "leaks", Severity: analyzer.High, Confidence: analyzer.HighConfidence,
		Run: func(pass *analyzer.Pass) {
			for _, loop := range pass.Loops {
				pass.Report(analyzer.Diagnostic{Span: loop.Iter.Range(), Message: "A leak", Rows: "Invoice"})
			}
		},
	}
	const (
		head   = "from shop.models import Invoice\n\n"
		model  = "class Invoice(models.Model):\n    order = models.ForeignKey('Order', related_name='invoices')\n"
		admin  = head + "@admin.register(Invoice)\nclass InvoiceAdmin(ModelAdmin):\n    pass\n"
		listed = head + "class Invoices(ListView):\n    model = Invoice\n"
	)
	for _, test := range []struct {
		name    string
		files   map[string]string
		preview bool
	}{
		{"by the admin's page", nil, true},
		{"asked and shown", map[string]string{"shop/views.py": listed + "\ndef f(order):\n    return Invoice.objects.filter(order=order), order.invoices.count()\n"}, true},
		{"of a demonstration", map[string]string{"scripts/demo.py": head + "Invoice.objects.create()\n"}, true},
		{"of a test", map[string]string{"shop/tests/test_a.py": head + "Invoice().save()\n"}, true},
		{"by a QuerySet that only asks", map[string]string{"shop/models.py": "class InvoiceQuerySet(QuerySet):\n    def due(self):\n        return self.filter(due=1)\n\n\n" + model + "    objects = InvoiceQuerySet.as_manager()\n"}, true},
		{"by nobody", map[string]string{"shop/admin.py": ""}, false},
		{"by code", map[string]string{"shop/views.py": head + "def f(order):\n    Invoice.objects.create(order=order)\n"}, false},
		{"by its class", map[string]string{"shop/views.py": head + "def f(order):\n    Invoice(order=order).save()\n"}, false},
		{"through the relation", map[string]string{"shop/views.py": "def f(order):\n    order.invoices.create()\n"}, false},
		{"by a form", map[string]string{"shop/forms.py": head + "class InvoiceForm(ModelForm):\n    class Meta:\n        model = Invoice\n"}, false},
		{"by a view with a form", map[string]string{"shop/views.py": head + "class Invoices(CreateView):\n    model = Invoice\n"}, false},
		{"with another's rows", map[string]string{"shop/orders.py": head + "class Lines(TabularInline):\n    model = Invoice\n"}, false},
		{"of another name", map[string]string{"shop/bills.py": head + "class Bill(Invoice):\n    pass\n"}, false},
		{"by a method of the class", map[string]string{"shop/models.py": model + "\n    @classmethod\n    def of(cls, order):\n        return cls(order=order)\n"}, false},
		{"by a manager", map[string]string{"shop/models.py": "class Bills(Manager):\n    pass\n\n\nclass BillManager(Manager):\n    def bill(self):\n        return self.create()\n\n\n" + model + "    objects = BillManager()\n"}, false},
		{"by a manager from elsewhere", map[string]string{"shop/models.py": model + "    objects = BillManager()\n"}, false},
		{"of two tables", map[string]string{"club/models.py": model}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{
				"manage.py": "", "shop/__init__.py": "", "shop/models.py": model, "shop/admin.py": admin, "shop/close.py": "for x in rows:\n    x.close()\n",
			}
			maps.Copy(files, test.files)
			read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
			paths := slices.Sorted(maps.Keys(files))
			a := newAnalyzer(rule)
			a.Mentions, a.Modules = &analyzer.Mentions{Paths: paths, Read: read}, analyzer.NewModules(paths)
			findings := a.Tree(t.Context(), []string{"shop/close.py"}, read).Files[0].Findings
			if len(findings) != 1 || findings[0].Preview != test.preview {
				t.Errorf("findings = %v, want one, in preview: %v", findings, test.preview)
			}
		})
	}
}
