package django_test

import (
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

func TestCopy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ expr, want string }{
		{"list(Order.objects.all())", "list"},
		{"tuple(Order.objects.all())", "tuple"},
		{"set(Order.objects.all())", "set"},
		{"sorted(Order.objects.all())", "sorted"},
		{"[*Order.objects.all()]", "list"},
		{"[None, *Order.objects.all()]", "list"},
		{"[x for x in Order.objects.all()]", "list"},
		{"[x for x in Order.objects.all() if x.open]", "none"},
		{"[x.pk for x in Order.objects.all()]", "list of x.pk"},
		{"list(x.pk for x in Order.objects.all())", "list of x.pk"},
		{"{x.pk: x for x in Order.objects.all()}", "dict"},
		{"{x.pk: x.name for x in Order.objects.all()}", "dict of x.name"},
		{"list(Order.objects.iterator())", "list through iterator"},
		{"[x for x in Order.objects.all().iterator(chunk_size=10)]", "list through iterator"},
		{"await sync_to_async(list)(Order.objects.all())", "list"},
		{"list(Order.objects.get(pk=1))", "none"},
		{"list(x.lines.open())", "list"},
		{"list(x.lines.items())", "none"},
		{"list(x.line.open())", "none"},
		{"list(y.lines.open())", "none"},
		{"list(x)", "none"},
		{"list(range(5))", "none"},
		{"len(Order.objects.all())", "none"},
		{"[x for y in z for x in Order.objects.all()]", "none"},
	} {
		f := view(t, "shop/app.py", "from asgiref.sync import sync_to_async\nasync def f(x, z):\n    show("+test.expr+")")
		got := "none"
		if c := f.Copy(shown(t, f)); c != nil {
			got = c.Made
			if c.Element != nil {
				got += " of " + f.Text(c.Element)
			}
			if c.Iterator {
				got += " through iterator"
			}
		}
		if got != test.want {
			t.Errorf("Copy of %s = %s, want %s", test.expr, got, test.want)
		}
	}
}

func TestDestinationOf(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		body    string
		want    django.Destination
		counted bool
	}{
		{"show(ROWS)", django.Kept, false},
		{"x = ROWS; return x", django.Kept, false},
		{"x = ROWS; g(x)", django.Kept, false},
		{"x = ROWS; x[0]", django.Kept, false},
		{"x = ROWS; x.append(1)", django.Kept, false},
		{"for y in ROWS: pass", django.Walked, false},
		{"x = ROWS; [y.pk for y in x]", django.Walked, false},
		{"x = ROWS; n = len(x); [y.pk for y in x]", django.Walked, true},
		{"x = ROWS; a = [y.pk for y in x]; b = [y.pk for y in x]", django.Kept, false},
		{"x = ROWS\n    for z in w:\n        for y in x: pass", django.Kept, false},
		{"len(ROWS)", django.Measured, false},
		{"x = ROWS\n    if not x: return", django.Tested, false},
		{"ROWS[:10]", django.Chunked, false},
		{"x = ROWS\n    for i in range(0, len(x), 10): g(x[i:i + 10])", django.Chunked, true},
		{"x = ROWS; g(zip(*[iter(x)] * 10)); g(x[:10])", django.Chunked, false},
		{"x = ROWS; g(zip(*[iter(x)] * 10)); g(x[-(len(x) % 10):])", django.Chunked, true},
		{"x = ROWS; g(x[-10:])", django.Kept, false},
		{"x = ROWS; n = len(x); g(x[-10:])", django.Kept, false},
		{"ROWS[10:]", django.Kept, false},
		{"ROWS[:-1]", django.Kept, false},
		{"x = ROWS; g(chunked(x, 10))", django.Chunked, false},
		{"1 in ROWS", django.Searched, false},
		{"x = ROWS; Line.objects.filter(order__in=x)", django.LookedUp, false},
		{"x = ROWS; Line.objects.filter(order__in=x); return x", django.Kept, false},
		{"Paginator(ROWS, 20)", django.Paginated, false},
		{"JsonResponse({'orders': ROWS})", django.Serialized, false},
		{"x = ROWS; JsonResponse(x, safe=False)", django.Serialized, false},
	} {
		code := "from django.core.paginator import Paginator\nfrom django.http import JsonResponse\ndef f(w):\n    " +
			strings.ReplaceAll(strings.ReplaceAll(test.body, "; ", "\n    "), "ROWS", "list(Order.objects.all())")
		f := view(t, "shop/app.py", code)
		var rows python.Expr
		for _, call := range f.Calls {
			if f.Copy(call) != nil {
				rows = call
			}
		}
		got, counted := f.DestinationOf(rows)
		if got != test.want || counted != test.counted {
			t.Errorf("DestinationOf = %d, %t, want %d, %t in\n%s", got, counted, test.want, test.counted, code)
		}
	}
}
