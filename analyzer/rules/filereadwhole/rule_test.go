package filereadwhole_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/filereadwhole"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, filereadwhole.Rule)
}

const head = `import hashlib, io, json, zipfile
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from shop.models import Invoice

`

func findings(t *testing.T, path, code string) []analyzer.Finding {
	t.Helper()
	a := &analyzer.Analyzer{Rules: []*analyzer.Rule{filereadwhole.Rule}}
	return a.Tree(t.Context(), []string{path}, func(string) ([]byte, error) { return []byte(code), nil }).Files[0].Findings
}

// TestConfidence holds that what is small by its name, and what a tool reads, is not reported by default.
func TestConfidence(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ path, code, want string }{
		{"shop/app.py", "def f(path, out):\n    out.write(open(path).read())\n", "high"},
		{"shop/app.py", "def f(template_path, out):\n    out.write(open(template_path).read())\n", "low"},
		{"shop/app.py", "def f(settings_file, out):\n    for line in open(settings_file).readlines():\n        out.write(line)\n", "low"},
		{"shop/app.py", "def f(pk, out):\n    out.write(Invoice.objects.get(pk=pk).document.read())\n", "high"},
		{"shop/app.py", "def f(pk, out):\n    out.write(Invoice.objects.get(pk=pk).avatar.read())\n", "low"},
		{"shop/app.py", "def f(out):\n    for chunk in Chunk.objects.all():\n        out.write(chunk.file.read())\n", "low"},
		{"shop/app.py", "def save_thumbnail(path, row):\n    row.file.save('x', ContentFile(open(path, 'rb').read()))\n", "low"},
		{"shop/app.py", "def f(path):\n    return SimpleUploadedFile('x', open(path, 'rb').read())\n", "low"},
		{"shop/tasks.py", "def f(path):\n    for row in json.load(open(path)):\n        print(row)\n", "low"},
		{"shop/app.py", "def f(path, row):\n    row.file.save('x', ContentFile(open(path, 'rb').read()))\n", "low"},
		{"shop/app.py", "def f(path):\n    return [line for line in open(path).read().splitlines()]\n", "low"},
		{"shop/app.py", "def f(path, source):\n    with open(path) as handle:\n        source.setStream(io.StringIO(handle.read()))\n", ""},
		{"setup.py", "def f(path, out):\n    out.write(open(path).read())\n", ""},
		{"build_tools/pack.py", "def f(path, out):\n    out.write(open(path).read())\n", ""},
		{"shop/pack.py", "import argparse\n\ndef f(path, out):\n    out.write(open(path).read())\n", ""},
		{"shop/management/commands/pack.py", "import argparse\n\ndef f(path, out):\n    out.write(open(path).read())\n", "high"},
	} {
		got := ""
		for _, f := range findings(t, test.path, head+test.code) {
			got += f.Confidence.String()
		}
		if got != test.want {
			t.Errorf("confidence = %q, want %q in %s:\n%s", got, test.want, test.path, test.code)
		}
	}
}

// TestRemedy holds that the remedy fits the file and what is done with it.
func TestRemedy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, want string }{
		{"def f(path, out):\n    out.write(open(path).read())\n", "import shutil\n\nwith open(path) as file:\n    shutil.copyfileobj(file, out)\n"},
		{"def f(path, out):\n    out.write_bytes(open(path, 'rb').read())\n", "import shutil\n\nwith open(path, 'rb') as file:\n    with out.open(\"wb\") as out:\n        shutil.copyfileobj(file, out)\n"},
		{"def f(path, out):\n    with open(path) as handle:\n        out.write(handle.read())\n", "import shutil\n\nshutil.copyfileobj(handle, out)\n"},
		{"def f(path, archive):\n    with open(path) as handle:\n        archive.writestr(path, handle.read())\n", "archive.write(path, path)  # reads the file in pieces\n"},
		{"def f(path, archive):\n    with default_storage.open(path) as handle:\n        archive.writestr('a', handle.read())\n", "import shutil\n\nwith archive.open('a', \"w\") as member:\n    shutil.copyfileobj(handle, member)\n"},
		{"def f(pk, out):\n    chunked = Invoice.objects.get(pk=pk)\n    out.write(chunked.pdf.read())\n", "for piece in chunked.pdf.chunks():\n    out.write(piece)\n"},
		{"def f(path):\n    return hashlib.md5(open(path, 'rb').read())\n", "import hashlib\n\nwith open(path, 'rb') as file:\n    digest = hashlib.file_digest(file, \"md5\")  # Python 3.11; the file is open for bytes\n"},
		{"def f(pk):\n    return hashlib.md5(Invoice.objects.get(pk=pk).pdf.read())\n", "import hashlib\n\ndigest = hashlib.md5()\nfor chunk in Invoice.objects.get(pk=pk).pdf.chunks():\n    digest.update(chunk)\n"},
		{"def f(path):\n    return zipfile.ZipFile(io.BytesIO(open(path, 'rb').read()))\n", "with open(path, 'rb') as file:\n    zipfile.ZipFile(file)  # takes the open file\n"},
		{"def f(path):\n    found = io.BytesIO(open(path, 'rb').read())\n    return found\n", "open(path, 'rb')  # is a file already: what takes a BytesIO takes it too\n"},
		{"def f(path, row):\n    with open(path, 'rb') as handle:\n        found = ContentFile(handle.read())\n    row.file.save('a', found)\n", "from django.core.files import File\n\nFile(open(path, 'rb'))  # not inside `with`: close it once it is saved\n"},
		{"def f(path, row):\n    with open(path, 'rb') as handle:\n        row.file.save('a', ContentFile(handle.read()))\n", "from django.core.files import File\n\nFile(handle)  # is read in pieces\n"},
		{"def f(path, s3):\n    with open(path, 'rb') as handle:\n        s3.put_object(Bucket='a', Body=handle.read())\n", "Body=handle  # an open file is sent in pieces\n"},
		{"def f(path):\n    for line in open(path).read().splitlines():\n        print(line)\n", "with open(path) as file:\n    for line in file:\n        ...\n"},
		{"def f(s3, key):\n    body = s3.get_object(Key=key)['Body']\n    for line in body.read().decode('latin-1').splitlines():\n        print(line)\n", "import codecs\n\nfor line in codecs.getreader('latin-1')(body):\n    ...\n"},
	} {
		got := ""
		for _, f := range findings(t, "shop/app.py", head+test.code) {
			got += f.Remedy
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("the remedy (-want +got):\n%s\n%s", diff, test.code)
		}
	}
}

// TestFix holds that a loop which may touch the file itself gets no fix.
func TestFix(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		"print(line)":                     true,
		"print(line.replace('a', 'b'))":   true,
		"handle.seek(0)":                  false,
		"open(path, 'w').write(line)":     false,
		"os.replace(line, path)":          false,
		"shutil.move(line.strip(), path)": false,
	} {
		code := "import os, shutil\n\ndef f(path):\n    handle = open(path)\n    for line in handle.readlines():\n        " + body + "\n"
		found := findings(t, "shop/app.py", code)
		if len(found) != 1 || (found[0].Fix != nil) != want {
			t.Errorf("a fix for a loop with %s: %v, want %v", body, found, want)
		}
	}
}
