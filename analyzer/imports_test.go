package analyzer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

// importer replaces leak by name of module.
func importer(module, name string) *analyzer.Rule {
	return &analyzer.Rule{
		Name: "leaks", Severity: analyzer.High, Confidence: analyzer.HighConfidence,
		Run: func(pass *analyzer.Pass) {
			for _, call := range pass.Calls {
				if callee, ok := call.Func.(*python.Name); ok && callee.Id == "leak" {
					d := analyzer.Diagnostic{Span: call.Span, Message: "A leak"}
					if local, edits, ok := pass.Import(module, name); ok {
						edits = append(edits, analyzer.Replace(callee, local))
						d.Fixes = []analyzer.SuggestedFix{{Kind: analyzer.SafeFix, Edits: edits}}
					}
					pass.Report(d)
				}
			}
		},
	}
}

func TestImport(t *testing.T) {
	t.Parallel()
	const (
		deque    = "collections.deque"
		response = "django.http.FileResponse"
	)
	for _, test := range []struct{ name, what, code, want string }{
		{"nothing there", deque, "leak()\n", "from collections import deque\n\n\ndeque()\n"},
		{"there already", deque, "from collections import deque\nleak()\n", "from collections import deque\ndeque()\n"},
		{"under another name", deque, "from collections import deque as d\nleak()\n", "from collections import deque as d\nd()\n"},
		{"the module is there", deque, "import collections\nleak()\n", "import collections\ncollections.deque()\n"},
		{"the module under another name", deque, "import collections as c\nleak()\n", "import collections as c\nc.deque()\n"},
		{"the module from its package", response, "from django import http\nleak()\n", "from django import http\nhttp.FileResponse()\n"},
		{"a module inside", response, "import django.http\nleak()\n", "import django.http\nfrom django.http import FileResponse\nFileResponse()\n"},
		{"something else has the name", deque, "deque = 1\nleak()\n", ""},
		{"something else as well", deque, "from collections import deque\ndeque = 1\nleak()\n", ""},
		{
			"for type checkers alone", deque,
			"from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from collections import deque\nleak()\n",
			"from collections import deque\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from collections import deque\ndeque()\n",
		},
		{"one more name", deque, "from collections import Counter\nleak()\n", "from collections import Counter, deque\ndeque()\n"},
		{"one more name in front", response, "from django.http import HttpResponse\nleak()\n", "from django.http import FileResponse, HttpResponse\nFileResponse()\n"},
		{
			"one more name in brackets", response,
			"from django.http import (\n    Http404,\n    JsonResponse,\n)\nleak()\n",
			"from django.http import (\n    FileResponse,\n    Http404,\n    JsonResponse,\n)\nFileResponse()\n",
		},
		{
			"the last name in brackets", deque,
			"from collections import (\n\tCounter,\n)\nleak()\n",
			"from collections import (\n\tCounter,\n\tdeque,\n)\ndeque()\n",
		},
		{
			"brackets in another form", deque,
			"from collections import (Counter,\n                         OrderedDict)\nleak()\n",
			"from collections import (Counter,\n                         OrderedDict)\nfrom collections import deque\ndeque()\n",
		},
		{
			"a comment on its line", deque, "from collections import Counter  # noqa\nleak()\n",
			"from collections import Counter  # noqa\nfrom collections import deque\ndeque()\n",
		},
		{"a star", response, "from django.http import *\nleak()\n", "from django.http import *\nfrom django.http import FileResponse\nFileResponse()\n"},
		{
			"the line is full", response,
			"from django.http import HttpResponse, HttpResponseForbidden, HttpResponseNotFound, Http404\nleak()\n",
			"from django.http import HttpResponse, HttpResponseForbidden, HttpResponseNotFound, Http404\nfrom django.http import FileResponse\nFileResponse()\n",
		},
		{
			"among its relatives", response,
			"import os\n\nfrom acme import b\n\nfrom django.db import models\nfrom django.urls import path\n\nleak()\n",
			"import os\n\nfrom acme import b\n\nfrom django.db import models\nfrom django.http import FileResponse\nfrom django.urls import path\n\nFileResponse()\n",
		},
		{
			"behind its relatives", response,
			"import os\n\nfrom django.db import models\n\nfrom zoo import z\nleak()\n",
			"import os\n\nfrom django.db import models\nfrom django.http import FileResponse\n\nfrom zoo import z\nFileResponse()\n",
		},
		{
			"in its group", deque,
			"from __future__ import annotations\n\nimport os\nfrom time import sleep\n\nfrom django.db import models\nleak()\n",
			"from __future__ import annotations\n\nimport os\nfrom collections import deque\nfrom time import sleep\n\nfrom django.db import models\ndeque()\n",
		},
		{
			"in front of the other groups", deque,
			"from __future__ import annotations\n\nfrom django.db import models\nleak()\n",
			"from __future__ import annotations\n\nfrom collections import deque\n\nfrom django.db import models\ndeque()\n",
		},
		{"behind __future__", deque, "from __future__ import annotations\nleak()\n", "from __future__ import annotations\n\nfrom collections import deque\ndeque()\n"},
		{
			"between the groups", response,
			"import os\n\nfrom shop.models import Order\nfrom . import views\nleak()\n",
			"import os\n\nfrom django.http import FileResponse\n\nfrom shop.models import Order\nfrom . import views\nFileResponse()\n",
		},
		{
			"in front of the project's own", response,
			"from shop.models import Order\nleak()\n",
			"from django.http import FileResponse\n\nfrom shop.models import Order\nFileResponse()\n",
		},
		{
			"behind imports that may be missing", deque,
			"try:\n    import ujson\nexcept ImportError:\n    ujson = None\nimport os\nleak()\n",
			"try:\n    import ujson\nexcept ImportError:\n    ujson = None\nimport os\nfrom collections import deque\ndeque()\n",
		},
		{"behind the docstring", deque, "\"\"\"Orders.\"\"\"\n\nx = 1\nleak()\n", "\"\"\"Orders.\"\"\"\n\nfrom collections import deque\n\nx = 1\ndeque()\n"},
		{
			"behind what heads the file", deque,
			"#!/usr/bin/env python\n# coding: utf-8\n\n# The queue.\n@x\nclass A:\n    b = leak()\n",
			"#!/usr/bin/env python\n# coding: utf-8\n\nfrom collections import deque\n\n\n# The queue.\n@x\nclass A:\n    b = deque()\n",
		},
		{"behind a shebang alone", deque, "#!/usr/bin/env python\nleak()\n", "#!/usr/bin/env python\nfrom collections import deque\n\n\ndeque()\n"},
		{"Windows line ends", deque, "import os\r\n\r\nleak()\r\n", "import os\r\nfrom collections import deque\r\n\r\ndeque()\r\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			module, name := test.what[:len(test.what)-len(".deque")], "deque"
			if test.what == response {
				module, name = "django.http", "FileResponse"
			}
			a := newAnalyzer(importer(module, name))
			file := a.Tree(t.Context(), []string{"shop/queue.py"}, func(string) ([]byte, error) { return []byte(test.code), nil }).Files[0]
			got := ""
			if fix := file.Findings[0].Fix; fix != nil {
				got, _ = analyzer.Apply(test.code, fix.Edits)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
