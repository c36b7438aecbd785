package uploadreadwhole_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/release"
	"github.com/djleak/djleak/analyzer/rules/uploadreadwhole"
	"github.com/djleak/djleak/analyzer/ruletest"
)

// TestTakesPieces holds that an upload which is read whole is told of by default where pieces would do for all that is done with it.
func TestTakesPieces(t *testing.T) {
	t.Parallel()
	const (
		head = "# shop/views.py\nimport csv, io, json, logging\nfrom django.core.files.base import ContentFile\nfrom shop.files import *\n" +
			"from shop.orders import Importer, enter, ingest\nfrom shop.tasks import update\n\n" +
			"def view(request, row, out):\n    up = request.FILES['file']\n    "
		told    = "medium/high"
		preview = "medium/high/preview"
	)
	for code, want := range map[string]string{
		"up.read()\n":           told,
		"content = up.read()\n": told,
		"content = up.read()\n    return len(content)\n":                                                                       told,
		"content = up.read()\n    if not content:\n        return 1\n    out.write(content)\n":                                 told,
		"content: bytes = up.read()\n    out.write(content)\n    del content\n":                                                told,
		"head = up.read()[:512]\n    return head\n":                                                                            told,
		"content = up.read().strip()\n    out.write(str(content))\n    return content.count(b'x')\n":                           told,
		"row.file.save(up.name, ContentFile(up.read()))\n":                                                                     told,
		"row.file = ContentFile(up.read())\n":                                                                                  told,
		"text = up.read().decode()\n    for line in text.splitlines():\n        enter(line)\n":                                 told,
		"for line in up.readlines():\n        enter(line)\n":                                                                   told,
		"for line in up.readlines()[1:]:\n        enter(line)\n":                                                               told,
		"total = sum(1 for line in up.readlines())\n":                                                                          told,
		"rows = csv.DictReader(up.read().decode().splitlines())\n    enter(rows)\n    rows.fieldnames\n":                       told,
		"rows = csv.reader(io.StringIO(up.read().decode()))\n    next(rows)\n    for x in rows:\n        enter(x)\n":           told,
		"with io.StringIO(up.read().decode()) as text:\n        for x in enumerate(csv.reader(text)):\n            enter(x)\n": told,
		"Importer(io.BytesIO(up.read())).run()\n":                                                                              told,
		"text = up.read().decode() if row else ''\n    ingest(text=io.StringIO(text))\n":                                       told,
		"walk(row, up.read())\n\ndef walk(row, content):\n    for line in content.splitlines():\n        enter(line)\n":        told,
		"walk(content=up.read())\n\ndef walk(content):\n    out.write(content)\n":                                              told,
		"enter(up.read())\n": preview,
		"content = up.read()\n    Importer.load_questions(content, row)\n":     preview,
		"importer = Importer()\n    importer.load_orders(content=up.read())\n": preview,
		"anything(up.read())\n": preview,
		"parser = Importer()\n    parser.feed(up.read().decode())\n": told,
		"return up.read()\n":                       told,
		"enter(up.read().decode().splitlines())\n": preview,
		"data = {'lines': up.read().decode().splitlines()}\n    update.delay(data)\n":                                                               preview,
		"update.delay(up.readlines())\n":                                                                                                            preview,
		"names = [x.strip() for x in up.readlines()]\n    enter(names)\n":                                                                           preview,
		"rows = list(csv.reader(io.StringIO(up.read().decode())))\n    enter(rows)\n":                                                               preview,
		"rows = list(Importer.load_file(io.StringIO(up.read().decode()), row))\n    enter(rows)\n":                                                  preview,
		"rows = []\n    for x in csv.reader(up.read().decode().splitlines()):\n        rows.append(x)\n":                                            preview,
		"lines = up.readlines()\n    lines.pop(0)\n    for x in lines:\n        enter(json.loads(x))\n":                                             preview,
		"load_workbook(io.BytesIO(up.read()))\n":                                                                                                    preview,
		"Importer.parse(io.BytesIO(up.read()))\n":                                                                                                   preview,
		"pandas.read_csv(io.StringIO(up.read().decode()))\n":                                                                                        preview,
		"parse_header(io.StringIO(up.read().decode()))\n":                                                                                           told,
		"blob.upload_blob(io.BytesIO(up.read()))\n":                                                                                                 told,
		"json.load(io.BytesIO(up.read()))\n":                                                                                                        preview,
		"buffer = io.BytesIO()\n    for chunk in up.chunks():\n        buffer.write(chunk)\n    buffer.seek(0)\n    out.write(buffer.getvalue())\n": told,
		"buffer = io.BytesIO()\n    for chunk in up.chunks():\n        buffer.write(chunk)\n    json.load(buffer)\n":                                preview,
		"content = b''\n    for chunk in up.chunks():\n        content += chunk\n    return content\n":                                              told,
		"content = b''\n    for chunk in up.chunks():\n        content += chunk\n    out.write(content)\n":                                          told,
		"row.buffer = io.BytesIO(up.read())\n":                                                                                                      preview,
		"out.append(io.BytesIO(up.read()))\n":                                                                                                       preview,
		"content = b'# ' + up.read()\n    out.write(content)\n":                                                                                     preview,
		"walk(up.read())\n\ndef walk(content):\n    enter(content)\n":                                                                               preview,
		"walk(content=up.read())\n\ndef walk(**orders):\n    enter(orders)\n":                                                                       preview,
		"walk(*up.read())\n\ndef walk(content):\n    enter(content)\n":                                                                              preview,
		"walk(up.read())\n\ndef walk(content):\n    return content\n":                                                                               preview,
		"return up.readlines()\n":                                                                                                                   preview,
		"walk(up.read())\n\ndef walk(content):\n    walk(content)\n":                                                                                preview,
		"from docxtpl import DocxTemplate\n    DocxTemplate(io.BytesIO(up.read()))\n":                                                               preview,
		"from shop.letters import Letter\n    Letter(io.BytesIO(up.read()))\n":                                                                      told,
	} {
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, uploadreadwhole.Rule, head+code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code)
		}
	}
}

