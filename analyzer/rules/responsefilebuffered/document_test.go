package responsefilebuffered_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/responsefilebuffered"
)

// TestDocument holds that a document of some pages which the program makes of a row is told of in preview, as is a row's file of which
// nothing says that it may be large; what users send and what grows is of high severity, and of medium where another word says so than
// the field's.
func TestDocument(t *testing.T) {
	t.Parallel()
	const (
		head = "import os\nfrom django.conf import settings\nfrom django.http import HttpResponse\nfrom wsgiref.util import FileWrapper\n\n"
		view = head + "def view(request, name):\n    row = Order.objects.get(pk=name)\n    "
		send = "\n    return HttpResponse(open(path, 'rb'))\n"

		high    = "high"
		medium  = "medium"
		preview = "preview"
	)
	for code, want := range map[string]string{
		view + "path = os.path.join(settings.MEDIA_ROOT, str(row.certificate))" + send:                     preview,
		view + "path = os.path.join(settings.MEDIA_ROOT, str(row.scan))" + send:                            high,
		view + "path = os.path.join(settings.MEDIA_ROOT, str(row.invoice_id), name)" + send:                high,
		view + "path = os.path.join(settings.MEDIA_ROOT, row.document.name)" + send:                        high,
		view + "path = row.invoice.document.path" + send:                                                   preview,
		view + "path = os.path.join(settings.MEDIA_ROOT, row.file_name)" + send:                            preview,
		view + "path = os.path.join(settings.MEDIA_ROOT, row.map_sheet)" + send:                            preview,
		view + "path = row.invoices_zip.path" + send:                                                       high,
		view + "path = row.ticket.attachment.path" + send:                                                  high,
		view + "path = row.ticket.screen.path" + send:                                                      preview,
		view + "path = row.acceptance_letter.path" + send:                                                  preview,
		view + "path = row.cover_letter.path" + send:                                                       preview,
		view + "return HttpResponse(row.file.read())\n":                                                    high,
		view + "return HttpResponse(row.video.read())\n":                                                   high,
		view + "return HttpResponse(FileWrapper(row.dbfile))\n":                                            high,
		view + "return HttpResponse(FileWrapper(row.archive))\n":                                           high,
		view + "return HttpResponse(row.shake_grid.read())\n":                                              preview,
		view + "return HttpResponse(row.impact_report.read())\n":                                           preview,
		view + "return HttpResponse(row.report_data.read())\n":                                             high,
		view + "return HttpResponse(row.document.read())\n":                                                high,
		"from shop.files import generate_document\n" + view + "return HttpResponse(row.document.read())\n": preview,

		head + "def view(request, name):\n    row = Certificate.objects.get(pk=name)\n    return HttpResponse(row.document.read())\n":                   preview,
		head + "def view(request, name):\n    row = Certificate.objects.get(pk=name)\n    return HttpResponse(row.archive.read())\n":                    high,
		head + "def view(request, name):\n    row = PermitLog.objects.get(pk=name)\n    return HttpResponse(row.document.read())\n":                     high,
		head + "def download_invoice(request, name):\n    row = Order.objects.get(pk=name)\n    return HttpResponse(row.document.read())\n":             preview,
		head + "class InvoiceView:\n    def get(self, request):\n        row = Order.objects.get()\n        return HttpResponse(row.document.read())\n": preview,
		head + "def download_invoice(request, path):\n    return HttpResponse(open(path, 'rb').read())\n":                                               preview,

		view + "return HttpResponse(row.shake_grid.read(), content_type='application/zip')\n":                                                          medium,
		view + "return HttpResponse(row.attachment.grid.read())\n":                                                                                     medium,
		view + "return HttpResponse(row.result_file.read())\n":                                                                                         high,
		view + "return HttpResponse(row.contract.file.read())\n":                                                                                       high,
		view + "return HttpResponse(row.report.file.read())\n":                                                                                         preview,
		view + "return HttpResponse(row.report.file_attachment.read())\n":                                                                              high,
		view + "render_file(row)\n    return HttpResponse(row.file.read())\n":                                                                          preview,
		view + "row.buildFile()\n    return HttpResponse(row.file.read())\n":                                                                           preview,
		view + "row.rebuild_zip()\n    return HttpResponse(row.zip_file.read())\n":                                                                     high,
		view + "show(row)\n    return HttpResponse(row.file.read())\n":                                                                                 high,
		view + "path = row.export.file_name" + send:                                                                                                    medium,
		view + "path = row.statement.file_path" + send:                                                                                                 preview,
		view + "log('GDPR export')\n    path = row.export.file_name" + send:                                                                            preview,
		view + "path = row.config_file.path" + send:                                                                                                    preview,
		view + "path = row.export_path" + send:                                                                                                         high,
		head + "def view(request, name):\n    row = UploadedScan.objects.get(pk=name)\n    return HttpResponse(row.grid.read())\n":                     medium,
		head + "def map_file(request, name):\n    row = Map.objects.get(pk=name)\n    return HttpResponse(row.grid.read())\n":                          medium,
		head + "class MapFileView:\n    def get(self, request):\n        row = Map.objects.get()\n        return HttpResponse(row.grid.read())\n":      medium,
		head + "def view_invoice(request, name):\n    def sent():\n        return HttpResponse(open(settings.MEDIA_ROOT + name))\n    return sent()\n": preview,
		head + "def invoice_attachment(request, name):\n    return HttpResponse(open(settings.MEDIA_ROOT + name))\n":                                   high,

		view + "return HttpResponse(row.file.read())\n\ndef make(row, pdf):\n    row.file.save('a', ContentFile(pdf))\n":          preview,
		view + "return HttpResponse(row.file.read())\n\ndef make(row, pdf):\n    row.text.save('a', ContentFile(pdf))\n":          high,
		view + "return HttpResponse(row.file.read())\n\ndef make(row, sent):\n    row.file.save('a', ContentFile(sent.read()))\n": high,
		view + "return HttpResponse(row.zip_file.read())\n\ndef make(row, pdf):\n    row.zip_file.save('a', ContentFile(pdf))\n":  high,
		head + "def view(request, number):\n    path = os.path.join(settings.MEDIA_ROOT, '%s.png' % number)" + send:               preview,
		head + "def view(request, number):\n    path = settings.MEDIA_ROOT + '/' + number + '.svg'" + send:                        preview,
		head + "def view(request, number):\n    path = f'{settings.MEDIA_ROOT}/{number}.jpg'" + send:                              preview,
		head + "def view(request, number):\n    path = '{}/{}.webp'.format(settings.MEDIA_ROOT, number)" + send:                   preview,
		head + "def view(request, number):\n    path = os.path.join(settings.MEDIA_ROOT, '%s.pdf' % number)" + send:               preview,
		head + "def view(request, number):\n    path = os.path.join(settings.MEDIA_ROOT, '%s.png' % number, 'a')" + send:          high,
	} {
		if diff := cmp.Diff([]string{want}, told(t, code, nil)); diff != "" {
			t.Errorf("told (-want +got):\n%s\n%s", diff, code[len(head):])
		}
	}
}

