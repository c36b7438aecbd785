package rules_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/release"
	"github.com/djleak/djleak/analyzer/rulepage"
	"github.com/djleak/djleak/analyzer/rules"
	"github.com/djleak/djleak/analyzer/rules/basehttpfilewrapper"
	"github.com/djleak/djleak/analyzer/rules/cacheneverexpires"
	"github.com/djleak/djleak/analyzer/rules/iteratorwithprefetch"
	"github.com/djleak/djleak/analyzer/rules/locmemcache"
	"github.com/djleak/djleak/analyzer/rules/longrunningconnectionnotclosed"
	"github.com/djleak/djleak/analyzer/rules/querysetlastindex"
	"github.com/djleak/djleak/analyzer/rules/querysetloopwithoutiterator"
	"github.com/djleak/djleak/analyzer/rules/querysetmembership"
	"github.com/djleak/djleak/analyzer/rules/responsefilebuffered"
	"github.com/djleak/djleak/analyzer/rules/uploadreadwhole"
)

// since is the release of Django that brought what code may use, or that is the first to run on the Python that has it.
var since = []struct {
	what  *regexp.Regexp
	first release.Limit
}{
	{regexp.MustCompile(`StreamingHttpResponse`), release.Limit{Major: 1, Minor: 5}},
	{regexp.MustCompile(`\.(first|last)\(\)|close_old_connections|CONN_MAX_AGE`), release.Limit{Major: 1, Minor: 6}},
	{regexp.MustCompile(`FileResponse\(`), release.Limit{Major: 1, Minor: 8}},
	{regexp.MustCompile(`DATA_UPLOAD_MAX|get_response|RequestDataTooBig|\bMIDDLEWARE\b`), release.Limit{Major: 1, Minor: 10}},
	{regexp.MustCompile(`iterator\(chunk_size|\d_\d{3}|\bf"|nonlocal |\basync |\bawait |\byield from |\.open\("rb"\)[,)]`), release.Limit{Major: 2}},
	{regexp.MustCompile(`as_attachment`), release.Limit{Major: 2, Minor: 1}},
	{regexp.MustCompile(`:= |bulk_update`), release.Limit{Major: 2, Minor: 2}},
	{regexp.MustCompile(`cache\.backends\.redis|\.contains\(`), release.Limit{Major: 4}},
	{regexp.MustCompile(`\baiterator|\ba(save|get|first|count|exists)\(|CONN_HEALTH_CHECKS`), release.Limit{Major: 4, Minor: 1}},
	{regexp.MustCompile(`(?i)\bASGI\b`), release.Limit{Major: 4, Minor: 2}},
	{regexp.MustCompile(`"pool"`), release.Limit{Major: 5, Minor: 1}},
}

// TestCodeRunsOnOldDjangos reviews the cases of all rules as if their projects ran on the last Django that lacks something, and
// looks for that in what djleak would have them write.
func TestCodeRunsOnOldDjangos(t *testing.T) {
	t.Parallel()
	for _, rule := range rules.All() {
		files, err := filepath.Glob(filepath.Join(strings.ReplaceAll(rule.Name, "-", ""), "testdata", "bad*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, newer := range since {
				facts := cmp.Or(rulepage.Project(string(raw)), new(project.Facts))
				facts.Django = newer.first
				checkOld(t, rule, file, raw, facts, newer.what)
			}
		}
	}
}

// checkOld looks for something in the code that the findings of a case suggest and that the case has not itself.
func checkOld(t *testing.T, rule *analyzer.Rule, file string, raw []byte, facts *project.Facts, what *regexp.Regexp) {
	t.Helper()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{rule}, Project: facts}
	result := a.Tree(t.Context(), []string{rulepage.Path(string(raw))}, func(string) ([]byte, error) { return raw, nil })
	for _, f := range result.Files[0].Findings {
		suggested := f.Remedy
		if f.Fix != nil {
			suggested += "\n" + f.Fix.Check
			for _, edit := range f.Fix.Edits {
				suggested += "\n" + edit.NewText
			}
		}
		if got := what.FindString(suggested); got != "" && !strings.Contains(string(raw), got) {
			t.Errorf("%s:%d: before Django %d.%d there is no %s:\n%s", file, f.Region.StartLine, facts.Django.Major, facts.Django.Minor, got, suggested)
		}
	}
}