// TestBody holds that a request's body is told of in preview where nothing bounds it, unless pieces would do.
func TestBody(t *testing.T) {
	t.Parallel()
	const view = "import io, openpyxl\nfrom django.core.files.base import ContentFile\n\ndef view(request, out):\n    "
	for _, test := range []struct {
		code    string
		django  release.Limit
		preview bool
	}{
		{view + "json.loads(request.read())\n", release.Limit{}, false},
		{view + "json.loads(request.read())\n", release.Limit{Major: 1, Minor: 11}, false},
		{view + "json.loads(request.read())\n", release.Limit{Major: 1, Minor: 10}, true},
		{view + "out.write(request.body)\n    json.loads(request.read())\n", release.Limit{}, true},
		{view + "out.write(row.body)\n    json.loads(request.read())\n", release.Limit{}, false},
		{view + "json.loads(request.read())\n    out.write(request.body)\n", release.Limit{}, false},
		{view + "try:\n        out = request.body\n    except Exception:\n        out = request.read()\n", release.Limit{}, false},
		{view + "openpyxl.load_workbook(io.BytesIO(request.read()))\n", release.Limit{}, true},
		{view + "out.file.save('x', ContentFile(request.read()))\n", release.Limit{}, false},
		{view + "out.write(request.read())\n", release.Limit{Major: 1, Minor: 10}, false},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{uploadreadwhole.Rule}, Project: &project.Facts{Django: test.django}}
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(test.code), nil })
		if len(result.Files[0].Findings) != 1 {
			t.Fatalf("%d findings, want one\n%s", len(result.Files[0].Findings), test.code)
		}
		if got := result.Files[0].Findings[0].Preview; got != test.preview {
			t.Errorf("in preview: %t, want %t, before Django %v\n%s", got, test.preview, test.django, test.code)
		}
	}
}

