package git

import "testing"

// FuzzParseRaw reads what git might say. An entry has what it needs, or the whole is an error.
func FuzzParseRaw(f *testing.F) {
	const id = "1234567812345678123456781234567812345678"
	f.Add([]byte(":100644 100755 " + id + " " + id + " M\x00a.py\x00"))
	f.Add([]byte(":100644 100644 " + id + " " + id + " R086\x00a\nb.py\x00\xff\".py\x00"))
	f.Add([]byte(":000000 120000 " + id + " " + id + " A\x00link\x00:160000 100644 " + id + " " + id + " T\x00module\x00"))
	f.Add([]byte(":100644 100644 " + id + " " + id + " R100\x00a.py\x00"))
	f.Fuzz(func(t *testing.T, out []byte) {
		entries, err := parseRaw(out)
		if err != nil {
			return
		}
		for _, e := range entries {
			if file, ok := e.file(); ok && file.Path != e.path {
				t.Errorf("%+v became %+v", e, file)
			}
		}
		if base, head, _, ok := cutRange(string(out)); ok && (base == "" || head == "") {
			t.Errorf("%q is the range from %q to %q", out, base, head)
		}
	})
}
