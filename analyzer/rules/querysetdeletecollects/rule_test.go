package querysetdeletecollects_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/querysetdeletecollects"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, querysetdeletecollects.Rule)
}

func TestLevels(t *testing.T) {
	t.Parallel()
	const models = "# shop/tasks.py\nfrom django.db import models\n\n\nclass Line(models.Model):\n" +
		"    order = models.ForeignKey('Order', on_delete=models.CASCADE)\n" +
		"    area = models.ForeignKey('Area', on_delete=models.CASCADE)\n" +
		"    message = models.ForeignKey('SentMessage', on_delete=models.CASCADE)\n\n\n"
	for _, test := range []struct {
		code string
		want []string
	}{
		{"def f(day):\n    Order.objects.filter(created__lt=day).delete()\n", []string{"medium/medium"}},
		{"def f():\n    Order.objects.filter(sent__lt=now() - timedelta(days=9)).delete()\n", []string{"medium/medium"}},
		{"def f():\n    Order.objects.filter(days_since_payment__gt=9).delete()\n", []string{"medium/medium"}},
		{"def f():\n    Order.objects.filter(last_change__lt=now() - settings.ORDER_TTL).delete()\n", []string{"medium/medium"}},
		{"def f():\n    Order.objects.filter(total__lt=limit - settings.DISCOUNT).delete()\n", []string{"medium/medium/preview"}},
		{"def f(day):\n    empty = Q(lines__isnull=True) & Q(created__lt=day)\n    lost = Q(user__isnull=True) & Q(created__lt=day)\n    Order.objects.filter(empty | lost).delete()\n", []string{"medium/medium"}},
		{"def f():\n    Order.objects.filter(sent__lt=now() - timedelta(hours=1)).delete()\n", []string{"medium/medium/preview"}},
		{"def f():\n    Order.objects.filter(customer__to_be_deleted=True, sent__lt=now() - timedelta(days=9)).delete()\n", []string{"medium/medium/preview"}},
		// What cascades tells nothing of how many there are.
		{"def f():\n    Order.objects.filter(paid=True).delete()\n", []string{"medium/medium/preview"}},
		{"def f():\n    Order.objects.filter(kind=Order.WEB).delete()\n", []string{"medium/medium/preview"}},
		{"def f(day):\n    Area.objects.filter(created__lt=day).delete()\n", []string{"medium/medium/preview"}},
		{"def f():\n    Area.objects.filter(empty=True).delete()\n", []string{"medium/low/preview"}},
		{"def f():\n    Order.objects.all().delete()\n", []string{"medium/low/preview"}},
		// Of messages that pile up, those of one state are many, too; of others they may be few.
		{"def f(day):\n    SentMessage.objects.filter(created__lt=day, status='sent').delete()\n", []string{"low/medium/preview"}},
		{"def f(day):\n    Order.objects.filter(created__lt=day, status='sent').delete()\n", []string{"medium/low"}},
		{"def reset(day):\n    Order.objects.filter(created__lt=day).delete()\n", []string{"medium/low"}},
		{"def clear_old(day):\n    Order.objects.filter(created__lt=day).delete()\n", []string{"medium/medium"}},
		{"def clear_some(given):\n    Order.objects.filter(paid=True).delete()\n", []string{"medium/low/preview"}},
		{"def flush(day, everything):\n    old = Order.objects.all()\n    if not everything:\n        old = old.filter(created__lt=day)\n    old.delete()\n", []string{"medium/medium"}},
		{"def f(day):\n    for model in (Log, Order):\n        model.objects.filter(created__lt=day).delete()\n", []string{"medium/medium"}},
		{"def f(day):\n    for model in (Log, Note):\n        model.objects.filter(created__lt=day).delete()\n", nil},
		{"def f(day, models):\n    for model in models:\n        model.objects.filter(created__lt=day).delete()\n", nil},
		{"def f():\n    for model in (Log, Order):\n        model.objects.filter(user__isnull=True).delete()\n", nil},
		{"def f():\n    Order.objects.filter(name='first').delete()\n", nil},
	} {
		if diff := cmp.Diff(test.want, ruletest.Levels(t, querysetdeletecollects.Rule, models+test.code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}

// TestMethods holds that a method of the project's own, which may return what only marks its rows, leaves a deletion in preview.
func TestMethods(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rows    string
		preview bool
	}{
		{"Order.objects.filter(created__lt=day)", false},
		{"Order.objects.all_with_deleted().filter(created__lt=day)", true},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetdeletecollects.Rule}, Project: &project.Facts{DeleteReceivers: []string{"Order"}}}
		code := "from shop.models import Order\n\n\ndef f(day):\n    " + test.rows + ".delete()\n"
		result := a.Tree(t.Context(), []string{"shop/tasks.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Preview != test.preview {
			t.Errorf("%s: %v, want one finding, in preview: %t", test.rows, findings, test.preview)
		}
	}
}

// TestRepairs holds that names which say that rows lack what they belong to leave their deletion in preview.
func TestRepairs(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code    string
		preview bool
	}{
		{"def f():\n    guests = Order.objects.filter(source_entry__isnull=True)\n    guests.delete()\n", false},
		{"def f():\n    orphan_orders = Order.objects.filter(source_entry__isnull=True)\n    orphan_orders.delete()\n", true},
		{"def drop_orphans():\n    Order.objects.filter(source_entry__isnull=True).delete()\n", true},
		{"def drop_orphans(day):\n    Order.objects.filter(created__lt=day).delete()\n", false},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetdeletecollects.Rule}, Project: &project.Facts{DeleteReceivers: []string{"Order"}}}
		code := "from shop.models import Order\n\n\n" + test.code
		result := a.Tree(t.Context(), []string{"shop/tasks.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Preview != test.preview {
			t.Errorf("%v, want one finding, in preview: %t\n%s", findings, test.preview, test.code)
		}
	}
}

