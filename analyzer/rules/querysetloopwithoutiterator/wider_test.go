package querysetloopwithoutiterator_test

import "testing"

func TestIndexes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, code, want string
	}{
		{"a table that is indexed", "def index_bottles():\n  for x in Bottle.objects.all():\n    put(x)", "medium/preview"},
		{"rows that are indexed anew", "def reindex():\n  for x in Bottle.objects.filter(open=True):\n    put(x)", "medium/preview"},
		{"what people set up", "def index_plugins():\n  for x in Plugin.objects.all():\n    put(x)", "low"},
		{"rows of one object", "def index_bottles(shop):\n  for x in Bottle.objects.filter(shop=shop):\n    put(x)", ""},
		{"another name", "def put_bottles():\n  for x in Bottle.objects.all():\n    put(x)", "low"},
		{"documents of an index", "class BottleIndexer:\n  def rows(self):\n    for x in Bottle.objects.filter(open=True).distinct():\n      yield {'name': x.name}", "medium/preview"},
	} {
		checkConfidence(t, test.name, "shop/search.py", test.code, test.want)
	}
}