// TestRemediesOnOldDjangos holds what is suggested where today's code does not run.
func TestRemediesOnOldDjangos(t *testing.T) {
	t.Parallel()
	const (
		views   = "# shop/views.py\nimport csv\nfrom django.http import HttpResponse\nfrom shop.models import *\n"
		command = "# shop/management/commands/a.py\nfrom itertools import islice\nfrom django.core.management.base import BaseCommand\nfrom shop.models import *\n\nclass Command(BaseCommand):\n    def handle(self):\n        "
		inView  = "\ndef view(request, path, order):\n    "
		closes  = "# Not inside `with`: the response closes the file.\n"
		loop    = "for order in Order.objects.all():\n            print(order)\n"
		joined  = "for order in Order.objects.prefetch_related('lines'):\n            print(order)\n"
	)
	for _, test := range []struct {
		rule         *analyzer.Rule
		major, minor int
		code         string
		// want is the remedy, fix the text that the fix puts in last; empty where there is none.
		want, fix string
	}{
		{
			basehttpfilewrapper.Rule, 2, 1, "from django.core.servers.basehttp import FileWrapper\n",
			"from django.http import FileResponse\n\nresponse = FileResponse(open(path, \"rb\"))\nresponse[\"Content-Disposition\"] = ...\n", "wsgiref.util",
		},
		{
			responsefilebuffered.Rule, 1, 5, views + inView + "return HttpResponse(open(path, 'rb').read())\n",
			"from wsgiref.util import FileWrapper\n\n" + closes + "return HttpResponse(FileWrapper(open(path, \"rb\")))\n", "",
		},
		{
			responsefilebuffered.Rule, 1, 7, views + inView + "return HttpResponse(open(path, 'rb').read())\n",
			"from wsgiref.util import FileWrapper\n\nfrom django.http import StreamingHttpResponse\n\n" + closes + "return StreamingHttpResponse(FileWrapper(open(path, \"rb\")))\n", "",
		},
		{
			responsefilebuffered.Rule, 1, 9, views + inView + "return HttpResponse(order.scan_file.read())\n",
			"from django.http import FileResponse\n\n" + closes + "return FileResponse(order.scan_file)\n", "",
		},
		{
			responsefilebuffered.Rule, 4, 2, views + inView + "return HttpResponse(open(path, 'rb').read())\n",
			"from django.http import FileResponse\n\n" + strings.Replace(closes, ".\n", ", and sets Content-Length.\n", 1) + "return FileResponse(open(path, \"rb\"))\n", "open(path, \"rb\")",
		},
		{
			querysetmembership.Rule, 4, 0, views + inView + "return order in Order.objects.filter(paid=True)\n",
			"Order.objects.filter(paid=True).filter(pk=order.pk).exists()\n", "Order.objects.filter(paid=True).filter(pk=order.pk).exists()",
		},
		{querysetlastindex.Rule, 1, 6, views + inView + "return list(Order.objects.all())[-1]\n", "Order.objects.all().reverse()[0]\n", "Order.objects.all().reverse()[0]"},
		{querysetloopwithoutiterator.Rule, 2, 2, command + loop, "Order.objects.all().iterator(chunk_size=2000)\n", ".iterator(chunk_size=2000)"},
		{querysetloopwithoutiterator.Rule, 2, 0, command + loop, "Order.objects.all().iterator()\n", ".iterator()"},
		{querysetloopwithoutiterator.Rule, 4, 2, command + joined, "Order.objects.prefetch_related('lines').iterator(chunk_size=2000)\n", ".iterator(chunk_size=2000)"},
		{
			querysetloopwithoutiterator.Rule, 4, 1, command + joined,
			"from itertools import islice\n\nrows = Order.objects.prefetch_related('lines')\npks = rows.values_list(\"pk\", flat=True).iterator(chunk_size=2000)\n" +
				"while batch := list(islice(pks, 500)):\n    for row in rows.filter(pk__in=batch):\n        ...\n", "",
		},
		{
			querysetloopwithoutiterator.Rule, 2, 0, command + joined,
			"from itertools import islice\n\nrows = Order.objects.prefetch_related('lines')\npks = rows.values_list(\"pk\", flat=True).iterator()\n" +
				"while True:\n    batch = list(islice(pks, 500))\n    if not batch:\n        break\n    for row in rows.filter(pk__in=batch):\n        ...\n", "",
		},
		{
			iteratorwithprefetch.Rule, 4, 1, views + inView + "return [o for o in Order.objects.prefetch_related('lines')[:9].iterator()]\n",
			"for row in Order.objects.prefetch_related('lines')[:9]:  # iterator() would leave out what is prefetched\n    ...\n", "",
		},
		{iteratorwithprefetch.Rule, 5, 0, views + inView + "return Order.objects.prefetch_related('lines').iterator()\n", "", "chunk_size=2000"},
		{
			locmemcache.Rule, 4, 0, "# shop/settings.py\nCACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}\n",
			"\"BACKEND\": \"django_redis.cache.RedisCache\",\n\"LOCATION\": os.environ[\"REDIS_URL\"],\n", "",
		},
		{
			cacheneverexpires.Rule, 2, 0, "# shop/settings.py\nCACHES = {'default': {'BACKEND': 'django_redis.cache.RedisCache', 'TIMEOUT': None}}\n",
			"\"TIMEOUT\": 86400,\n", "86400",
		},
		{
			longrunningconnectionnotclosed.Rule, 1, 6, command + "while True:\n            Order.objects.filter(paid=True).first()\n            time.sleep(5)\n",
			"from django.db import connection\n\nwhile True:\n    ...\n    connection.close()  # the next query connects anew\n", "",
		},
		{uploadreadwhole.Rule, 1, 10, views + inView + "return request.read()\n", "while True:\n    chunk = request.read(65536)\n    if not chunk:\n        break\n    ...\n", ""},
	} {
		a := &analyzer.Analyzer{
			Rules: []*analyzer.Rule{test.rule}, Project: &project.Facts{Django: release.Limit{Major: test.major, Minor: test.minor}},
		}
		result := a.Tree(t.Context(), []string{rulepage.Path(test.code)}, func(string) ([]byte, error) { return []byte(test.code), nil })
		findings := result.Files[0].Findings
		if len(findings) != 1 {
			t.Errorf("%s before Django %d.%d: %d findings, want 1, in\n%s", test.rule.Name, test.major, test.minor, len(findings), test.code)
			continue
		}
		if diff := gocmp.Diff(test.want, findings[0].Remedy); diff != "" {
			t.Errorf("%s before Django %d.%d: remedy (-want +got):\n%s", test.rule.Name, test.major, test.minor, diff)
		}
		fix := ""
		if findings[0].Fix != nil {
			edits := findings[0].Fix.Edits
			fix = edits[len(edits)-1].NewText
		}
		if fix != test.fix {
			t.Errorf("%s before Django %d.%d: fix %q, want %q", test.rule.Name, test.major, test.minor, fix, test.fix)
		}
	}
}

