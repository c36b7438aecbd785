package annotate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarker(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, want string }{
		{"djleak", "<!-- djleak v=1 name=djleak fingerprint=00ff rule=queryset-len -->"},
		{"djleak (api)", "<!-- djleak v=1 name=djleak (api) fingerprint=00ff rule=queryset-len -->"},
		{"100%\n-->", "<!-- djleak v=1 name=100%25%0A--%3E fingerprint=00ff rule=queryset-len -->"},
		{"x fingerprint=11 rule=y", "<!-- djleak v=1 name=x fingerprint=11 rule=y fingerprint=00ff rule=queryset-len -->"},
		{"é", "<!-- djleak v=1 name=%C3%A9 fingerprint=00ff rule=queryset-len -->"},
		{"", "<!-- djleak v=1 name= fingerprint=00ff rule=queryset-len -->"},
	}
	for _, test := range tests {
		m := marker{name: test.name, fingerprint: "00ff", rule: "queryset-len"}
		if got := m.String(); got != test.want {
			t.Errorf("marker of %q = %q, want %q", test.name, got, test.want)
		}
		got := parseMarkers("text\n\n" + m.String())
		if diff := cmp.Diff([]marker{m}, got, cmp.AllowUnexported(marker{})); diff != "" {
			t.Errorf("parse of %q (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestParseMarkers(t *testing.T) {
	t.Parallel()
	const a = "<!-- djleak v=1 name=n fingerprint=aa rule=r -->"
	const b = "<!-- djleak v=1 name=n fingerprint=bb rule=r -->"
	tests := []struct {
		name, body string
		want       string
	}{
		{"both at the end", "text\n" + a + "\n" + b, "aa bb"},
		{"line ends of a browser", "text\r\n" + a + "\r\n" + b + "\r\n", "aa bb"},
		{"only the block at the end", "```python\n" + a + "\n```\n\n" + b, "bb"},
		{"a person's text behind", "text\n" + a + "\n" + b + "\n\nWe know of it.\r\n", "aa bb"},
		{"quoted, with text behind", "```python\n" + a + "\n```\ntext", ""},
		{"not on a line of its own", "text " + a, ""},
		{"another version", strings.Replace(a, "v=1", "v=2", 1), ""},
		{"upper-case fingerprint", strings.Replace(a, "aa", "AA", 1), ""},
		{"broken escape", strings.Replace(a, "name=n", "name=%", 1), ""},
		{"nothing", "", ""},
	}
	for _, test := range tests {
		var got []string
		for _, m := range parseMarkers(test.body) {
			got = append(got, m.fingerprint)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: fingerprints = %q, want %q", test.name, got, test.want)
		}
	}
}

func FuzzMarker(f *testing.F) {
	for _, seed := range hostile {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		m := marker{name: name, fingerprint: "00ff", rule: "queryset-len"}
		line := m.String()
		if strings.ContainsAny(line[4:len(line)-3], "<>\r\n") {
			t.Errorf("the marker of %q ends early: %q", name, line)
		}
		if diff := cmp.Diff([]marker{m}, parseMarkers("x\n"+line), cmp.AllowUnexported(marker{})); diff != "" {
			t.Errorf("parse of %q (-want +got):\n%s", line, diff)
		}
	})
}
