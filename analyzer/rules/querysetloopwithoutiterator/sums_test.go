package querysetloopwithoutiterator_test

import (
	"strings"
	"testing"
)

func TestSums(t *testing.T) {
	t.Parallel()
	const told = "medium/preview"
	all := func(body string) string {
		return "def f(request):\n  seen = set()\n  n = {}\n  for x in Bottle.objects.all():\n    " + strings.ReplaceAll(body, "\n", "\n    ")
	}
	for _, test := range []struct {
		name, code, want string
	}{
		{"counted", all("n[x.kind] += 1"), told},
		{"added up", all("n += x.price * x.amount"), told},
		{"gathered", all("seen.add(x.owner_id)"), told},
		{"counted by kinds", all("if x.old:\n  n[0] += 1\n  continue\nif x.kind == 2:\n  n[1] += 1\nelse:\n  pass"), told},
		{"asked", all("n += x.total()"), ""},
		{"joined as text", all("n += 'a'"), ""},
		{"added to what belongs to it", all("x.users.add(request.user)"), ""},
		{"the rows gathered", all("seen.add(x)"), ""},
		{"shown", all("n[x.kind] += 1\nrows.append(x.name)"), ""},
		{"what people set up", "def f(request):\n  for x in Plugin.objects.all():\n    n[x.kind] += 1", ""},
		{"of one object", "def f(request):\n  for x in Bottle.objects.filter(shop=request.shop):\n    n[x.kind] += 1", ""},
		{"of a quarter", "def f(start, end):\n  for x in Bottle.objects.filter(sold_at__gte=start, sold_at__lt=end).select_related('shop'):\n    n[x.shop.kind] += 1", told},
		{"of a quarter, nothing joined", "def f(request, start, end):\n  for x in Bottle.objects.filter(sold_at__gte=start, sold_at__lt=end):\n    n[x.kind] += 1", ""},
		{"of a list", "class A(ListView):\n  model = Bottle\n  def get_context_data(self):\n    for x in self.get_queryset():\n      n[x.kind] += 1", told},
		{"of a list with a queryset", "class A(ListView):\n  queryset = Bottle.objects.filter(shop=1)[:5]\n  def get_context_data(self):\n    for x in self.get_queryset():\n      n[x.kind] += 1", ""},
		{"of a list of its own", "class A(ListView):\n  model = Bottle\n  def get_queryset(self):\n    return Bottle.objects.all()[:5]\n  def get_context_data(self):\n    for x in self.get_queryset():\n      n[x.kind] += 1", ""},
	} {
		checkConfidence(t, test.name, "shop/stock.py", "from django.views.generic import ListView\n"+test.code, test.want)
	}
}
