// Package responsefilebuffered reports responses that hold a whole file in memory.
package responsefilebuffered

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports an HttpResponse made of a file.
var Rule = &analyzer.Rule{
	Name:       "response-file-buffered",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Triggers:   []string{"HttpResponse"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	var found []finding
	for _, call := range pass.Calls {
		content := contentOf(pass, call)
		if content == nil {
			continue
		}
		if file, d := check(pass, call, content); file != nil {
			found = append(found, finding{pass.FunctionAt(call), pass.Text(file.Expr), d})
		}
	}
	for i, f := range found {
		if i == first(found, f) {
			pass.Report(f.Diagnostic)
		}
	}
}

// first returns the place of the finding to tell of those in one function that send one file: the branches of a view that know
// several types are one thing to change.
func first(found []finding, of finding) int {
	same := func(f finding) bool { return f.fn == of.fn && f.file == of.file }
	if i := slices.IndexFunc(found, func(f finding) bool { return same(f) && !f.Preview }); i >= 0 {
		return i
	}
	return slices.IndexFunc(found, same)
}

// A finding is a diagnostic of a response, with the function around it and the text of what it opens.
type finding struct {
	fn   *names.Function
	file string
	analyzer.Diagnostic
}

// contentOf returns what a call puts into an HttpResponse, or nil: its argument when it is made, or that of its write().
func contentOf(pass *analyzer.Pass, call *python.Call) python.Expr {
	if isResponse(pass, call) {
		if len(call.Args) > 0 {
			return call.Args[0]
		}
		if content := names.Keyword(call, "content"); content != nil {
			return content.Value
		}
		return nil
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok || access.Attr != "write" || len(call.Args) != 1 {
		return nil
	}
	if made, ok := pass.Deref(access.Value).(*python.Call); ok && isResponse(pass, made) {
		return call.Args[0]
	}
	return nil
}

func isResponse(pass *analyzer.Pass, call *python.Call) bool {
	switch pass.Qualified(call.Func) {
	case "django.http.HttpResponse", "django.http.response.HttpResponse":
		return true
	}
	return false
}

// check returns the file that a response holds, and what there is to say of it. The file is nil where there is nothing.
func check(pass *analyzer.Pass, call *python.Call, content python.Expr) (*django.FileObject, analyzer.Diagnostic) {
	file, read := source(pass, content)
	handle := false
	switch {
	case file == nil || file.Path != nil && pass.IsFixedPath(file.Path):
		// A file of the project itself is as large as its authors made it.
		return nil, analyzer.Diagnostic{}
	case file.Kind == django.FieldFile && read == nil && !isWrapper(pass, content):
		// What is named after a file may be its text.
		if handle = isHandle(file.Expr); !handle {
			return nil, analyzer.Diagnostic{}
		}
	}
	if isErrorPage(pass, call) || streamsToo(pass, call) || pass.DevelopersTool(call) || isStreamed(pass, read) {
		return nil, analyzer.Diagnostic{}
	}
	d := analyzer.Diagnostic{Span: call.Span, Message: "The response holds the whole file in memory" + how(read), Remedy: remedy(pass, call, file, read)}
	// What a program has just made itself is mostly a document of some pages.
	ofRow := rowFiles(pass, file)
	d.Preview = handle || isUnknown(pass, file) || !isSent(pass, file) || isMade(pass, call, file) || isPageMatter(pass, call) || isSmallPath(pass, file, ofRow) ||
		!mayBeLarge(pass, call, file, ofRow) || isDocument(pass, call, file, ofRow) || isBounded(pass, ofRow) ||
		file.Kind != django.LocalFile && pass.Project.KeepsFilesInDatabase()
	if len(ofRow) > 0 && !slices.ContainsFunc(ofRow, isLarge) {
		d.Severity = new(analyzer.Medium)
	}
	switch {
	case handle:
		d.Message, d.Confidence = "The response holds the whole of `"+pass.Text(file.Expr)+"` in memory", new(analyzer.MediumConfidence)
	case file.Kind == django.FieldFile && (isGenerated(file.Expr) || pass.IsSmallFile(file.Expr)):
		d.Confidence = new(analyzer.LowConfidence)
	case !file.Sure:
		d.Confidence = new(analyzer.MediumConfidence)
	}
	if fix, ok := streamed(pass, call, content, file); ok {
		d.Fixes = []analyzer.SuggestedFix{fix}
	}
	return file, d
}

// streamsToo reports whether the function streams in another of its branches: somebody has chosen.
func streamsToo(pass *analyzer.Pass, call *python.Call) bool {
	fn := pass.FunctionAt(call)
	if fn == nil {
		return false
	}
	for node := range pass.Own(fn) {
		if other, ok := node.(*python.Call); ok {
			switch pass.Qualified(other.Func) {
			case "django.http.FileResponse", "django.http.StreamingHttpResponse", "django.http.response.FileResponse",
				"django.http.response.StreamingHttpResponse":
				return true
			}
		}
	}
	return false
}

// generated matches the names of fields for documents of a few pages that a program makes itself.
var generated = pattern.New(`(?i)(^|_)(pdf|invoice|receipt|ticket|credit_?note|certificate|badge|label|qr_?code)(_?file)?$`)

// isGenerated reports whether a row's file is a document that is small because a program makes it.
func isGenerated(file python.Expr) bool {
	access, ok := file.(*python.Attribute)
	return ok && generated.MatchString(access.Attr)
}

// isErrorPage reports whether a response is one of an error, whose page is small.
func isErrorPage(pass *analyzer.Pass, call *python.Call) bool {
	status := names.Keyword(call, "status")
	if status == nil {
		return false
	}
	constant, ok := pass.Deref(status.Value).(*python.Constant)
	if !ok {
		return false
	}
	const firstError = 400
	code, ok := constant.Int()
	return ok && code >= firstError
}

// source returns the file that the content of a response is read from, and the call that reads it, if one does.
func source(pass *analyzer.Pass, content python.Expr) (*django.FileObject, *python.Call) {
	if call, ok := pass.Deref(content).(*python.Call); ok {
		if file := pass.WholeRead(call); file != nil {
			if isGiven(pass, file) {
				return &django.FileObject{Expr: file, Kind: django.LocalFile}, call
			}
			return pass.FileObject(file), call
		}
		if access, ok := call.Func.(*python.Attribute); ok && access.Attr == "chunks" {
			return pass.FileObject(access.Value), call
		}
	}
	if file := pass.FileObject(content); file != nil || !isWrapper(pass, content) {
		return file, nil
	}
	wrapped := pass.Deref(content).(*python.Call).Args[0] //nolint:forcetypeassert // A wrapper is a call.
	if made, ok := pass.Deref(wrapped).(*python.Call); ok && strings.HasPrefix(pass.Qualified(made.Func), "io.") {
		return nil, nil // In memory already.
	}
	return &django.FileObject{Expr: wrapped, Kind: django.FieldFile}, nil
}

// givenFile matches the names of parameters that are open files, of whatever kind: file_obj, archive_file.
var givenFile = pattern.New(`(?i)(^|_)(file|file_?(obj|object|handle)|fh)$`)

// isGiven reports whether an expression is a parameter that is an open file by its name, and is asked what the file is called: no
// buffer has a name.
func isGiven(pass *analyzer.Pass, file python.Expr) bool {
	name, ok := file.(*python.Name)
	if !ok || !givenFile.MatchString(name.Id) {
		return false
	}
	binding := pass.Binding(name)
	if binding == nil || len(binding.Definitions) != 1 || binding.Definitions[0].Kind != names.Parameter {
		return false
	}
	return slices.ContainsFunc(binding.Uses, func(use *python.Name) bool {
		access, ok := pass.Parent(use).(*python.Attribute)
		return ok && access.Attr == "name"
	})
}

// isWrapper reports whether an expression is a FileWrapper, which sends a file in pieces where HttpResponse lets it.
func isWrapper(pass *analyzer.Pass, expr python.Expr) bool {
	call, ok := pass.Deref(expr).(*python.Call)
	if !ok || len(call.Args) == 0 {
		return false
	}
	switch pass.Qualified(call.Func) {
	case "wsgiref.util.FileWrapper", "django.core.servers.basehttp.FileWrapper":
		return true
	}
	return false
}

// isHandle reports whether the attribute of a row is named after an open file, and after nothing that a text may be: source_file
// and file, not csv or document.
func isHandle(file python.Expr) bool {
	access, ok := file.(*python.Attribute)
	return ok && (access.Attr == "file" || strings.HasSuffix(access.Attr, "_file"))
}

// isStreamed reports whether the response sends a file in pieces although it is an HttpResponse: before Django 1.7 that did
// not consume an iterator when it was made. Source: https://docs.djangoproject.com/en/5.2/releases/1.7/
func isStreamed(pass *analyzer.Pass, read *python.Call) bool {
	return isIterated(read) && pass.Django().Before(1, 7)
}

// isIterated reports whether what is read of a file, and how, is left to the response.
func isIterated(read *python.Call) bool {
	return read == nil || read.Func.(*python.Attribute).Attr == "chunks" //nolint:forcetypeassert // A method reads.
}

func how(read *python.Call) string {
	if isIterated(read) {
		return ": `HttpResponse` consumes an iterator when it is made"
	}
	return ": `" + read.Func.(*python.Attribute).Attr + "()` comes before the first byte is sent" //nolint:forcetypeassert // A method reads.
}

// streamed returns the fix for HttpResponse(open(path, "rb").read(), ...) and for HttpResponse(handle, ...), whose
// arguments FileResponse takes as they are.
func streamed(pass *analyzer.Pass, call *python.Call, content python.Expr, file *django.FileObject) (analyzer.SuggestedFix, bool) {
	opened, ok := file.Expr.(*python.Call)
	if !ok || buffersFiles(pass) || pass.Django().Before(1, 8) || !isResponse(pass, call) || pass.Qualified(opened.Func) != "builtins.open" || len(call.Args) != 1 || usesContent(pass, call) {
		return analyzer.SuggestedFix{}, false
	}
	mode, ok := binaryMode(opened)
	if !ok {
		return analyzer.SuggestedFix{}, false
	}
	response, edits, ok := pass.Import("django.http", "FileResponse")
	if !ok {
		return analyzer.SuggestedFix{}, false
	}
	edits = append(edits, analyzer.Replace(call.Func, response))
	if name, ok := content.(*python.Name); ok {
		if pass.Value(name) != python.Expr(opened) || pass.Text(opened.Args[len(opened.Args)-1]) != mode {
			return analyzer.SuggestedFix{}, false
		}
	} else {
		if !content.Range().Contains(opened.Range()) {
			return analyzer.SuggestedFix{}, false
		}
		edits = append(edits, analyzer.Replace(content, "open("+pass.Text(opened.Args[0])+", "+mode+")"))
	}
	check := "Is the project served by WSGI? Under ASGI FileResponse reads the whole file too."
	if pass.Django().Before(4, 2) {
		check = "Does nothing read the content of the response later, such as a middleware? One that streams has none."
	}
	return analyzer.SuggestedFix{
		Message: "Send the file in pieces with FileResponse", Kind: analyzer.UnsafeFix, Check: check, Edits: edits,
	}, true
}

// usesContent reports whether the response's content is looked at or written to later, which a streaming response does
// not allow.
func usesContent(pass *analyzer.Pass, call *python.Call) bool {
	name, assigned := variable(pass, call)
	if name == nil {
		return assigned
	}
	for _, use := range pass.Binding(name).Uses {
		if access, ok := pass.Parent(use).(*python.Attribute); ok {
			switch access.Attr {
			case "content", "write", "writelines", "getvalue":
				return true
			}
		}
	}
	return false
}

// variable returns the name that a response is assigned to, nil for something else, and whether it is assigned at all.
func variable(pass *analyzer.Pass, call *python.Call) (name *python.Name, assigned bool) {
	assign, ok := pass.Parent(call).(*python.Assign)
	if !ok {
		return nil, false
	}
	name, _ = assign.Targets[0].(*python.Name)
	return name, true
}

// binaryMode returns the mode in which a call that opens a file to read opens it for bytes.
func binaryMode(opened *python.Call) (string, bool) {
	if len(opened.Keywords) > 0 {
		return "", false
	}
	switch len(opened.Args) {
	case 1:
		return `"rb"`, true
	case 2:
		if mode, ok := opened.Args[1].(*python.Constant); ok {
			if text, _ := mode.Str(); text == "rb" || text == "br" || text == "r" {
				return `"rb"`, true
			}
		}
	}
	return "", false
}

// buffersFiles reports whether the project is known to run under ASGI alone, where FileResponse reads the whole file too: since
// Django 4.2, which brought asynchronous iterators. Source: https://docs.djangoproject.com/en/5.2/releases/4.2/#requests-and-responses
func buffersFiles(pass *analyzer.Pass) bool {
	return !pass.Django().Before(4, 2) && pass.Project.UnderASGI().Strength >= project.Likely && !pass.Project.BesideWSGI()
}

// remedy shows the response in the names at hand.
func remedy(pass *analyzer.Pass, call *python.Call, file *django.FileObject, read *python.Call) string {
	place := ""
	switch parent := pass.Parent(call).(type) {
	case *python.Return:
		place = "return "
	case *python.Assign:
		place = pass.Text(parent.Targets[0]) + " = "
	}
	if place == "" || !isResponse(pass, call) {
		return "" // What stands around it decides how to go on.
	}
	if buffersFiles(pass) {
		path := "path"
		if file.Path != nil && file.Kind == django.LocalFile {
			path = pass.Text(file.Path)
		}
		return "async def chunks(path):\n    with open(path, \"rb\") as handle:\n        while chunk := await asyncio.to_thread(handle.read, 65536):\n            yield chunk\n\n" +
			place + "StreamingHttpResponse(chunks(" + path + ")" + arguments(pass, call) + ")  # ASGI reads what is not asynchronous as a whole\n"
	}
	opened := pass.Text(file.Expr)
	switch {
	case file.Kind == django.TemporaryFile:
		opened = "tmp"
		if read != nil {
			if name, ok := pass.WholeRead(read).(*python.Name); ok {
				opened = name.Id
			}
		}
	case file.Kind == django.FieldFile:
		// Before Django 2.0 open() returns nothing, and the file opens when it is read.
		if _, isCall := file.Expr.(*python.Call); !isCall && !pass.Django().Before(2, 0) {
			opened += `.open("rb")`
		}
	case file.Path != nil && file.Kind == django.LocalFile:
		opened = "open(" + pass.Text(file.Path) + `, "rb")`
	}
	if removed := cleanUp(pass, call, file.Path); removed != nil {
		imports, response := inPieces(pass, "handle")
		return imports + "handle = " + opened + "  # where it is read now: an open file outlives its name\n" +
			firstLine(pass.Text(removed)) + "\n" + place + response + arguments(pass, call) + ")\n"
	}
	imports, response := inPieces(pass, opened)
	return imports + note(pass) + place + response + arguments(pass, call) + ")\n"
}

// inPieces is the response that sends a file in pieces on the project's Django, up to the end of its first argument: FileResponse
// is new in 1.8, StreamingHttpResponse in 1.5, before which HttpResponse streams. Sources:
// https://docs.djangoproject.com/en/5.2/releases/1.8/, https://docs.djangoproject.com/en/5.2/releases/1.5/
func inPieces(pass *analyzer.Pass, file string) (imports, response string) {
	switch django := pass.Django(); {
	case django.Before(1, 5):
		return "from wsgiref.util import FileWrapper\n\n", "HttpResponse(FileWrapper(" + file + ")"
	case django.Before(1, 8):
		return "from wsgiref.util import FileWrapper\n\nfrom django.http import StreamingHttpResponse\n\n", "StreamingHttpResponse(FileWrapper(" + file + ")"
	}
	return "from django.http import FileResponse\n\n", "FileResponse(" + file
}

// note says what to know of the response: the length since Django 2.1, ASGI since 4.2.
// Source: https://docs.djangoproject.com/en/5.2/releases/2.1/#requests-and-responses
func note(pass *analyzer.Pass) string {
	switch django := pass.Django(); {
	case django.Before(2, 1):
		return "# Not inside `with`: the response closes the file.\n"
	case django.Before(4, 2):
		return "# Not inside `with`: the response closes the file, and sets Content-Length.\n"
	}
	return "# Not inside `with`: the response closes the file, and sets Content-Length. Under ASGI use an async generator.\n"
}

// arguments returns what a response is given besides its content, in the order that suits FileResponse too.
func arguments(pass *analyzer.Pass, call *python.Call) string {
	var text strings.Builder
	for i, arg := range call.Args {
		if i > 0 && i < len(positions) {
			text.WriteString(", " + positions[i] + "=" + pass.Text(arg))
		}
	}
	for _, keyword := range call.Keywords {
		if keyword.Name != "content" {
			text.WriteString(", " + pass.Text(keyword))
		}
	}
	return text.String()
}

// positions are the names of an HttpResponse's first arguments; FileResponse has others in their places.
var positions = []string{"content", "content_type", "status", "reason", "charset", "headers"}

var (
	// removing matches the names of functions that remove a file.
	removing = pattern.New(`(?i)^_?(remove|unlink|rmtree|clean_?up)$`)
	// cleaning matches the names of a project's own that may.
	cleaning = pattern.New(`(?i)^_?(clean|delete|remove)(_|$)`)
)

// cleanUp returns the call with which the function around a response removes a file, or nil: a remedy must not skip it.
func cleanUp(pass *analyzer.Pass, response *python.Call, path python.Expr) *python.Call {
	fn := pass.FunctionAt(response)
	if fn == nil || path == nil {
		return nil
	}
	text := pass.Text(path)
	for node := range pass.Own(fn) {
		call, ok := node.(*python.Call)
		if !ok || len(call.Args) == 0 {
			continue
		}
		name := python.LastName(call.Func)
		if removing.MatchString(name) || cleaning.MatchString(name) &&
			slices.ContainsFunc(call.Args, func(arg python.Expr) bool { return strings.Contains(text, pass.Text(arg)) }) {
			return call
		}
	}
	return nil
}

func firstLine(text string) string {
	line, rest, more := strings.Cut(text, "\n")
	if more && rest != "" {
		return line + " ..."
	}
	return line
}
