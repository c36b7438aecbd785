package django_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

func TestSinkOf(t *testing.T) {
	t.Parallel()
	const head = "import hashlib, io, requests\nfrom django.core.files.base import ContentFile\ndef f(file, out, digest):\n    "
	for _, test := range []struct {
		body string
		want django.Sink
	}{
		{"out.write(file.read())", django.Written},
		{"x = file.read()\n    for key in out:\n        x = x.replace(key, '')\n    out.write(x)", django.NoSink},
		{"path.write_bytes(file.read())", django.Written},
		{"x = file.read()\n    out.write(x)", django.Written},
		{"x = file.read()\n    print(x)\n    out.write(x)", django.Written},
		{"x = file.read()\n    x = 1\n    out.write(x)", django.NoSink},
		{"io.BytesIO(file.read())", django.Wrapped},
		{"io.StringIO(file.read().decode())", django.Wrapped},
		{"from six import BytesIO\n    BytesIO(file.read())", django.Wrapped},
		{"import StringIO\n    StringIO.StringIO(file.read())", django.Wrapped},
		{"ContentFile(file.read(), name='a')", django.Wrapped},
		{"hashlib.sha256(file.read())", django.Hashed},
		{"sha1(file.read())", django.Hashed},
		{"CHECKSUM_FUNCTION(file.read())", django.Hashed},
		{"self.compute_hash(file.read())", django.Hashed},
		{"hash(file.read())", django.NoSink},
		{"rehashed(file.read())", django.NoSink},
		{"digest.update(file.read())", django.Hashed},
		{"h = hashlib.md5()\n    h.update(file.read())", django.Hashed},
		{"self.hashers[name].update(file.read())", django.Hashed},
		{"self.data.update(file.read())", django.NoSink},
		{"requests.post(url, data=file.read())", django.Sent},
		{"s3.put_object(Bucket=b, Body=file.read())", django.Sent},
		{"file.read().splitlines()", django.Split},
		{"file.read().decode('utf-8').split('\\n')", django.Split},
		{"file.read().split(',')", django.NoSink},
		{"json.loads(file.read())", django.NoSink},
		{"return file.read()", django.NoSink},
	} {
		f := view(t, "shop/app.py", head+test.body)
		var read python.Expr
		for _, call := range f.Calls {
			if f.WholeRead(call) != nil {
				read = call
			}
		}
		if got, _ := f.SinkOf(read); got != test.want {
			t.Errorf("SinkOf = %d, want %d in %s", got, test.want, test.body)
		}
	}
}

func TestNeededWhole(t *testing.T) {
	t.Parallel()
	const head = "import base64, hashlib, io, json, re\ndef f(file, out, row, data):\n    "
	for _, test := range []struct {
		body string
		want bool
	}{
		{"json.loads(file.read())", true},
		{"json.loads(file.read().decode('utf-8'))", true},
		{"x = file.read()\n    json.loads(str(x, 'utf-8'))", true},
		{"x = file.read()\n    if isinstance(x, bytes):\n        x = x.decode()\n    show(x)", false},
		{"base64.b64encode(file.read())", true},
		{"Parser().parse_orders(io.StringIO(file.read()))", true},
		{"x = file.read()\n    show(re.findall('a', x.decode()))", true},
		{"PATTERN.search(file.read())", true},
		{"message.attach(file.name, file.read())", true},
		{"data['terms'] = file.read()", true},
		{"row.terms = file.read()", true},
		{"return {'terms': file.read()}", true},
		{"return [(a.name, a.read()) for a in file]", true},
		{"return file.read(), row", false},
		{"return file.read() == b'a'", true},
		{"x = file.read() if file else None\n    row.x = x", true},
		{"x = file.read()\n    keep(x)", false},
		{"def keep(kept, text):\n        kept['x'] = text\n    keep({}, file.read())", true},
		{"def keep(out, text):\n        out.write(text)\n    keep(row, file.read())", false},
		{"return JsonResponse(file.read().decode(), safe=False)", true},
		{"out.write(file.read())", false},
		{"return file.read()", false},
		{"file.read()", false},
	} {
		f := view(t, "shop/app.py", head+test.body)
		var read python.Expr
		for _, call := range f.Calls {
			if f.WholeRead(call) != nil {
				read = call
			}
		}
		if got := f.NeededWhole(read); got != test.want {
			t.Errorf("NeededWhole = %v, want %v in %s", got, test.want, test.body)
		}
	}
}

func TestIsTerminal(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string]bool{
		"sys.stdout": true, "sys.stdout.buffer": true, "self.stderr": true, "out": false, "self.out": false,
	} {
		f := view(t, "shop/app.py", "import sys\nshow("+expr+")")
		if got := f.IsTerminal(shown(t, f)); got != want {
			t.Errorf("IsTerminal(%s) = %v", expr, got)
		}
	}
}