// TestRulesAskForTheProject finds the rules that say something else on an old Django and do not ask which one it is.
func TestRulesAskForTheProject(t *testing.T) {
	t.Parallel()
	for _, rule := range rules.All() {
		if rule.Project {
			continue
		}
		files, err := filepath.Glob(filepath.Join(strings.ReplaceAll(rule.Name, "-", ""), "testdata", "bad*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(said(t, rule, raw, nil), said(t, rule, raw, &project.Facts{Django: release.Limit{Major: 1, Minor: 4}})); diff != "" {
				t.Errorf("%s depends on Django's release, and its rule does not say that it asks for the project (-today +before 1.4):\n%s", file, diff)
				break
			}
		}
	}
}

// said lists what a rule says of a case and would have its author write.
func said(t *testing.T, rule *analyzer.Rule, raw []byte, facts *project.Facts) []string {
	t.Helper()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{rule}, Project: facts}
	result := a.Tree(t.Context(), []string{rulepage.Path(string(raw))}, func(string) ([]byte, error) { return raw, nil })
	var list []string
	for _, f := range result.Files[0].Findings {
		list = append(list, f.Message, f.Remedy)
		if f.Fix != nil {
			list = append(list, f.Fix.Check, fmt.Sprint(f.Fix.Edits))
		}
	}
	return list
}
