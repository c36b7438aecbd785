package uploadreadwhole_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/uploadreadwhole"
	"github.com/djleak/djleak/analyzer/ruletest"
)

// TestLimits holds that what a form, a serializer or a validator refuses for its size is told of in preview where that stands in another
// module, and not at all where it stands in the file.
func TestLimits(t *testing.T) {
	t.Parallel()
	const (
		head = "# shop/views.py\nfrom django import forms\nfrom shop.forms import NoteForm, OrderForm, SmallFileField, at_most_five_megabytes\n" +
			"from shop.models import Scan\n\n"
		read    = "        up = request.FILES['file']\n        out.write(up.read())\n"
		view    = "class Orders(View):\n    def post(self, request, out):\n"
		chunks  = "        content = b''\n        for chunk in request.FILES['file'].chunks():\n            content += chunk\n        out.write(content)\n"
		silent  = ""
		told    = "told"
		preview = "preview"
	)
	for code, want := range map[string]string{
		view + read: told,
		view + "        form = OrderForm(request.POST, request.FILES)\n        form.is_valid()\n" + read:                                                                                                           preview,
		view + "        form = NoteForm(request.POST, request.FILES)\n        form.is_valid()\n" + read:                                                                                                            told,
		view + "        form = forms.OrderForm(request.FILES)\n        form.is_valid()\n" + read:                                                                                                                   preview,
		view + "        at_most_five_megabytes(request.FILES['file'])\n" + read:                                                                                                                                    preview,
		view + "        at_most_five_megabytes(request.FILES['other'])\n" + read:                                                                                                                                   told,
		"class Orders(FormView):\n    form_class = OrderForm\n    def form_valid(self, form):\n        out.write(form.cleaned_data['file'].read())\n":                                                              preview,
		"class Orders(FormView):\n    form_class = NoteForm\n    def form_valid(self, form):\n        out.write(form.cleaned_data['file'].read())\n":                                                               told,
		"class Orders(FormView):\n    model = OrderForm\n    def form_valid(self, form):\n        out.write(form.cleaned_data['file'].read())\n":                                                                   told,
		"class Orders(APIView):\n    serializer_class = OrderForm\n    def post(self, request, out):\n" + read:                                                                                                     preview,
		"class Orders(ModelViewSet):\n    def get_serializer_class(self):\n        if self.action == 'create':\n            return OrderForm\n        return NoteForm\n    def post(self, request, out):\n" + read: preview,
		"class Orders(ModelViewSet):\n    def get_serializer_class(self):\n        return NoteForm\n    def post(self, request, out):\n" + read:                                                                    told,
		"class LongForm(OrderForm):\n    def save(self, out):\n        out.write(self.cleaned_data['file'].read())\n":                                                                                              preview,
		"class LongForm(NoteForm):\n    def save(self, out):\n        out.write(self.cleaned_data['file'].read())\n":                                                                                               told,
		"class OwnForm(forms.Form):\n    file = SmallFileField()\n" + view + "        form = OwnForm(request.FILES)\n" + read:                                                                                      preview,
		"class OwnForm(forms.Form):\n    file = forms.FileField()\n" + view + "        form = OwnForm(request.FILES)\n" + read:                                                                                     told,
		"class OwnForm(forms.ModelForm):\n    class Meta:\n        model = Scan\n" + view + "        form = OwnForm(request.FILES)\n" + read:                                                                       preview,
		"class OwnForm(forms.Form):\n    def clean(self):\n        if self.file.size / 1024 > 5:\n            raise ValueError\n" +
			view + "        form = OwnForm(request.FILES)\n" + read: silent,
		"def check(file):\n    if file.size > 5:\n        raise ValueError\n" + view + "        check(request.FILES['file'])\n" + read:  silent,
		"def check(file):\n    if file.size > 5:\n        raise ValueError\n" + view + "        check(request.FILES['other'])\n" + read: told,
		view + "        if request.FILES['file'].size / 1024 > 5:\n            raise ValueError\n" + read:                               silent,
		view + "        if request.FILES['other'].size > 5:\n            raise ValueError\n" + read:                                     told,
		"FILE_UPLOAD_MAX_MEMORY_SIZE = 5\n" + view + read:                                                                               told,
		"from shop.sizes import MAX_FILE_SIZE\n" + view + read:                                                                          preview,
		"LIMIT = settings.UPLOAD_SIZE_LIMIT\n" + view + read:                                                                            preview,
		view + "        form = OrderForm(request.POST, request.FILES)\n" + chunks:                                                       preview,
		view + "        form = NoteForm(request.POST, request.FILES)\n" + chunks:                                                        told,
		view + "        if request.FILES['file'].size > 5:\n            return\n" + chunks:                                              silent,
		"MAX_IMAGE_SIZE = 600\n" + view + read:                                                                                          told,
	} {
		a := &analyzer.Analyzer{
			Rules:   []*analyzer.Rule{uploadreadwhole.Rule},
			Project: &project.Facts{Refusing: []string{"OrderForm", "Scan", "SmallFileField", "at_most_five_megabytes"}},
		}
		result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(head + code), nil })
		got := silent
		for _, f := range result.Files[0].Findings {
			got += told
			if f.Preview {
				got = preview
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("told (-want +got):\n%s\n%s", diff, code)
		}
	}
}

// TestHandedOn holds that an upload which a function is given is told of by default only where a caller in the file shows that nobody
// has looked at it.
func TestHandedOn(t *testing.T) {
	t.Parallel()
	const (
		save    = "# shop/views.py\nfrom django.core.files.uploadedfile import UploadedFile\n\ndef save(out, upload: UploadedFile):\n    out.write(upload.read())\n\n"
		told    = "medium/high"
		preview = "medium/high/preview"
	)
	for code, want := range map[string]string{
		"": preview,
		"def view(request, out):\n    save(out, request.FILES['file'])\n":                                                                   told,
		"def view(request, out):\n    save(out, upload=request.FILES['file'])\n":                                                            told,
		"def view(request, out):\n    save(out, form.cleaned_data['file'])\n":                                                               preview,
		"def view(request, out):\n    save(request.FILES['file'], out)\n":                                                                   preview,
		"def view(request, out):\n    if request.FILES['file'].size > 5:\n        raise ValueError\n    save(out, request.FILES['file'])\n": preview,
		"keep(save)\n": preview,
	} {
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, uploadreadwhole.Rule, save+code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code)
		}
	}
	for _, body := range []string{
		"    out.write(upload.file.read())\n",
		"    given = upload\n    out.write(given.read())\n",
		"    def write():\n        out.write(upload.read())\n    write()\n",
	} {
		code := "# shop/views.py\nfrom django.core.files.uploadedfile import UploadedFile\n\ndef save(out, upload: UploadedFile):\n" + body
		if diff := cmp.Diff([]string{preview}, ruletest.Levels(t, uploadreadwhole.Rule, code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code)
		}
	}
}
