package celeryresultskept_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/celeryresultskept"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, celeryresultskept.Rule)
}

func TestReturned(t *testing.T) {
	t.Parallel()
	const imports = "from celery import shared_task\nfrom shop.celery import app\nfrom shop.models import Order\n"
	for _, test := range []struct {
		code string
		want int
	}{
		{"@shared_task\ndef f():\n    return list(Order.objects.values('number'))\n", 1},
		{"@app.task(bind=True)\ndef f(self):\n    return [o.number for o in Order.objects.filter(paid=True)]\n", 1},
		{"@shared_task(ignore_result=True)\ndef f():\n    return list(Order.objects.values('number'))\n", 0},
		{"@shared_task\ndef f():\n    return list(Order.objects.all())\n", 0},
		{"@shared_task\ndef f():\n    return list(Order.objects.values('number')[:100])\n", 0},
		{"@shared_task\ndef f(user):\n    return list(Order.objects.filter(user=user).values('number'))\n", 0},
		{"@shared_task\ndef f():\n    rows = list(Order.objects.values('number'))\n    return len(rows)\n", 0},
		{"@shared_task\ndef f():\n    def g():\n        return list(Order.objects.values('number'))\n    return 1\n", 0},
		{"def f():\n    return list(Order.objects.values('number'))\n", 0},
	} {
		for _, facts := range []*project.Facts{{KeepsResults: true}, nil} {
			want := test.want
			if facts == nil {
				want = 0
			}
			a := &analyzer.Analyzer{Rules: []*analyzer.Rule{celeryresultskept.Rule}, Project: facts}
			result := a.Tree(t.Context(), []string{"shop/tasks.py"}, func(string) ([]byte, error) { return []byte(imports + test.code), nil })
			if got := len(result.Files[0].Findings); got != want {
				t.Errorf("%d findings, want %d with facts %v:\n%s", got, want, facts, test.code)
			}
		}
	}
}
