package python

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		raw  string
		want Source
	}{
		{"", Source{}},
		{"a = 'é'\n", Source{Text: "a = 'é'\n"}},
		{"\xef\xbb\xbfa", Source{Text: "a", BOM: true}},
		{"\xef\xbb\xbf# coding: utf-8\n", Source{Text: "# coding: utf-8\n", BOM: true}},
		{"# coding: utf8-\n", Source{Text: "# coding: utf8-\n"}},
		{"# -*- coding: Latin_1 -*-\n'\xe9'", Source{Text: "# -*- coding: Latin_1 -*-\n'é'", Encoding: Latin1}},
		{"#!/usr/bin/python\r\n# vim:fileencoding=iso-8859-1-unix\r\n\xff", Source{
			Text: "#!/usr/bin/python\r\n# vim:fileencoding=iso-8859-1-unix\r\nÿ", Encoding: Latin1,
		}},
		{"\f \t\n#coding=l1\n\xe9", Source{Text: "\f \t\n#coding=l1\né", Encoding: Latin1}},
		{"# coding: us-ascii\na", Source{Text: "# coding: us-ascii\na", Encoding: ASCII}},
		{"# coding\n# encoding: latin1\n\xe9", Source{Text: "# coding\n# encoding: latin1\né", Encoding: Latin1}},
		{"# -*- coding: utf--8 -*-\n", Source{Text: "# -*- coding: utf--8 -*-\n"}},
		{"# coding: cp1255\n# \xf9\xec\xe5\xed", Source{Text: "# coding: cp1255\n# שלום", Encoding: codePageOf(t, "cp1255")}},
		{"# coding: Windows_1251\n# \xe4\xe0", Source{Text: "# coding: Windows_1251\n# да", Encoding: codePageOf(t, "cp1251")}},
		{"# coding: latin-2\n# \xb1\x85", Source{Text: "# coding: latin-2\n# ą\u0085", Encoding: codePageOf(t, "iso8859-2")}},
		{"# coding: iso-8859-15\n# \xa4", Source{Text: "# coding: iso-8859-15\n# €", Encoding: codePageOf(t, "iso8859-15")}},
		{"# coding: koi8-r\n# \xc4\xc1", Source{Text: "# coding: koi8-r\n# да", Encoding: codePageOf(t, "koi8-r")}},
		{"# coding: macintosh\n# \x8e", Source{Text: "# coding: macintosh\n# é", Encoding: codePageOf(t, "mac-roman")}},
		{"\n\n# coding: koi8-r\n", Source{Text: "\n\n# coding: koi8-r\n"}},
		{"a = 1\n# coding: koi8-r\n", Source{Text: "a = 1\n# coding: koi8-r\n"}},
		{"a = 1 # coding: koi8-r\n", Source{Text: "a = 1 # coding: koi8-r\n"}},
	} {
		got, err := Decode([]byte(test.raw))
		if err != nil {
			t.Errorf("decode %q: %v", test.raw, err)
			continue
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("decode %q (-want +got):\n%s", test.raw, diff)
		}
		if raw, err := got.Encode(got.Text); err != nil || string(raw) != test.raw {
			t.Errorf("encode %q: %q, %v", test.raw, raw, err)
		}
	}
}

func codePageOf(t *testing.T, name string) Encoding {
	t.Helper()
	encoding, ok := codePageNamed(name)
	if !ok || encoding.String() != name {
		t.Fatalf("%s is %s", name, encoding)
	}
	return encoding
}

func TestEncodeCodePage(t *testing.T) {
	t.Parallel()
	source, err := Decode([]byte("# coding: cp1251\n"))
	if err != nil {
		t.Fatal(err)
	}
	const want = "cp1251 cannot encode 'é' at byte 4"
	if _, err := source.Encode("# дé"); err == nil || err.Error() != want {
		t.Errorf("encode: %v, want %s", err, want)
	}
}

func TestDecodeErrors(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ raw, want string }{
		{"a\x00b", "source code cannot contain null bytes"},
		{"a = '\xe9'\n", "not valid utf-8: byte 0xe9 at 5"},
		{"\xef\xbb\xbf\xff", "not valid utf-8: byte 0xff at 0"},
		{"# coding: ascii\n\xc3\xa9", "not valid ascii: byte 0xc3 at 16"},
		{"# coding: shift_jis\n", "unknown encoding: shift_jis"},
		{"# coding: cp1255\n\xd9", "not valid cp1255: byte 0xd9 at 17"},
		{"\xef\xbb\xbf# coding: latin-1\n", "encoding problem: latin-1 with a byte order mark"},
	} {
		if _, err := Decode([]byte(test.raw)); err == nil || err.Error() != test.want {
			t.Errorf("decode %q: %v, want %s", test.raw, err, test.want)
		}
	}
}

func TestEncodeErrors(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		encoding   Encoding
		text, want string
	}{
		{Latin1, "a€", `iso-8859-1 cannot encode '€' at byte 1`},
		{ASCII, "é", `ascii cannot encode 'é' at byte 0`},
	} {
		if _, err := (Source{Encoding: test.encoding}).Encode(test.text); err == nil || err.Error() != test.want {
			t.Errorf("encode %q: %v, want %s", test.text, err, test.want)
		}
	}
}
