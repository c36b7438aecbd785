package analyzer_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
)

// loopsOver reports each loop as one over the rows of a model.
func loopsOver(model string) *analyzer.Rule {
	return &analyzer.Rule{
		Name: "leaks", Severity: analyzer.High, Confidence: analyzer.HighConfidence,
		Run: func(pass *analyzer.Pass) {
			for _, loop := range pass.Loops {
				pass.Report(analyzer.Diagnostic{Span: loop.Iter.Range(), Message: "A leak", Rows: model})
			}
		},
	}
}

// loopFindings returns the findings about the loops of shop/close.py over rows of a model, in a repository of some files.
func loopFindings(t *testing.T, files map[string]string, model string) []analyzer.Finding {
	t.Helper()
	read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
	paths := slices.Sorted(maps.Keys(files))
	a := newAnalyzer(loopsOver(model))
	a.Mentions, a.Modules = &analyzer.Mentions{Paths: paths, Read: read}, analyzer.NewModules(paths)
	return a.Tree(t.Context(), []string{"shop/close.py"}, read).Files[0].Findings
}

// TestByHand holds that what a loop holds of a table is in preview where rows come only by the admin's page.
func TestByHand(t *testing.T) {
	t.Parallel()
	const (
		head       = "from shop.models import Invoice\n\n"
		model      = "class Invoice(models.Model):\n    order = models.ForeignKey('Order', related_name='invoices')\n"
		admin      = head + "@admin.register(Invoice)\nclass InvoiceAdmin(ModelAdmin):\n    pass\n"
		form       = "class InvoiceForm(ModelForm):\n    class Meta:\n        model = Invoice\n"
		imported   = "from .serializers import InvoiceSerializer\n\n\n"
		serializer = head + "class InvoiceSerializer(ModelSerializer):\n    class Meta:\n        model = Invoice\n"
		listed     = head + "class Invoices(ListView):\n    model = Invoice\n"
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
		{"by a manager of another's", map[string]string{"shop/models.py": "from treebeard.managers import (\n    TreeManager,\n)\n" + model + "    objects = TreeManager()\n"}, true},
		{"by the form of its page", map[string]string{"shop/admin/invoices.py": head + form}, true},
		{"with another's rows on its page", map[string]string{"shop/admin.py": head + "class Lines(admin.TabularInline):\n    model = Invoice\n"}, true},
		{"with another's relation", map[string]string{"shop/orders.py": head + "class Lines(TabularInline):\n    model = Invoice.orders.through\n"}, true},
		{"shown by a serializer", map[string]string{"shop/serializers.py": serializer, "shop/views.py": imported + "class Invoices(ReadOnlyModelViewSet):\n    serializer_class = InvoiceSerializer\n\n\ndef show(invoice):\n    return InvoiceSerializer(invoice).data\n"}, true},
		{"shown by a serializer within another", map[string]string{"shop/serializers.py": serializer + "\n\nclass OrderSerializer(ModelSerializer):\n    invoices = InvoiceSerializer(many=True)\n"}, true},
		{"saved by a serializer", map[string]string{"shop/serializers.py": serializer, "shop/views.py": imported + "class Invoices(ModelViewSet):\n    serializer_class = InvoiceSerializer\n"}, false},
		{"saved by a serializer at once", map[string]string{"shop/serializers.py": serializer, "shop/views.py": imported + "def add(request):\n    InvoiceSerializer(data=request.data).save()\n"}, false},
		{"saved by a serializer of its kind", map[string]string{"shop/serializers.py": serializer + "\n\nclass OpenInvoiceSerializer(InvoiceSerializer):\n    pass\n"}, false},
		{"saved by a serializer around", map[string]string{"shop/serializers.py": serializer + "\n\nclass OrderSerializer(WritableNestedModelSerializer):\n    invoices = InvoiceSerializer(many=True)\n"}, false},
		{"by a formset", map[string]string{"shop/views.py": head + "Invoices = modelformset_factory(Invoice, fields=['order'])\n"}, false},
		{"by nobody", map[string]string{"shop/admin.py": ""}, false},
		{"by code", map[string]string{"shop/views.py": head + "def f(order):\n    Invoice.objects.create(order=order)\n"}, false},
		{"by its class", map[string]string{"shop/views.py": head + "def f(order):\n    Invoice(order=order).save()\n"}, false},
		{"through the relation", map[string]string{"shop/views.py": "def f(order):\n    order.invoices.create()\n"}, false},
		{"by a form", map[string]string{"shop/forms.py": head + form}, false},
		{"by a view with a form", map[string]string{"shop/views.py": head + "class Invoices(CreateView):\n    model = Invoice\n"}, false},
		{"with another's rows", map[string]string{"shop/orders.py": head + "class Lines(TabularInline):\n    model = Invoice\n"}, false},
		{"of another name", map[string]string{"shop/bills.py": head + "class Bill(Invoice):\n    pass\n"}, false},
		{"by a method of the class", map[string]string{"shop/models.py": model + "\n    @classmethod\n    def of(cls, order):\n        return cls(order=order)\n"}, false},
		{"by a manager", map[string]string{"shop/models.py": "class Bills(Manager):\n    pass\n\n\nclass BillManager(Manager):\n    def bill(self):\n        return self.create()\n\n\n" + model + "    objects = BillManager()\n"}, false},
		{"by a manager from elsewhere", map[string]string{"shop/models.py": model + "    objects = BillManager()\n"}, false},
		{"of two tables", map[string]string{"club/models.py": model}, false},
		{"defined twice in one module", map[string]string{"shop/models.py": model + "\n\n" + model}, true},
		{"named by comments", map[string]string{"shop/notes.py": strings.Repeat("# Invoice\n", 9)}, true},
		{"named more often than anybody looks at", map[string]string{"shop/notes.py": strings.Repeat("# Invoice\n", 999)}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{
				"manage.py": "", "shop/__init__.py": "", "shop/models.py": model, "shop/admin.py": admin, "shop/close.py": "for x in rows:\n    x.close()\n",
			}
			maps.Copy(files, test.files)
			findings := loopFindings(t, files, "Invoice")
			if len(findings) != 1 || findings[0].Preview != test.preview {
				t.Errorf("findings = %v, want one, in preview: %v", findings, test.preview)
			}
		})
	}
}