// TestBounded holds that a file is told of in preview where the project refuses large ones, or holds each of them anyway.
func TestBounded(t *testing.T) {
	t.Parallel()
	const (
		attachment = "from django.http import HttpResponse\n\ndef view(request, pk):\n    row = get_object_or_404(Attachment, pk=pk)\n    return HttpResponse(row.file.read())\n"
		path       = "from django.http import HttpResponse\n\ndef view(request, pk):\n    row = Attachment.objects.get(pk=pk)\n    return HttpResponse(open(row.file.path).read())\n"
		order      = "from django.http import HttpResponse\n\ndef view(request, pk):\n    row = get_object_or_404(Order, pk=pk)\n    return HttpResponse(row.file.read())\n"
		local      = "from django.http import HttpResponse\n\ndef view(request, path):\n    return HttpResponse(open(path).read())\n"
	)
	bounded, stored := &project.Facts{Bounded: []string{"Attachment"}}, &project.Facts{FilesInDatabase: true}
	for _, test := range []struct {
		code  string
		facts *project.Facts
		want  string
	}{
		{attachment, nil, "high"},
		{attachment, bounded, "preview"},
		{path, bounded, "preview"},
		{order, bounded, "high"},
		{order, stored, "preview"},
		{local, stored, "high"},
	} {
		if diff := cmp.Diff([]string{test.want}, told(t, test.code, test.facts)); diff != "" {
			t.Errorf("told (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}

// told returns the severity of each finding in a module of views, preview for one that is told of in preview alone.
func told(t *testing.T, code string, facts *project.Facts) []string {
	t.Helper()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{responsefilebuffered.Rule}, Project: facts}
	result := a.Tree(t.Context(), []string{"shop/views.py"}, func(string) ([]byte, error) { return []byte(code), nil })
	var levels []string
	for _, f := range result.Files[0].Findings {
		if f.Preview {
			levels = append(levels, "preview")
		} else {
			levels = append(levels, f.Severity.String())
		}
	}
	return levels
}