// TestMarked holds that nothing is told of a manager whose QuerySets only mark rows, and that Django's own and others' do delete.
func TestMarked(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rows string
		want int
	}{
		{"Order.objects.filter(created__lt=day)", 0},
		{"Order.objects.all_with_deleted().filter(created__lt=day)", 0},
		{"Order._base_manager.filter(created__lt=day)", 1},
		{"Order.all_objects.filter(created__lt=day)", 1},
		{"Line.objects.filter(created__lt=day)", 1},
	} {
		a := &analyzer.Analyzer{
			Rules:   []*analyzer.Rule{querysetdeletecollects.Rule},
			Project: &project.Facts{Cascades: []string{"Line", "Order"}, Marked: []string{"Order"}},
		}
		code := "from shop.models import Line, Order\n\n\ndef f(day):\n    " + test.rows + ".delete()\n"
		result := a.Tree(t.Context(), []string{"shop/tasks.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if got := len(result.Files[0].Findings); got != test.want {
			t.Errorf("%s: %d findings, want %d", test.rows, got, test.want)
		}
	}
}

// TestLooseReceivers holds that a receiver whose module nothing is seen to import leaves a deletion in preview, unless something else
// makes Django load the rows.
func TestLooseReceivers(t *testing.T) {
	t.Parallel()
	const code = "from shop.models import Order\n\n\ndef f(day):\n    Order.objects.filter(created__lt=day).delete()\n"
	for _, test := range []struct {
		name     string
		facts    project.Facts
		findings []bool // whether each is in preview
	}{
		{"of the model", project.Facts{LooseReceivers: []string{"Order"}}, []bool{true}},
		{"of every model", project.Facts{LooseReceivers: []string{project.AnyModel}}, []bool{true}},
		{"beside a cascade", project.Facts{LooseReceivers: []string{"Order"}, Cascades: []string{"Order"}}, []bool{false}},
		{"of another model", project.Facts{LooseReceivers: []string{"Line"}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetdeletecollects.Rule}, Project: &test.facts}
			result := a.Tree(t.Context(), []string{"shop/tasks.py"}, func(string) ([]byte, error) { return []byte(code), nil })
			var got []bool
			for _, finding := range result.Files[0].Findings {
				got = append(got, finding.Preview)
			}
			if diff := cmp.Diff(test.findings, got); diff != "" {
				t.Errorf("findings in preview (-want +got):\n%s", diff)
			}
		})
	}
}

// TestHelpers holds that a function which anything may call is told of in preview, and nothing that runs for a request.
func TestHelpers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, code string
		findings   []bool // whether each is in preview
	}{
		{"shop/utils.py", "def cull(day):\n    Order.objects.filter(created__lt=day).delete()\n", []bool{true}},
		{"shop/utils.py", "def forget(user):\n    Order.objects.filter(bought_by(user)).delete()\n", nil},
		{"shop/utils.py", "def forget(user):\n    Order.objects.filter(user=user, created__lt=day).delete()\n", nil},
		{"shop/views.py", "def cull(request):\n    Order.objects.filter(created__lt=day).delete()\n", nil},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetdeletecollects.Rule}, Project: &project.Facts{Cascades: []string{"Order"}}}
		code := "from shop.models import Order\n\n\n" + test.code
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(code), nil })
		var got []bool
		for _, finding := range result.Files[0].Findings {
			got = append(got, finding.Preview)
		}
		if diff := cmp.Diff(test.findings, got); diff != "" {
			t.Errorf("findings in preview (-want +got):\n%s\n%s", diff, code)
		}
	}
}

func TestMigration(t *testing.T) {
	t.Parallel()
	facts := &project.Facts{Cascades: []string{"Bottle", "Plugin"}, DeleteReceivers: []string{project.AnyModel}}
	for _, test := range []struct{ model, body, want string }{
		{"Bottle", "Old.objects.filter(box=None).delete()", "low/medium/preview"},
		{"Bottle", "Old.objects.all().delete()", "medium/low/preview"},
		{"Bottle", "Old.objects.filter(label__startswith='[').delete()", "medium/low/preview"},
		{"Plugin", "Old.objects.filter(box=None).delete()", "medium/low/preview"},
		// Receivers do not hear of it.
		{"Order", "Old.objects.filter(box=None).delete()", ""},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{querysetdeletecollects.Rule}, Project: facts}
		code := "def f(apps, editor):\n    Old = apps.get_model('shop', '" + test.model + "')\n    " + test.body + "\n"
		got := ""
		for _, f := range a.Tree(t.Context(), []string{"shop/migrations/0002_a.py"}, func(string) ([]byte, error) { return []byte(code), nil }).Files[0].Findings {
			got += f.Severity.String() + "/" + f.Confidence.String()
			if f.Preview {
				got += "/preview"
			}
		}
		if got != test.want {
			t.Errorf("%s of %s: %q, want %q", test.body, test.model, got, test.want)
		}
	}
}
