package downloadbuffered_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/downloadbuffered"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, downloadbuffered.Rule)
}

const head = "import io, requests\nfrom urllib.request import urlopen\nfrom django.core.files.base import ContentFile\nfrom django.http import HttpResponse\nFEED = 'https://example.com/feed.csv'\n\n"

func findings(t *testing.T, path, code string) []analyzer.Finding {
	t.Helper()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{downloadbuffered.Rule}}
	return a.Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return []byte(head + code), nil }).Files[0].Findings
}

// TestConfidence holds that a download of known size is not reported by default, and what a tool fetches not at all.
func TestConfidence(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ path, code, want string }{
		{"shop/app.py", "def f(url, out):\n    out.write(requests.get(url).content)\n", "medium"},
		{"shop/app.py", "def f(out):\n    out.write(requests.get(FEED).content)\n", "low"},
		{"shop/app.py", "def f(out):\n    out.write(requests.get('https://example.com/a').content)\n", "low"},
		{"shop/app.py", "def f(out):\n    out.write(requests.get(FEED, stream=True).content)\n", "medium"},
		{"shop/app.py", "def f(out, pk):\n    out.write(requests.get(f'{FEED}/{pk}').content)\n", "medium"},
		{"shop/app.py", "def f(out):\n    out.write(requests.request('GET', f'{FEED}/all').content)\n", "low"},
		{"shop/app.py", "class Feed:\n    url = FEED\n    def f(self, out):\n        out.write(requests.get(self.url).content)\n", "low"},
		{"shop/app.py", "class Feed:\n    def f(self, out):\n        out.write(requests.get(self.url).content)\n", "medium"},
		{"shop/app.py", "def save_avatar(url, row):\n    row.file.save('a', ContentFile(requests.get(url).content))\n", "low"},
		{"shop/app.py", "def f(image_url, row):\n    row.file.save('a', ContentFile(requests.get(image_url).content))\n", "low"},
		{"shop/app.py", "def f(url, po_path):\n    with open(po_path, 'wb') as out:\n        out.write(requests.get(url).content)\n", "low"},
		{"shop/app.py", "def f(url, log):\n    log.body = requests.get(url).text\n", "medium"},
		{"shop/app.py", "def f(url, log):\n    log.body = requests.post(url, data='x').text\n", "low"},
		{"shop/app.py", "def f(url):\n    show(requests.get(url, stream=True).content)\n", "low"},
		{"shop/app.py", "def f(url):\n    return HttpResponse(requests.get(url).content)\n", "medium"},
		{"shop/app.py", "def f():\n    return HttpResponse(requests.get(FEED).content)\n", "low"},
		{"shop/app.py", "def f(url):\n    return HttpResponse(requests.post(url, data='x').content)\n", "low"},
		{"docs/fetch.py", "def f(url, out):\n    out.write(requests.get(url).content)\n", ""},
	} {
		got := ""
		for _, f := range findings(t, test.path, test.code) {
			got += f.Confidence.String()
		}
		if got != test.want {
			t.Errorf("confidence = %q, want %q in %s:\n%s", got, test.want, test.path, test.code)
		}
	}
}

// TestRemedy holds that the remedy takes the request at hand, and no memory in place of a file.
func TestRemedy(t *testing.T) {
	t.Parallel()
	const temporary = " as response, tempfile.TemporaryFile() as out:\n    for chunk in response.iter_content(65536):\n        out.write(chunk)\n    out.seek(0)\n    ...  # a file as any other\n"
	for _, test := range []struct{ code, want string }{
		{
			"def f(url, handle):\n    r = requests.get(url, timeout=5)\n    handle.write(r.content)\n",
			"with requests.get(url, timeout=5, stream=True) as r:\n    for chunk in r.iter_content(65536):\n        handle.write(chunk)\n",
		},
		{
			"def f(url, handle):\n    r = requests.get(url)\n    handle.write(r.text)\n",
			"with requests.get(url, stream=True) as r:\n    for chunk in r.iter_content(65536):\n        handle.write(chunk)  # opened for bytes\n",
		},
		{"def f(url):\n    return ContentFile(requests.get(url).content)\n", "import tempfile\n\nwith requests.get(url, stream=True)" + temporary},
		{"def f(url):\n    held = io.BytesIO()\n    held.write(requests.get(url).content)\n", "import tempfile\n\nwith requests.get(url, stream=True)" + temporary},
		{"def f(url, handle):\n    handle.write(urlopen(url).read())\n", "import shutil\n\nwith urlopen(url) as response:\n    shutil.copyfileobj(response, handle)\n"},
		{
			"def f(url):\n    return io.BytesIO(urlopen(url).read())\n",
			"import shutil\nimport tempfile\n\nwith urlopen(url) as response, tempfile.TemporaryFile() as out:\n    shutil.copyfileobj(response, out)\n    out.seek(0)\n    ...  # a file as any other\n",
		},
		{
			"def f(url):\n    return HttpResponse(requests.get(url).content)\n",
			"def pieces():\n    with requests.get(url, stream=True) as response:\n        for chunk in response.iter_content(65536):\n            yield chunk\n\nreturn StreamingHttpResponse(pieces())\n",
		},
		{
			"def f(request, use):\n    r = requests.get(request.GET['q'])\n    use(r.content)\n",
			"body = bytearray()\nwith requests.get(request.GET['q'], stream=True) as r:\n    for chunk in r.iter_content(65536):\n        body += chunk\n" +
				"        if len(body) > LIMIT:\n            raise ValueError(\"larger than what is read\")\n",
		},
		{"def f(s3):\n    return HttpResponse(s3.get_object(Key='a')['Body'].read())\n", "return StreamingHttpResponse(s3.get_object(Key='a')['Body'].iter_chunks(65536))\n"},
		{"def f(blob, out):\n    out.write(blob.download_as_bytes())\n", "blob.download_to_file(out)  # opened for bytes\n"},
		{
			"def f(found):\n    return io.BytesIO(found['Body'].read())\n",
			"import tempfile\n\nwith tempfile.TemporaryFile() as out:\n    client.download_fileobj(bucket, key, out)\n    out.seek(0)\n    ...  # a file as any other\n",
		},
		{"def f(minio):\n    return HttpResponse(minio.get_object('a', 'b').read())\n", ""},
		{"def f(url, out):\n    with make_safe_client() as client:\n        out.write(client.get(url).content)\n", ""},
		{"def f(url, use):\n    for chunk in requests.get(url, stream=True).iter_content(None):\n        use(chunk)\n", "requests.get(url, stream=True).iter_content(65536)\n"},
	} {
		got := ""
		for _, f := range findings(t, "shop/app.py", test.code) {
			got += f.Remedy
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("the remedy (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}
