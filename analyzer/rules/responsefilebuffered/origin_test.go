package responsefilebuffered_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rules/responsefilebuffered"
	"github.com/djleak/djleak/analyzer/ruletest"
)

// TestOrigin holds that a file is told of by default where users may have sent it, or ask for it by its name, and not where the program
// puts the name together, unless the folder or the end of the name says that it may be large.
func TestOrigin(t *testing.T) {
	t.Parallel()
	const (
		head = "# shop/views.py\nimport os\nfrom urllib.parse import unquote\nfrom django.conf import settings\nfrom django.core.files.storage import default_storage\n" +
			"from django.http import HttpResponse\nfrom django.utils._os import safe_join\nfrom shop.files import *\nfrom shop.models import Order\nfrom shop.reports import folder\n\n"
		view = head + "def view(request, name, writer, info):\n    row = Order.objects.filter(name=name).latest(name)\n    "
		send = "    return HttpResponse(open(path, 'rb'))\n"

		told    = "high/high"
		preview = "high/high/preview"
		milder  = "medium/high/preview" // Nothing says that it grows.
	)
	for code, want := range map[string]string{
		view + "path = row.scan.path\n" + send:                                                                     told,
		view + "path = row.customer.contract.file.name\n" + send:                                                   told,
		view + "path = unquote(row.file_path)\n" + send:                                                            milder,
		view + "path = row.get_uploaded_filename()\n" + send:                                                       told,
		view + "scan = row.scan\n    path = scan.path\n" + send:                                                    told,
		view + "path = row.thumbnail if name else row.scan.path\n" + send:                                          told,
		view + "path = settings.MEDIA_ROOT + '/orders.csv' + info.day\n" + send:                                    told,
		view + "path = os.path.join(folder, 'attachments', info.day)\n" + send:                                     told,
		view + "path = os.path.join(folder, request.GET['day'])\n" + send:                                          told,
		view + "path = '/srv/orders/{}'.format(request.POST.get('day'))\n" + send:                                  told,
		view + "path = settings.BASE_DIR + request.path\n" + send:                                                  told,
		view + "path = safe_join(folder, name)\n" + send:                                                           told,
		view + "path = f'{folder}/{name}.zip'\n" + send:                                                            told,
		view + "path = '%s.zip' % name.replace('..', '')\n" + send:                                                 told,
		view + "if name == 'World':\n        name = 'world'\n    path = folder + name\n" + send:                    told,
		view + "path = 'exports/' + name + '.csv'\n    writer.log_call(name)\n" + send:                             told,
		view + "path = os.path.join(folder, f'{name}')\n" + send:                                                   told,
		view + "path = os.path.join(folder, '{}'.format(name))\n" + send:                                           told,
		view + "path = '%s/%s' % (folder, name)\n" + send:                                                          told,
		view + "path = folder + '/{}.sqlite3'.format(name)\n" + send:                                               told,
		view + "path = folder + '/%s_%s.zip' % (folder, name)\n" + send:                                            told,
		view + "path = info.of(row)\n    if not info:\n        path = folder + name\n" + send:                      told,
		head + "class View:\n    def get(self, request):\n        path = folder + self.kwargs['day']\n    " + send: told,

		view + "path = info.of(row)\n    if not info:\n        path = os.path.join(folder, f'{name}.gz')\n" + send:      preview,
		view + "path = f'{settings.MEDIA_ROOT}/{name}.docx'\n" + send:                                                   preview,
		view + "path = '%s/%s' % (folder, '%s.pdf' % name)\n" + send:                                                    preview,
		view + "path = os.path.join(settings.MEDIA_ROOT, 'invoices', name)\n" + send:                                    preview,
		view + "path = os.path.join(settings.MEDIA_ROOT, 'cache', name)\n" + send:                                       preview,
		view + "path = '/tmp/' + name\n" + send:                                                                         preview,
		view + "path = f'{settings.BASE_DIR}/files/charts/{name}'\n" + send:                                             preview,
		view + "path = f'{settings.BASE_DIR}/files/charters/{name}'\n" + send:                                           told,
		head + "def helper(path):\n" + send:                                                                             preview,
		view + "path = folder + info.day\n" + send:                                                                      told,
		view + "path = make_epub(row)\n" + send:                                                                         preview,
		view + "path = 'pdfs/' + str(row.pk) + '.pdf'\n" + send:                                                         preview,
		view + "path = 'pdfs/' + str(row.customer.name) + '.pdf'\n" + send:                                              preview,
		view + "path = 'pdfs/' + name + '.pdf'\n    writer.generate_pdf(name)\n" + send:                                 preview,
		view + "path = 'pdfs/' + name + '.pdf'\n    writer.log_call(name)\n" + send:                                     preview,
		view + "path = writer.export_data()\n" + send:                                                                   preview,
		view + "made, path = make_pdf(row, name)\n" + send:                                                              preview,
		view + "path = row.get_wcs_file()\n" + send:                                                                     preview,
		view + "path = row.export_lines()\n" + send:                                                                     preview,
		view + "for path in os.listdir(folder):\n    " + send:                                                           preview,
		view + "path = settings.REPORTS + str(row)\n" + send:                                                            preview,
		view + "path = request\n" + send:                                                                                preview,
		view + "path = os.path.join(settings.STATIC_ROOT, name)\n" + send:                                               preview,
		view + "path = row.order_template.path\n" + send:                                                                milder,
		view + "path = os.path.join(folder, 'data_sample.csv', name)\n" + send:                                          preview,
		view + "path = os.path.join(settings.BASE_DIR, 'docs', 'site', name)\n" + send:                                  preview,
		view + "path = os.path.join(settings.MEDIA_ROOT, 'docs', name)\n" + send:                                        told,
		view + "path = row.scan.name\n    return HttpResponse(default_storage.open(path))\n":                            told,
		view + "row.scan_all()\n    path = row.scan.name\n    return HttpResponse(default_storage.open(path))\n":        told,
		view + "row.generate_recap()\n    path = row.recap.name\n    return HttpResponse(default_storage.open(path))\n": preview,
		view + "row.save()\n    path = row.scan_file.name\n" + send:                                                     told,
		view + "return HttpResponse(row.source.read(), content_type='text/vtt')\n":                                      preview,
		view + "return HttpResponse(row.source.read(), content_type='text/csv')\n":                                      preview,
		view + "return HttpResponse(row.source.read(), content_type=f'image/{row.kind}')\n":                             preview,
		view + "return HttpResponse(row.source.read())\n":                                                               told,
		view + "return HttpResponse(row.permit.source.read())\n":                                                        preview,
	} {
		if diff := cmp.Diff([]string{want}, ruletest.Levels(t, responsefilebuffered.Rule, code)); diff != "" {
			t.Errorf("levels (-want +got):\n%s\n%s", diff, code[len(head):])
		}
	}
}
