package settings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/settings"
)

// marked checks that every span lies in the text, and writes settings and commands with the text they stand on.
func marked(t *testing.T, file *settings.File, text string) string {
	t.Helper()
	at := func(span python.Span) string {
		if span.Start < 0 || span.End < span.Start || int(span.End) > len(text) {
			t.Fatalf("span %+v leaves the text", span)
		}
		return text[span.Start:span.End]
	}
	var parts []string
	for _, s := range file.Settings {
		guard := ""
		if s.Guarded {
			guard = "?"
		}
		at(s.Span)
		parts = append(parts, fmt.Sprintf("%s=%s%s <%s|%s>", s.Name, describe(s.Value), guard, at(s.NameSpan), at(s.Value.Span)))
	}
	for _, c := range file.Commands {
		words := []string{c.Program + "<" + at(c.Span) + ">"}
		for _, arg := range c.Args {
			words = append(words, arg.Text+"<"+at(arg.Span)+">")
		}
		parts = append(parts, strings.Join(words, " "))
	}
	return strings.Join(parts, "\n")
}

func TestRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, path, text, want string }{
		{"env", ".env", "# c\nDEBUG=True\nexport A = 'x y' # why\n\nBROKEN\nB=\n", "DEBUG=\"True\" <DEBUG|True>\nA=\"x y\" <A|'x y'>\nB=\"\" <B|>"},
		{"env with CRLF", ".env", "DEBUG=True\r\nA=1\r\n", "DEBUG=\"True\" <DEBUG|True>\nA=\"1\" <A|1>"},
		{
			"gunicorn's variable", ".env", "GUNICORN_CMD_ARGS=\"--max-requests 5\"\n",
			"GUNICORN_CMD_ARGS=\"--max-requests 5\" <GUNICORN_CMD_ARGS|\"--max-requests 5\">\n" +
				"gunicorn<\"--max-requests 5\"> --max-requests<\"--max-requests 5\"> 5<\"--max-requests 5\">",
		},
		{
			"compose", "docker-compose.yml",
			"services:\n  web:\n    command: gunicorn shop.wsgi -w 4\n    environment:\n      DEBUG: \"True\"\n      CONN_MAX_AGE: 600\n",
			"DEBUG=\"True\" <DEBUG|\"True\">\nCONN_MAX_AGE=600 <CONN_MAX_AGE|600>\ngunicorn<gunicorn> shop.wsgi<shop.wsgi> -w<-w> 4<4>",
		},
		{
			"compose with lists", "compose.yaml",
			"services:\n  web:\n    command: [\"celery\", \"-A\", \"shop\"]\n    environment:\n      - DEBUG=1\n      - 'A=é'\n",
			"DEBUG=\"1\" <DEBUG|1>\nA=\"é\" <A|é>\ncelery<\"celery\"> -A<\"-A\"> shop<\"shop\">",
		},
		{
			"Kubernetes", "deployment.yaml", "spec:\n  containers:\n  - env:\n    - name: DEBUG\n      value: \"true\"\n",
			"DEBUG=\"true\" <DEBUG|\"true\">",
		},
		{
			"Kubernetes' command and args", "deployment.yaml",
			"containers:\n- args: [shop.wsgi, --max-requests, '5']\n  command: [gunicorn]\n  name: web\n",
			"gunicorn<gunicorn> shop.wsgi<shop.wsgi> --max-requests<--max-requests> 5<'5'>",
		},
		{
			"a folded command", "compose.yml", "services:\n  web:\n    command: >-\n      celery -A shop\n      worker\n",
			"celery<>-> -A<>-> shop<>-> worker<>->",
		},
		{
			"a list of lines", "compose.yml", "services:\n  web:\n    command: [sh, -c, \"gunicorn shop.wsgi\"]\n",
			"gunicorn<gunicorn> shop.wsgi<shop.wsgi>",
		},
		{
			"another role's part", "settings.yaml", "default:\n  DEBUG: false\ndevelopment:\n  DEBUG: true\n",
			"DEBUG=false <DEBUG|false>\nDEBUG=true? <DEBUG|true>",
		},
		{
			"a template", "templates/deployment.yaml",
			"{{- $x := 1 }}\nname: {{ .Values.name }}\nenv:\n- name: DEBUG\n  value: {{ .Values.debug | quote }}\n- name: A_B\n  value: \"1\"\n" +
				"command: [gunicorn, \"{{ .Values.options }}\"]\n",
			"DEBUG=? <DEBUG|{{ .Values.debug | quote }}>\nA_B=\"1\" <A_B|\"1\">\ngunicorn<gunicorn> $<\"{{ .Values.options }}\">",
		},
		{
			"a condition of a template", "values.yml", "{% if debug %}\nDEBUG: true\n{% endif %}\n", "DEBUG=true? <DEBUG|true>",
		},
		{
			"a line that is not letter by letter", "compose.yml", "environment:\n- \"A_B=\\x31\"\n",
			"A_B=\"1\" <\"A_B=\\x31\"|\"A_B=\\x31\">",
		},
		{"two documents", "values.yaml", "A_B: 1\n---\nC_D: [x, null]\n", "A_B=1 <A_B|1>\nC_D=[\"x\" None] <C_D|[x, null]>"},
		{
			"dynaconf", "settings.toml", "[default]\nDEBUG = true\nDATABASES = {default = {CONN_MAX_AGE = 60}}\n[development]\nA_B = [\"x\"]\nlower = 1\n",
			"DEBUG=true <DEBUG|true>\nDATABASES={default: {CONN_MAX_AGE: 60}} <DATABASES|{default = {CONN_MAX_AGE = 60}}>\nA_B=[\"x\"]? <A_B|[\"x\"]>",
		},
		{"uwsgi's environment", "uwsgi.ini", "[uwsgi]\nenv = DEBUG=0\n", "DEBUG=\"0\" <DEBUG|0>"},
		{"uwsgi", "uwsgi.ini", "[uwsgi]\n; c\nmodule = shop.wsgi\nmax-requests=5\n", "module=\"shop.wsgi\" <module|shop.wsgi>\nmax-requests=\"5\" <max-requests|5>"},
		{
			"systemd", "web.service", "[Unit]\nDescription=Shop\n[Service]\nEnvironment=\"DEBUG=1\"\nExecStart=/usr/bin/gunicorn shop.wsgi\n",
			"Description=\"Shop\" <Description|Shop>\nDEBUG=\"1\" <DEBUG|1>\ngunicorn</usr/bin/gunicorn> shop.wsgi<shop.wsgi>",
		},
		{
			"Procfile", "Procfile", "web: python manage.py migrate && exec gunicorn shop.wsgi --timeout 0\nworker: celery -A shop worker\n",
			"manage.py<manage.py> migrate<migrate>\ngunicorn<gunicorn> shop.wsgi<shop.wsgi> --timeout<--timeout> 0<0>\ncelery<celery> -A<-A> shop<shop> worker<worker>",
		},
		{
			"Dockerfile", "Dockerfile", "FROM x\nENV DEBUG=1\nCMD [\"gunicorn\", \"shop.wsgi\"]\n",
			"DEBUG=\"1\" <DEBUG|1>\ngunicorn<gunicorn> shop.wsgi<shop.wsgi>",
		},
		{
			"shell form", "Dockerfile", "CMD gunicorn \\\n  --max-requests 5 \\\n  shop.wsgi\n",
			"gunicorn<gunicorn> --max-requests<--max-requests> 5<5> shop.wsgi<shop.wsgi>",
		},
		{
			"supervisor", "supervisord.conf", "[program:web]\ncommand=daphne shop.asgi:application\n[other]\ncommand=daphne\n",
			"command=\"daphne\" <command|daphne>\ndaphne<daphne> shop.asgi:application<shop.asgi:application>",
		},
		{
			"a script", "entrypoint.sh",
			"#!/bin/sh\npip install gunicorn\necho \"starting gunicorn now\"\n# gunicorn x\nif [ $A = celery ]; then\n" +
				"  exec gunicorn shop.wsgi $OPTIONS; fi\nA=1 do_gosu app exec poetry run celery \\\n  -A shop worker &\nweb) uvicorn shop.asgi:app # why\n",
			"gunicorn<gunicorn> shop.wsgi<shop.wsgi> $OPTIONS<$OPTIONS;>\ncelery<celery> -A<-A> shop<shop> worker<worker>\n" +
				"uvicorn<uvicorn> shop.asgi:app<shop.asgi:app>",
		},
		{"a shell", "Dockerfile", "CMD [\"sh\", \"-c\", \"gunicorn shop.wsgi\"]\n", "gunicorn<gunicorn> shop.wsgi<shop.wsgi>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			file, _, err := settings.Read(test.path, test.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, marked(t, file, test.text)); diff != "" {
				t.Errorf("settings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadBroken(t *testing.T) {
	t.Parallel()
	for path, text := range map[string]string{
		"values.yaml": "A_B: 1\n---\nB_C: {\n", "settings.toml": "A_B = 1\nC_D = = 2\n",
	} {
		file, _, err := settings.Read(path, text)
		if err == nil || len(file.Settings) != 1 {
			t.Errorf("Read(%s) = %v, %v, want one setting and an error", path, file.Settings, err)
		}
	}
}

func TestReadHostileYAML(t *testing.T) {
	t.Parallel()
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'z'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	if _, _, err := settings.Read("values.yaml", bomb); err != nil {
		t.Errorf("aliases: %v", err)
	}
	_, _, _ = settings.Read("values.yaml", strings.Repeat("[", 100_000))
	_, _, _ = settings.Read("values.yaml", strings.Repeat("- ", 100_000))
	_, _, _ = settings.Read("values.yaml", "A_B: ["+strings.Repeat("é, ", 100_000)+"]")
}

func FuzzRead(f *testing.F) {
	paths := []string{".env", "values.yaml", "settings.toml", "uwsgi.ini", "web.service", "Procfile", "Dockerfile", "start.sh"}
	for i := range paths {
		f.Add(i, "A_B=1\n# c\nCMD [\"gunicorn\", 'x']\nweb: celery -A x\nA_C: [1, {B_C: x}]\n")
		f.Add(i, "A_B: {{ x }}\ncommand: \"gunicorn 'x y' \\\n $A\"\nargs: [a, \"{% if x %}\"]\nenvironment:\n- \"A=\\x31\"\n")
	}
	f.Fuzz(func(t *testing.T, i int, text string) {
		file, comments, _ := settings.Read(paths[uint(i)%uint(len(paths))], text)
		marked(t, file, text)
		for _, c := range comments {
			if text[c.Start] != '#' {
				t.Errorf("a comment begins with %q", text[c.Start])
			}
		}
	})
}

// FuzzReadPython holds that no module makes the reader of settings fail or point outside of it.
func FuzzReadPython(f *testing.F) {
	f.Add("A = {'b': [1, *C], **D}\nA['x'].update(y=-1)\nB = env('C', default=not A) or A + A\n")
	f.Fuzz(func(t *testing.T, text string) {
		marked(t, settings.ReadPython(names.Resolve(python.Parse(text)), "shop/settings.py"), text)
	})
}
