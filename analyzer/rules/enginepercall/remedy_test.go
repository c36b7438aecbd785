package enginepercall_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/enginepercall"
)

// TestRemedy holds that a remedy speaks of a client or an engine by the name that it has.
func TestRemedy(t *testing.T) {
	t.Parallel()
	const finally = "  # once, at the module's level; or, where each call needs its own:\ntry:\n    ...\nfinally:\n    "
	for _, test := range []struct{ code, want string }{
		{
			"import pymongo\ndef view(request):\n    mongo = pymongo.MongoClient('log', 27017)\n    mongo.shop.find_one()\n",
			"mongo = pymongo.MongoClient('log', 27017)" + finally + "mongo.close()\n",
		},
		{
			"import pymongo\ndef view(request):\n    return pymongo.MongoClient(\n        'log'\n    ).shop.find_one()\n",
			"client = pymongo.MongoClient(...)" + finally + "client.close()\n",
		},
		{
			"from sqlalchemy import create_engine\ndef view(request):\n    create_engine(request.url).connect()\n",
			"engine = create_engine(request.url)" + finally + "engine.dispose()\n",
		},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{enginepercall.Rule}}
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(test.code), nil })
		if len(result.Files[0].Findings) != 1 {
			t.Fatalf("%d findings, want one\n%s", len(result.Files[0].Findings), test.code)
		}
		if diff := cmp.Diff(test.want, result.Files[0].Findings[0].Remedy); diff != "" {
			t.Errorf("remedy (-want +got):\n%s", diff)
		}
	}
}
