package rules_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules"
)

// circles are expressions that rules follow to where X comes from.
var circles = strings.Split(strings.TrimSpace(`
X.filter(pk__in=X)
Order.objects.filter(pk__in=X)
Order.objects.filter(order__in=X).values_list("pk", flat=True)
Order.objects.filter(Q(pk__in=X) | Q(a__in=X))
X.exclude(pk__in=X.values("pk"))
X if X else Order.objects.filter(parent__in=X)
X or Order.objects.all()
X.order_set.all()
X.objects.all()
X.iterator()
X.union(X)
list(X)
[row for row in X]
[row.pk for row in X]
{row.pk: row for row in X}
[*X]
set(X) | set(X)
chain(X, X)
X + X
X[:10]
X[0]
X[X]
X.get(X)
X.setdefault(X, [])
X.read()
X.open()
X.file
X.content
X.copy()
open(X)
open(X).read()
BytesIO(X.read())
Path(X)
os.path.join(X, X)
os.path.join(X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X)
X % X
X.format(X)
requests.get(X)
request.FILES[X]
HttpResponse(X)
zipfile.ZipFile(X)
partial(X, X)
lambda: X
f(X)
g(X)
apps.get_model(X)
getattr(X, X)
Paginator(X, 10)
json.dumps(X)
pd.DataFrame(X)
threading.Thread(target=X)
`), "\n")

// circular is a module in which everything comes from itself: variables by way of each other, of attributes and of functions.
const circular = `import json, os, requests, threading, zipfile
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
import pandas as pd
from django.apps import apps
from django.core.management.base import BaseCommand
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from shop.models import Order
cache = {}
kept = []
def f(x):
    return g(x)
def g(x):
    return f(x)
class Command(Command, BaseCommand):
    def handle(self, a=None, **options):
        b = a
        while a:
            a = %[1]s
            b = %[2]s
            a = b
            USE(a)
    def post(self, request):
        while True:
            a = %[3]s
            USE(a)
    def other(self):
        self.a = %[4]s
        self.b = %[5]s
        USE(self.a)
def view(request, a=None):
    def inner():
        return outer()
    def outer():
        nonlocal a
        a = %[3]s
        return inner()
    a = outer()
    USE(a)
`

// uses is what the rules ask of a thing.
const uses = `
for row in X:
    row.save()
    kept.append(row)
if X and 1 in X: len(X); list(X); X.delete(); X.read(); X.close()
cache[X] = X
Order.objects.bulk_create([Order(r) for r in X])
HttpResponse(X); StreamingHttpResponse(X); FileResponse(X)
with open(X) as file: file.read()
threading.Thread(target=X).start()`

// TestCircular holds that what comes from itself is looked at once: a rule that followed it further would overflow the stack,
// which nothing catches.
func TestCircular(t *testing.T) {
	t.Parallel()
	modules := make(map[string]string)
	for i, one := range circles {
		for _, other := range []string{one, circles[(i*7+3)%len(circles)], circles[(i*11+5)%len(circles)]} {
			of := func(circle, x string) string { return strings.ReplaceAll(circle, "X", x) }
			code := fmt.Sprintf(circular, of(one, "b"), of(other, "a"), of(one, "a"), of(one, "self.b"), of(other, "self.a"))
			path := fmt.Sprintf("shop/app%d.py", len(modules))
			modules[path] = spread(code)
		}
	}
	checkAnalysed(t, modules)
}

// TestManyWays takes a chain of forty steps, each of which asks for the last one twice: along every way there would be more
// than anybody waits for.
func TestManyWays(t *testing.T) {
	t.Parallel()
	const steps = 40
	head, _, _ := strings.Cut(circular, "class Command")
	modules := make(map[string]string)
	for _, circle := range circles {
		var variables, attributes, functions strings.Builder
		for i := 1; i <= steps; i++ {
			of := func(x string) string { return strings.ReplaceAll(circle, "X", fmt.Sprintf(x, i-1)) }
			fmt.Fprintf(&variables, "    v%d = %s\n", i, of("v%d"))
			fmt.Fprintf(&attributes, "        self.v%d = %s\n", i, of("self.v%d"))
			fmt.Fprintf(&functions, "def f%d(x):\n    return %s\n", i, of("f%d(x)"))
		}
		code := head + functions.String() +
			"def f0(x):\n    return open(x)\n" +
			"def view(request):\n    v0 = Order.objects.all()\n" + variables.String() + fmt.Sprintf("    USE(v%d)\n    USE(f%[1]d(1))\n", steps) +
			"class Command(BaseCommand):\n    def handle(self, **options):\n        self.v0 = Order.objects.all()\n" +
			attributes.String() + fmt.Sprintf("        USE(self.v%d)\n", steps)
		path := fmt.Sprintf("shop/app%d.py", len(modules))
		modules[path] = spread(code)
	}
	checkAnalysed(t, modules)
}

// TestManyBranches takes variables that are given what the last one is made into, each in a dozen branches: a value has come by more
// ways than anybody waits for.
func TestManyBranches(t *testing.T) {
	t.Parallel()
	const steps, branches = 8, 12
	head, _, _ := strings.Cut(circular, "class Command")
	modules := make(map[string]string)
	for _, circle := range circles {
		for _, first := range []string{"'a'", "Order.objects.all()", "request.FILES['a'].read()"} {
			// What streams is not told of: a response that reads has a module of its own.
			for _, use := range []string{"USE(v%d)", "HttpResponse(open(v%d).read())"} {
				var code strings.Builder
				code.WriteString(head + "def view(request):\n    v0 = " + first + "\n")
				for i := range steps {
					for range branches {
						fmt.Fprintf(&code, "    if request.user:\n        v%d = %s\n", i+1, strings.ReplaceAll(circle, "X", fmt.Sprintf("v%d", i)))
					}
				}
				fmt.Fprintf(&code, "    "+use+"\n", steps)
				modules[fmt.Sprintf("shop/app%d.py", len(modules))] = spread(code.String())
			}
		}
	}
	checkAnalysed(t, modules)
}

// checkAnalysed runs all rules over modules, each of which has to come through whole.
func checkAnalysed(t *testing.T, modules map[string]string) {
	t.Helper()
	a := &analyzer.Analyzer{Rules: rules.All(), Shown: func(analyzer.Finding) bool { return false }}
	paths := slices.Sorted(maps.Keys(modules))
	result := a.Tree(t.Context(), paths, func(path string) ([]byte, error) { return []byte(modules[path]), nil })
	for _, file := range result.Files {
		if file.State != analyzer.Analysed || len(file.FailedRules) > 0 {
			t.Errorf("%v, failed %v, %v:\n%s", file.State, file.FailedRules, file.Notices, modules[file.Path])
		}
	}
}

// spread puts the uses where the code says USE.
func spread(code string) string {
	var text strings.Builder
	for line := range strings.Lines(code) {
		before, x, found := strings.Cut(strings.TrimSuffix(line, ")\n"), "USE(")
		if !found {
			text.WriteString(line)
			continue
		}
		for use := range strings.Lines(strings.ReplaceAll(uses[1:], "X", x)) {
			text.WriteString(before + use)
		}
		text.WriteString("\n")
	}
	return text.String()
}
