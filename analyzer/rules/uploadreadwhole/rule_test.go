package uploadreadwhole_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/uploadreadwhole"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, uploadreadwhole.Rule)
}

// TestUse holds that what is done with an upload decides how sure a finding is, and its remedy.
func TestUse(t *testing.T) {
	t.Parallel()
	const (
		head = "import base64, csv, hashlib, io, json\nfrom django.core.files.base import ContentFile\nfrom django.db import models\nfrom PIL import Image\n\n" +
			"def view(request, row, data):\n    up = request.FILES['file']\n    "
		model  = "from django.core.files.base import ContentFile\nfrom django.db import models\n\nclass Doc(models.Model):\n    file = models.FileField()\n\n    def f(self):\n        "
		form   = "def view(form, out):\n    up = form.cleaned_data['file']\n    "
		bound  = "low from django.core.exceptions import ValidationError\n\nif up.size > 5 * 1024 * 1024:\n    raise ValidationError(\"too large\")\n"
		chunks = "for chunk in up.chunks():  # 64 KiB each\n    ...\n"
	)
	for _, test := range []struct{ code, want string }{
		{head + "keep(up.read())\n", "high " + chunks},
		{head + "content = up.read()\n    keep(content)\n", "high " + chunks},
		{head + "content = json.loads(up.read())\n", bound},
		{head + "content = up.read()\n    json.loads(content.decode())\n", bound},
		{head + "data['terms'] = up.read()\n", bound},
		{head + "row.terms = up.read()\n", bound},
		{head + "Terms.objects.create(text=up.read())\n", bound},
		{head + "Terms(text=up.read())\n", bound},
		{head + "Terms(up.read())\n", bound},
		{head + "content = up.read()\n    Terms(content.decode())\n", bound},
		{form + "keep(up.read())\n", "high preview " + chunks},
		{form + "up.read().splitlines()\n", "high preview import io\n\nlines = io.TextIOWrapper(up, encoding=\"utf-8\", newline=\"\")\nfor line in lines:  # or csv.reader(lines)\n    ...\nlines.detach()  # or else it closes the upload when it goes\n"},
		{head + "hashlib.sha1(up.read(), usedforsecurity=False)\n", "high digest = hashlib.sha1(usedforsecurity=False)\nfor chunk in up.chunks():  # 64 KiB each\n    digest.update(chunk)\n"},
		{head + "digest.update(up.read())\n", "high for chunk in up.chunks():  # 64 KiB each\n    digest.update(chunk)\n"},
		{head + "sha256(up.read())\n", "high import hashlib\n\ndigest = hashlib.sha256()\nfor chunk in up.chunks():  # 64 KiB each\n    digest.update(chunk)\n"},
		{head + "keep(up.read().decode('utf-8', 'replace'))\n", "high import io\n\nlines = io.TextIOWrapper(up, encoding='utf-8', errors='replace', newline=\"\")\nfor line in lines:  # or csv.reader(lines)\n    ...\nlines.detach()  # or else it closes the upload when it goes\n"},
		{head + "keep(up.read().decode('cp1252'))\n", "high import io\n\nlines = io.TextIOWrapper(up, encoding='cp1252', newline=\"\")\nfor line in lines:  # or csv.reader(lines)\n    ...\nlines.detach()  # or else it closes the upload when it goes\n"},
		{form + "out.write(up.read())\n", "high " + chunks},
		{strings.Replace(head, "def view", "class OrderAdmin:\n  def view", 1) + "keep(up.read())\n", "high preview " + chunks},
		{head + "open_workbook(file_contents=up.read())\n", bound},
		{head + "content = up.read()\n    open_workbook(file_contents=content)\n", bound},
		{head + "base64.b64encode(up.read())\n", bound},
		{head + "keep(request.FILES['license'].read())\n", "low for chunk in request.FILES['license'].chunks():  # 64 KiB each\n    ...\n"},
		{head + "hashlib.md5(up.read())\n", "high digest = hashlib.md5()\nfor chunk in up.chunks():  # 64 KiB each\n    digest.update(chunk)\n"},
		{head + "row.file.save('x', ContentFile(up.read()))\n", "high # up is a file already: save it as it is\nup\n"},
		{head + "Image.open(io.BytesIO(up.read()))\n", "high Image.open(up)  # takes the upload itself\n"},
		{head + "csv.reader(io.StringIO(up.read().decode()))\n", "high import io\n\nlines = io.TextIOWrapper(up, encoding=\"utf-8\", newline=\"\")\nfor line in lines:  # or csv.reader(lines)\n    ...\nlines.detach()  # or else it closes the upload when it goes\n"},
		{model + "return self.file.read()\n", "low preview from django.core.exceptions import ValidationError\n\nif self.file.size > 5 * 1024 * 1024:\n    raise ValidationError(\"too large\")\n"},
		{model + "return ContentFile(self.file.read(), 'x')\n", "medium preview from django.core.files import File\n\nFile(self.file, name='x')  # is read in pieces\n"},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{uploadreadwhole.Rule}}
		result := a.Tree(t.Context(), []string{"shop/models.py"}, func(string) ([]byte, error) { return []byte(test.code), nil })
		got := ""
		for _, f := range result.Files[0].Findings {
			got += f.Confidence.String() + " "
			if f.Preview {
				got += "preview "
			}
			got += f.Remedy
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("confidence and remedy (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}