// TestBounded holds that an upload is told of in preview where nginx lets no body through that Django would not hold anyway.
func TestBounded(t *testing.T) {
	t.Parallel()
	const code = "def view(request, out):\n    out.write(request.FILES['file'].read())\n"
	for most, want := range map[int64]bool{0: false, 1 << 20: true, 20 << 20: false} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{uploadreadwhole.Rule}, Project: &project.Facts{LargestBody: most}}
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		if found := result.Files[0].Findings; len(found) != 1 || found[0].Preview != want {
			t.Errorf("bodies of %d bytes: %v, want one finding, in preview: %t", most, found, want)
		}
	}
}

// TestForStaff holds that lines which only some users may send are told of in preview.
func TestForStaff(t *testing.T) {
	t.Parallel()
	const (
		head = "    def view(self, request, out):\n"
		body = "        for line in request.FILES['file'].readlines():\n            out.write(line)\n"
		view = head + body
	)
	for code, want := range map[string]string{
		"class Orders(View):\n" + view: "medium/high",
		"class Orders(View):\n    @user_passes_test(lambda user: user.is_authenticated)\n" + view:                                                               "medium/high",
		"class Orders(View):\n    @user_passes_test(lambda user: user.is_superuser)\n" + view:                                                                   "medium/high/preview",
		"@method_decorator(staff_member_required, name='dispatch')\nclass Orders(View):\n" + view:                                                               "medium/high/preview",
		"class Orders(StaffRequiredMixin, View):\n" + view:                                                                                                      "medium/high/preview",
		"class Orders(View):\n    user_permissions = ['can_import']\n" + view:                                                                                   "medium/high/preview",
		"class Orders(StaffRequiredMixin, View):\n" + head + "        with open('logo', 'wb') as logo:\n            logo.write(request.FILES['file'].read())\n": "medium/high/preview",
		"class Orders(LoginRequiredMixin, View):\n" + view:                                                                                                      "medium/high",
		"class Orders(View):\n    permission_classes = [IsSuperUser]\n" + view:                                                                                  "medium/high/preview",
		"class Orders(View):\n    @permission_classes([IsAdminUser])\n" + view:                                                                                  "medium/high/preview",
		"class Orders(View):\n    @permission_classes([IsAuthenticated])\n" + view:                                                                              "medium/high",
		"class Orders(ViewSet):\n    @action(detail=False, permission_classes=[IsAuthenticated, IsStaff])\n" + view:                                             "medium/high/preview",
		"class Orders(ViewSet):\n    @action(detail=False, permission_classes=[IsAuthenticated])\n" + view:                                                      "medium/high",
		"class Orders(View):\n    permission_classes = [IsAuthenticated]\n" + view:                                                                              "medium/high",
		"class Orders(View):\n" + head + "        if not request.user.is_superuser:\n            raise PermissionDenied\n" + body:                               "medium/high/preview",
		"class Orders(View):\n" + head + "        if not (request.user.is_active and request.user.is_staff):\n            return redirect('/')\n" + body:        "medium/high/preview",
		"class Orders(View):\n" + head + "        if not request.user.is_authenticated:\n            raise PermissionDenied\n" + body:                           "medium/high",
		"class Orders(View):\n" + head + "        if request.user.is_superuser:\n            return redirect('/')\n" + body:                                     "medium/high",
		"class Orders(View):\n" + head + "        if not request.user.is_staff:\n            out.note()\n" + body:                                               "medium/high",
		"class Orders(View):\n    permission_required = 'shop.add_order'\n" + view:                                                                              "medium/high/preview",
		"@method_decorator(login_required, name='dispatch')\nclass Orders(View):\n" + view:                                                                      "medium/high",
	} {
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, uploadreadwhole.Rule, "# shop/views.py\n"+code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code)
		}
	}
}
