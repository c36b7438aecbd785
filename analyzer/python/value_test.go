package python

import "testing"

func firstConstant(source string) *Constant {
	var found *Constant
	Walk(Parse(source).Module, func(n Node) bool {
		if c, ok := n.(*Constant); ok && found == nil {
			found = c
		}
		return true
	})
	return found
}

func TestConstantStr(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		source, want string
		ok           bool
	}{
		{`"a"`, "a", true},
		{`''`, "", true},
		{`"""a"b""c"""`, `a"b""c`, true},
		{`u"é"`, "é", true},
		{`r"\n\""`, `\n\"`, true},
		{`"\n\t\\\'\"\x41\u00e9\U0001F600\101\0"`, "\n\t\\'\"Aé\U0001F600A\x00", true},
		{`"\q"`, `\q`, true},
		{"'a\\\nb'", "ab", true},
		{"'''a\r\nb\rc'''", "a\nb\nc", true},
		{"'a' \"b\" '''c''' r'\\d'", `abc\d`, true},
		{"('a' # 'x'\n  'b' \\\n 'c')", "abc", true},
		{`f"a{{b}}\n{x}"`, "a{b}\n", true},
		{`rf"a\n{{{x}"`, `a\n{`, true},
		{`"{{" f"{{" '}}'`, "{{{}}", true},
		{`f"{x:a\x41}"`, "aA", true},
		{`"\N{BULLET}"`, "", false},
		{`"\ud800"`, "", false},
		{`b"a"`, "", false},
		{`1`, "", false},
		{`None`, "", false},
	} {
		if got, ok := firstConstant(test.source).Str(); got != test.want || ok != test.ok {
			t.Errorf("%s is %q, %v, want %q, %v", test.source, got, ok, test.want, test.ok)
		}
	}
}

func TestConstantBytes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		source, want string
		ok           bool
	}{
		{`b"a\x41\101\u0041\n"`, "aAA\\u0041\n", true},
		{`rb"\x41" b'\377'`, "\\x41\xff", true},
		{`"a"`, "", false},
	} {
		if got, ok := firstConstant(test.source).Bytes(); got != test.want || ok != test.ok {
			t.Errorf("%s is %q, %v, want %q, %v", test.source, got, ok, test.want, test.ok)
		}
	}
}

func TestConstantInt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		source string
		want   int64
		ok     bool
	}{
		{"0", 0, true},
		{"00_0", 0, true},
		{"1_000", 1000, true},
		{"0x_fF", 255, true},
		{"0O17", 15, true},
		{"0b1_01", 5, true},
		{"9223372036854775807", 1<<63 - 1, true},
		{"9223372036854775808", 0, false},
		{"1.0", 0, false},
		{"1j", 0, false},
		{"True", 0, false},
	} {
		got, ok := firstConstant(test.source).Int()
		if ok != test.ok || ok && got != test.want {
			t.Errorf("%s is %d, %v, want %d, %v", test.source, got, ok, test.want, test.ok)
		}
	}
}