// TestPilesByHand holds that staff types rows whose kind piles up only where the admin has a form for them.
func TestPilesByHand(t *testing.T) {
	t.Parallel()
	const (
		head  = "from shop.models import Notification\n\n"
		admin = "@admin.register(Notification)\nclass NotificationAdmin(ModelAdmin):\n    pass\n"
		form  = "class NotificationForm(ModelForm):\n    class Meta:\n        model = Notification\n\n\n"
	)
	for code, preview := range map[string]bool{head + admin: false, head + form + admin: true} {
		files := map[string]string{
			"manage.py": "", "shop/__init__.py": "", "shop/models.py": "class Notification(models.Model):\n    pass\n", "shop/admin.py": code,
			"shop/close.py": "for x in rows:\n    x.close()\n",
		}
		findings := loopFindings(t, files, "Notification")
		if len(findings) != 1 || findings[0].Preview != preview {
			t.Errorf("findings = %v, want one, in preview: %v, of\n%s", findings, preview, code)
		}
	}
}

// TestInterrupted holds that nobody looks through a repository's modules any more once a run was interrupted.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	files := map[string]string{
		"manage.py": "", "shop/models.py": "class Invoice(models.Model):\n    pass\n", "shop/admin.py": "admin.site.register(Invoice)\n",
		"shop/close.py": "for x in rows:\n    x.close()\n",
	}
	read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
	late := 0
	paths := slices.Sorted(maps.Keys(files))
	a := newAnalyzer(loopsOver("Invoice"))
	a.Modules = analyzer.NewModules(paths)
	a.Mentions = &analyzer.Mentions{Paths: paths, Read: func(path string) ([]byte, error) {
		if ctx.Err() != nil {
			late++
		}
		cancel()
		return read(path)
	}}
	a.Workers = 1
	a.Tree(ctx, []string{"shop/close.py"}, read)
	if ctx.Err() == nil || late > 0 {
		t.Errorf("interrupted: %v; %d modules were read afterwards, want none", ctx.Err(), late)
	}
}
