package csvexportbuffered

import (
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/python"
)

// stream is a response that is sent line by line: the header, then each row, by the same kind of writer with the same arguments.
func (e *export) stream(pass *analyzer.Pass) string {
	def, loop, source := "def", "for", e.source(pass)+".iterator(chunk_size=2000)"
	if pass.Project.UnderASGI().Strength >= project.Likely && !pass.Django().Before(4, 2) {
		// What is not asynchronous would be collected first, since what is can be sent:
		// https://docs.djangoproject.com/en/5.2/releases/4.2/#requests-and-responses
		def, loop, source = "async def", "async for", e.source(pass)+".aiterator(chunk_size=2000)"
	}
	var text strings.Builder
	text.WriteString("class Echo:\n    def write(self, value):\n        return value\n\n\n" + def + " lines():\n")
	text.WriteString("    writer = " + pass.Text(e.writer.Func) + "(Echo()" + e.options(pass) + ")\n")
	for _, header := range e.headers {
		text.WriteString("    yield writer." + e.header(pass, header) + "\n")
	}
	target, row := e.row(pass)
	text.WriteString("    " + loop + " " + target + " in " + source + ":\n" + e.before() + "        yield writer.writerow(" + row + ")\n\n\n")
	return text.String() + e.response(pass) + "\n"
}

// toFile writes where no response is at hand, for whoever stores or sends the text.
func (e *export) toFile(pass *analyzer.Pass) string {
	var text strings.Builder
	text.WriteString("with tempfile.TemporaryFile(\"w+\", newline=\"\") as out:\n")
	text.WriteString("    writer = " + pass.Text(e.writer.Func) + "(out" + e.options(pass) + ")\n")
	for _, header := range e.headers {
		text.WriteString("    writer." + e.header(pass, header) + "\n")
	}
	target, row := e.row(pass)
	text.WriteString("    for " + target + " in " + e.source(pass) + ".iterator(chunk_size=2000):\n" + e.before() + "        writer.writerow(" + row + ")\n")
	return text.String() + "    out.seek(0)  # what follows reads it in pieces\n"
}

// source returns the QuerySet as it is written, on one line.
func (e *export) source(pass *analyzer.Pass) string {
	if text, ok := oneLine(pass, e.rows.Expr); ok {
		return text
	}
	return "queryset"
}

// options returns the writer's arguments behind what it writes to.
func (e *export) options(pass *analyzer.Pass) string {
	var text strings.Builder
	for _, arg := range e.writer.Args[1:] {
		text.WriteString(", " + short(pass, arg, "..."))
	}
	return text.String() + keywords(pass, e.writer)
}

// keywords returns the keyword arguments of a call, each after a comma.
func keywords(pass *analyzer.Pass, call *python.Call) string {
	var text strings.Builder
	for _, keyword := range call.Keywords {
		text.WriteString(", " + short(pass, keyword, keyword.Name+"=..."))
	}
	return text.String()
}

// header returns the call that writes the names of the columns.
func (e *export) header(pass *analyzer.Pass, call *python.Call) string {
	method := python.LastName(call.Func)
	if len(call.Args) == 0 {
		return method + "()"
	}
	return method + "(" + short(pass, call.Args[0], "header") + ")"
}

// row returns the variable of the loop over the rows, and what is written of each.
func (e *export) row(pass *analyzer.Pass) (target, row string) {
	if e.loop == nil {
		return "row", "row"
	}
	target = short(pass, e.loop.Target, "row")
	if len(e.write.Args) == 0 {
		return target, "to_row(" + target + ")"
	}
	return target, short(pass, e.write.Args[0], "to_row("+target+")")
}

// before stands for what else a loop does with a row.
func (e *export) before() string {
	if e.loop == nil || len(e.loop.Body) == 1 {
		return ""
	}
	return "        ...\n"
}

// response returns the statement that makes the response, with the arguments that it has now.
func (e *export) response(pass *analyzer.Pass) string {
	text := "StreamingHttpResponse(lines()"
	if pass.Django().Before(1, 5) { // HttpResponse streams: https://docs.djangoproject.com/en/5.2/releases/1.5/
		text = "HttpResponse(lines()"
	}
	if e.buffer != "HttpResponse" || len(e.made.Keywords) == 0 {
		text += ", content_type=\"text/csv\""
	} else {
		text += keywords(pass, e.made)
	}
	if assign, ok := pass.Parent(e.made).(*python.Assign); ok && e.buffer == "HttpResponse" {
		return pass.Text(assign.Targets[0]) + " = " + text + ")"
	}
	return "response = " + text + ")"
}

// short returns a node as it is written where that fits on a line, and something that stands for it otherwise.
func short(pass *analyzer.Pass, node python.Node, otherwise string) string {
	const most = 90
	if text, ok := oneLine(pass, node); ok && len(text) <= most {
		return text
	}
	return otherwise
}

// oneLine joins the lines of a node; ok is false where that might change its meaning.
func oneLine(pass *analyzer.Pass, node python.Node) (text string, ok bool) {
	text = pass.Text(node)
	if !strings.Contains(text, "\n") {
		return text, true
	}
	if strings.Contains(text, "#") || strings.Contains(text, `"""`) || strings.Contains(text, "'''") {
		return "", false
	}
	var joined strings.Builder
	for part := range strings.Lines(text) {
		part = strings.TrimSpace(part)
		before := joined.String()
		switch {
		case part == "":
		case strings.HasPrefix(part, ")"), strings.HasPrefix(part, "]"), strings.HasPrefix(part, "}"):
			joined.Reset()
			joined.WriteString(strings.TrimSuffix(before, ",") + part)
		case before == "", strings.HasPrefix(part, "."), strings.HasSuffix(before, "("), strings.HasSuffix(before, "["), strings.HasSuffix(before, "{"):
			joined.WriteString(part)
		default:
			joined.WriteString(" " + part)
		}
	}
	return joined.String(), true
}
