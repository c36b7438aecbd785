package serializewholetable_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/serializewholetable"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, serializewholetable.Rule)
}

// TestRemedies holds that a stream is advised where text goes to a file, and nowhere else.
func TestRemedies(t *testing.T) {
	t.Parallel()
	for call, want := range map[string]string{
		"def f():\n    return serialize('json', Order.objects.all())\n":                                                     "with open(path, \"w\") as out:\n    serializers.serialize('json', Order.objects.all().iterator(), stream=out)\n",
		"def f():\n    return serialize(format='json', queryset=Order.objects.all())\n":                                     "with open(path, \"w\") as out:\n    serializers.serialize('json', Order.objects.all().iterator(), stream=out)\n",
		"def f():\n    return serialize('python', Order.objects.all())\n":                                                   "for row in Order.objects.all().iterator(chunk_size=2000):\n    yield serializers.serialize('python', [row])[0]\n",
		"def f(request):\n    return HttpResponse(serialize('json', Order.objects.all()))\n":                                "page = Paginator(Order.objects.all(), 100).get_page(request.GET.get(\"page\"))\nserializers.serialize('json', page)\n",
		"def f(request, term):\n    return HttpResponse(serialize('json', Order.objects.filter(number__icontains=term)))\n": "page = Order.objects.filter(number__icontains=term)[:20]\nserializers.serialize('json', page)\n",
		"def f(request, term):\n    return JsonResponse(list(Order.objects.filter(number__icontains=term)))\n":              "page = Order.objects.filter(number__icontains=term)[:20]\n",
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{serializewholetable.Rule}}
		code := "from django.core.serializers import serialize\nfrom django.http import HttpResponse, JsonResponse\nfrom shop.models import Order\n\n" + call
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Remedy != want {
			t.Errorf("%v, want one finding with the remedy\n%s\n%s", findings, want, code)
		}
	}
}
