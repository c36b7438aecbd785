package classattributegrowth_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/classattributegrowth"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, classattributegrowth.Rule)
}

// TestPreview holds that lists that each call makes longer are told of by default, and dicts that have something for each row, where
// nothing hidden can give the objects containers of their own or make them once, and the process is no developer's.
func TestPreview(t *testing.T) {
	t.Parallel()
	const (
		head = "from django import forms\nfrom django.views import View\nfrom .base import Step\n\n\n"
		view = "class Page(View):\n    seen = []\n\n    def get(self, request):\n        "
		keys = "class Shop:\n    seen = {}\n\n    def add(self, order, line):\n        "
		made = "class Shop:\n    seen = []\n\n    def __init__(self, order):\n        self.fill(order)\n\n    def fill(self, order):\n        self.seen.append(order.pk)\n"

		told    = "medium/medium"
		surely  = "high/high"
		preview = "/preview"
	)
	for code, want := range map[string]string{
		view + "self.seen.append(request.path)\n":                                                             surely,
		view + "self.seen += [request.path]\n":                                                                surely,
		view + "self.seen.extend(request.GET)\n":                                                              surely,
		keys + "self.seen[order.pk] = line\n":                                                                 told,
		keys + "self.seen[f'order-{order.id}'] = line\n":                                                      told,
		keys + "self.seen[order.shop].append(line)\n":                                                         told,
		keys + "key = order.customer.id\n        self.seen[key] = line\n":                                     told,
		keys + "self.seen[line.url] = order\n":                                                                told + preview,
		keys + "self.seen[self.url] = order\n":                                                                told + preview,
		"class Shop:\n    seen = set()\n\n    def add(self, order):\n        self.seen.add(order.id)\n":       told + preview,
		"class Sale(Step):\n    seen = []\n\n    def run(self, order):\n        self.seen.append(order.pk)\n": told + preview,
		"class Shop:\n    runs = []\n\n    def benchmark(self, order):\n        self.runs.append(order.pk)\n": told + preview,
		made: told + preview,
		made + "\n\ndef open_shop(request):\n    return Shop(request.GET['order'])\n":                                    told,
		"class Sale(forms.Form):\n    seen = []\n\n    def __init__(self, order):\n        self.seen.append(order.pk)\n": surely,
	} {
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, classattributegrowth.Rule, head+code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code)
		}
	}
}
