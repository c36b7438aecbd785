package analyzer_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
)

// loops reports the QuerySet of each loop.
func loops() *analyzer.Rule {
	return &analyzer.Rule{
		Name: "loops", Severity: analyzer.Medium, Confidence: analyzer.MediumConfidence,
		Run: func(pass *analyzer.Pass) {
			for _, loop := range pass.Loops {
				pass.Report(analyzer.Diagnostic{Span: loop.Iter.Range(), Message: "A loop"})
			}
		},
	}
}

// TestModel holds that a loop which takes a model to have what it plainly lacks is told in preview.
func TestModel(t *testing.T) {
	t.Parallel()
	const (
		imports = "from shop.models import Order\n"
		reads   = imports + "for order in Order.objects.all():\n    send(order.total)\n"
		django  = "from django.db import models\n"
		order   = django + "class Order(models.Model):\n    email = models.EmailField()\n    objects = models.Manager()\n"
	)
	for _, test := range []struct {
		name, code, models string
		// others are there beside the file and shop.
		others  map[string]string
		preview bool
	}{
		{"reads what is there", reads, order + "    total = models.IntegerField()\n", nil, false},
		{"reads what is gone", reads, order, nil, true},
		{"reads what every model has", imports + "for order in Order.objects.all():\n    order.full_clean()\n    order.save()\n    order.save_without_historical_record()\n    send(order.pk)\n", order, nil, false},
		{"reads what a field makes", imports + "for order in Order.objects.all():\n    send(order.get_email_display(), order.email_de, order.line_set)\n", order, nil, false},
		{"reads what only begins as a method does", reads, order + "    def tot(self):\n        pass\n", nil, true},
		{"looks up what is gone", imports + "for order in Order.objects.filter(total=1):\n    pass\n", order, nil, true},
		{"a manager that is gone", imports + "for order in Order.all_objects.all():\n    pass\n", order, nil, true},
		{"a manager that is there", imports + "for order in Order.all_objects.all():\n    pass\n", order + "    all_objects = OrderManager()\n", nil, false},
		{"a manager that may compute it", reads, order + "    objects = OrderManager()\n", nil, false},
		{"a manager that only asks", reads, django + "class OrderManager(models.Manager):\n    def paid(self):\n        return self.filter(paid=1)\n" + strings.Replace(order[len(django):], "models.Manager", "OrderManager", 1), nil, true},
		{"a manager that computes", reads, django + "class OrderManager(models.Manager):\n    def get_queryset(self):\n        return with_total(super().get_queryset())\n" + strings.Replace(order[len(django):], "models.Manager", "OrderManager", 1), nil, false},
		{"a manager of another base", reads, django + "class OrderManager(Totals):\n    pass\n" + strings.Replace(order[len(django):], "models.Manager", "OrderManager", 1), nil, false},
		{"a library's base", reads, "from django_extensions.db.models import TimeStampedModel\nclass Order(TimeStampedModel):\n    pass\n", nil, true},
		{"a library's base has it", strings.Replace(reads, "total", "created", 1), "from django_extensions.db.models import TimeStampedModel\nclass Order(TimeStampedModel):\n    pass\n", nil, false},
		{"a base has it", reads, django + "class Priced(models.Model):\n    total = models.IntegerField()\nclass Order(Priced):\n    pass\n", nil, false},
		{"no base has it", reads, django + "class Priced(models.Model):\n    pass\nclass Order(Priced):\n    pass\n", nil, true},
		{"another file's base has it", reads, "from club.models import Priced\nclass Order(Priced):\n    pass\n", map[string]string{
			"club/__init__.py": "", "club/models.py": django + "class Priced(models.Model):\n    total = models.IntegerField()\n",
		}, false},
		{"another's base", reads, "from model_utils import TimeStampedModel\nclass Order(TimeStampedModel):\n    pass\n", nil, false},
		{"another name of it", reads, "from .orders import Purchase\nOrder = Purchase\n", map[string]string{
			"shop/orders.py": django + "class Purchase(models.Model):\n    pass\n",
		}, true},
		{"among what a module takes from others", reads, "from .carts import *\nfrom .orders import *\n", map[string]string{
			"shop/carts.py": "from .orders import Order\n", "shop/orders.py": order,
		}, true},
		{"among what comes from elsewhere", reads, "from elsewhere import *\nfrom .orders import *\n", map[string]string{"shop/orders.py": order}, false},
		{"a relation back", reads, order, map[string]string{"club/models.py": "models.ForeignKey('shop.Order', related_name='total')\n"}, false},
		{"a relation back, of a class", reads, order, map[string]string{"club/models.py": "class Total(models.Model):\n    order = models.OneToOneField('shop.Order')\n"}, false},
		{"a relation back that a class inherits", reads, order, map[string]string{
			"club/bases.py":  "class Part(models.Model):\n    order = models.OneToOneField('shop.Order')\n    class Meta:\n        abstract = True\n",
			"club/models.py": "class Total(Part):\n    pass\n",
		}, false},
		{"a relation back to a base", reads, django + "class Priced(models.Model):\n    pass\nclass Order(Priced):\n    pass\n", map[string]string{
			"club/models.py": "class Total(models.Model):\n    priced = models.OneToOneField('shop.Priced')\n",
		}, false},
		{"a class that refers to others", reads, order, map[string]string{"club/models.py": "class Total(models.Model):\n    club = models.OneToOneField('club.Club')\n"}, true},
		{"a relation back by a pattern", imports + "for order in Order.objects.all():\n    send(order.club_fees)\n", order, map[string]string{
			"club/models.py": "models.ForeignKey('shop.Order', related_name='%(app_label)s_%(class)s')\nclass Fees(models.Model):\n    pass\n",
		}, false},
		{"no relation back by a pattern", imports + "for order in Order.objects.all():\n    send(order.club_total)\n", order, map[string]string{
			"club/models.py": "models.ForeignKey('shop.Order', related_name='%(app_label)s_%(class)s')\nclass Fees(models.Model):\n    pass\n",
		}, true},
		{"a relation back whose name is computed", reads, order, map[string]string{"club/models.py": "models.ForeignKey('shop.Order', related_name=name())\n"}, false},
		{"a relation back whose name a caller gives", reads, order, map[string]string{"club/models.py": "def link(related_name):\n    models.ForeignKey('shop.Order', related_name=related_name)\nlink('total')\n"}, false},
		{"what another module sets", reads, order, map[string]string{"club/apps.py": "Order.total = property(total)\n"}, false},
		{"what another module adds", reads, order, map[string]string{"club/apps.py": "Order.add_to_class('total', property(total))\n"}, false},
		{"what a signal sets", reads, order, map[string]string{"club/signals.py": "instance.total = 1\n"}, false},
		{"what a form sets", reads, order, map[string]string{"club/views.py": "form.instance.total = 1\n"}, true},
		{"what another object has", reads, order, map[string]string{"club/signals.py": "self.total = 1\nprint('total', other.total == 1)\n"}, true},
		{"one of two modules", reads, order, map[string]string{"tools/shop/models.py": order}, false},
		{"a module that does not parse", reads, order + "    def f(:\n", nil, false},
		{"a mark in front of the module", reads, "\ufeff" + order, nil, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			const file = "shop/management/commands/send.py"
			files := map[string]string{"manage.py": "", "shop/__init__.py": "", "shop/models.py": test.models, file: test.code}
			maps.Copy(files, test.others)
			read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
			paths := slices.Sorted(maps.Keys(files))
			a := newAnalyzer(loops())
			a.Mentions, a.Modules = &analyzer.Mentions{Paths: paths, Read: read}, analyzer.NewModules(paths)
			findings := a.Tree(t.Context(), []string{file}, read).Files[0].Findings
			if len(findings) != 1 || findings[0].Preview != test.preview {
				t.Errorf("findings = %v, want one, in preview: %v", findings, test.preview)
			}
		})
	}
}

// TestModelOnSearchPath holds that a file finds the models of its own application by the application's name, though the folder around
// is a package, and another's no more than before.
func TestModelOnSearchPath(t *testing.T) {
	t.Parallel()
	code := "for order in Order.objects.all():\n    send(order.total)\n"
	files := map[string]string{
		"manage.py": "", "web/__init__.py": "", "web/shop/__init__.py": "", "web/shop/models.py": "from django.db import models\nclass Order(models.Model):\n    pass\n",
		"web/club/__init__.py": "", "web/shop/jobs.py": "from shop.models import Order\n" + code, "web/club/jobs.py": "from shop.models import Order\n" + code,
	}
	read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
	paths := slices.Sorted(maps.Keys(files))
	for file, preview := range map[string]bool{"web/shop/jobs.py": true, "web/club/jobs.py": false} {
		a := newAnalyzer(loops())
		a.Mentions, a.Modules = &analyzer.Mentions{Paths: paths, Read: read}, analyzer.NewModules(paths)
		findings := a.Tree(t.Context(), []string{file}, read).Files[0].Findings
		if len(findings) != 1 || findings[0].Preview != preview {
			t.Errorf("%s: findings = %v, want one, in preview: %v", file, findings, preview)
		}
	}
}
