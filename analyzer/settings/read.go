package settings

import (
	"path"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// formatOf returns the language of a file that package selection takes for one of settings; of any other file, a shell's.
func formatOf(file string) Format {
	switch base := path.Base(file); path.Ext(base) {
	case ".yml", ".yaml", ".json", ".config":
		return YAML
	case ".toml":
		return TOML
	case ".ini", ".conf", ".service":
		return INI
	default:
		switch {
		case strings.HasPrefix(base, "Procfile"), strings.Contains(base, "Dockerfile"):
			return Lines
		case strings.Contains(base, ".env"), strings.HasPrefix(base, "env.") && path.Ext(base) != ".sh":
			return Env
		}
		return Script
	}
}

// Read reads a settings file that is not Python. Comments are those that begin a word with #. The error names the line
// that the file's own grammar does not allow; what stands before it is read all the same.
func Read(file, text string) (read *File, comments []python.Comment, err error) {
	format := formatOf(file)
	read = &File{Path: file, Format: format, Role: RoleOf(file)}
	switch format {
	case Env:
		readEnv(read, text)
	case YAML:
		err = readYAML(read, text)
	case TOML:
		err = readTOML(read, text)
	case INI:
		readINI(read, text)
	case Lines:
		readLines(read, text)
	case Script:
		readScript(read, text)
	case Python:
	}
	return read, commentsOf(text), err
}

// commentsOf finds comments by the rule that these formats share: a # that stands at the beginning of a line or behind white
// space, outside quotes.
func commentsOf(text string) []python.Comment {
	var comments []python.Comment
	start := 0
	for line := range strings.Lines(text) {
		if i := commentStart(line); i >= 0 {
			end := len(strings.TrimRight(line, "\r\n"))
			comments = append(comments, python.Comment{
				Span:    spanOf(start+i, start+end),
				OwnLine: strings.TrimSpace(line[:i]) == "",
			})
		}
		start += len(line)
	}
	return comments
}

// commentStart returns where the comment of a line begins, or -1.
func commentStart(line string) int {
	quote := byte(0)
	for i := range len(line) {
		switch c := line[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'):
			return i
		}
	}
	return -1
}

func spanOf(start, end int) python.Span { return python.Span{Start: int32(start), End: int32(end)} }

// readEnv reads NAME=value lines, as python-dotenv, django-environ and compose do.
func readEnv(file *File, text string) {
	start := 0
	for line := range strings.Lines(text) {
		file.addEnv(strings.TrimRight(line, "\r\n"), start, false)
		start += len(line)
	}
}

// addEnv takes one NAME=value that begins at an offset.
func (f *File) addEnv(line string, start int, guarded bool) {
	if i := commentStart(line); i >= 0 {
		line = line[:i]
	}
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	body := strings.TrimSpace(line)
	if rest, ok := strings.CutPrefix(body, "export "); ok {
		indent += len(body) - len(strings.TrimLeft(rest, " "))
		body = strings.TrimLeft(rest, " ")
	}
	name, value, ok := strings.Cut(body, "=")
	if !ok {
		return
	}
	at := start + indent
	raw := strings.TrimSpace(value)
	valueStart := at + len(name) + 1 + len(value) - len(strings.TrimLeft(value, " \t"))
	name = strings.TrimSpace(name)
	if name == "" || strings.ContainsAny(name, " \t") {
		return
	}
	f.add(Setting{
		Name:     name,
		Span:     spanOf(at, at+len(body)),
		NameSpan: spanOf(at, at+len(name)),
		Value:    Value{Kind: Text, Text: unquote(raw), Span: spanOf(valueStart, valueStart+len(raw))},
		Guarded:  guarded,
	})
}

// add takes a setting, and what a variable of gunicorn's own says on the command line.
func (f *File) add(s Setting) {
	f.Settings = append(f.Settings, s)
	if s.Name == "GUNICORN_CMD_ARGS" && s.Value.Kind == Text {
		f.addCommand("gunicorn "+s.Value.Text, s.Value.Span, nil)
		f.Commands[len(f.Commands)-1].Joins = true
	}
}

func unquote(text string) string {
	if len(text) >= 2 && (text[0] == '"' || text[0] == '\'') && text[len(text)-1] == text[0] {
		return text[1 : len(text)-1]
	}
	return text
}

// readINI reads sections of name = value: uwsgi's own file, supervisor's programs, and a systemd unit with its ExecStart and
// Environment.
func readINI(file *File, text string) {
	start, section := 0, ""
	for line := range strings.Lines(text) {
		body := strings.TrimSpace(line)
		at := start + strings.Index(line, body)
		start += len(line)
		switch {
		case body == "" || body[0] == '#' || body[0] == ';':
			continue
		case body[0] == '[':
			section = strings.Trim(body, "[]")
			continue
		}
		name, value, ok := strings.Cut(body, "=")
		if !ok {
			continue
		}
		raw := strings.TrimSpace(value)
		valueStart := at + len(body) - len(strings.TrimLeft(value, " \t"))
		span := spanOf(valueStart, valueStart+len(raw))
		switch name = strings.TrimSpace(name); {
		case section == "Service" && strings.HasPrefix(name, "Exec"), strings.HasPrefix(section, "program:") && name == "command":
			file.addCommand(raw, span, &valueStart)
		case section == "uwsgi" && name == "env":
			file.addEnv(raw, valueStart, false)
		case section == "Service" && name == "Environment":
			offset := valueStart
			if unquoted := unquote(raw); len(unquoted) < len(raw) {
				raw, offset = unquoted, offset+1
			}
			file.addEnv(raw, offset, false)
		default:
			file.add(Setting{
				Name: name, Span: spanOf(at, at+len(body)), NameSpan: spanOf(at, at+len(name)),
				Value: Value{Kind: Text, Text: raw, Span: span},
			})
		}
	}
}

// readLines reads a Procfile's processes, or a Dockerfile's CMD, ENTRYPOINT and ENV.
func readLines(file *File, text string) {
	isProcfile := strings.HasPrefix(path.Base(file.Path), "Procfile")
	start := 0
	for start < len(text) {
		line, size := logicalLine(text[start:])
		at := start
		start += size
		body := strings.TrimLeft(line, " \t")
		at += len(line) - len(body)
		if strings.HasPrefix(body, "#") {
			continue
		}
		if isProcfile {
			if name, command, ok := strings.Cut(body, ":"); ok {
				offset := at + len(name) + 1
				file.addCommand(command, spanOf(offset, offset+len(strings.TrimRight(command, "\r\n"))), &offset)
			}
			continue
		}
		word, rest, _ := strings.Cut(body, " ")
		offset := at + len(word) + 1
		rest = strings.TrimRight(rest, "\r\n")
		switch strings.ToUpper(word) {
		case "CMD", "ENTRYPOINT":
			file.addCommand(plainWords(rest), spanOf(offset, offset+len(rest)), &offset)
		case "ENV":
			file.addEnv(rest, offset, false)
		}
	}
}

// readScript reads the commands of a shell script that stand where a command begins.
func readScript(file *File, text string) {
	for start := 0; start < len(text); {
		line, size := logicalLine(text[start:])
		at := start
		start += size
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			file.addScriptLine(line, at)
		}
	}
}

// logicalLine returns the first line of a text with those that a backslash joins to it, and its size.
func logicalLine(text string) (line string, size int) {
	for {
		i := strings.IndexByte(text[size:], '\n')
		if i < 0 {
			return text, len(text)
		}
		size += i + 1
		if !strings.HasSuffix(strings.TrimRight(text[:size], "\r\n"), "\\") {
			return text[:size], size
		}
	}
}

// plainWords blanks what makes a list of a command: ["gunicorn", "shop.wsgi"] becomes words in the same places.
func plainWords(command string) string {
	if !strings.HasPrefix(strings.TrimSpace(command), "[") {
		return command
	}
	words := []byte(command)
	for i, c := range words {
		switch c {
		case '[', ']', '"', ',':
			words[i] = ' '
		}
	}
	return string(words)
}
