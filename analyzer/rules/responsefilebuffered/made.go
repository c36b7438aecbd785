package responsefilebuffered

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// isMade reports whether the program has made the file itself: in this function, or in this module, which stores it.
func isMade(pass *analyzer.Pass, call *python.Call, file *django.FileObject) bool {
	switch {
	case file.Kind == django.TemporaryFile:
		return true
	case file.Kind == django.FieldFile:
		return false // Its names alone may tell, see isDocument.
	case file.Path == nil:
		return false
	case file.Kind == django.StoredFile:
		return storesDocuments(pass, file.Expr) || madeHere(pass, call, pass.Deref(file.Path))
	}
	return isTemporary(pass, file.Path) || madeHere(pass, call, file.Path) || isToldBy(pass, file.Path)
}

// isToldBy reports whether a path is what a function of the project returned, or an attribute of self: most such functions make the
// file before they tell where it is.
func isToldBy(pass *analyzer.Pass, path python.Expr) bool {
	switch e := pass.Deref(path).(type) {
	case *python.Call:
		name := pass.Qualified(e.Func)
		first, _, _ := strings.Cut(name, ".")
		_, isMethod := e.Func.(*python.Attribute)
		return !outside[first] && (!isMethod || name != "")
	case *python.Attribute:
		fn := pass.FunctionAt(e)
		self, ok := e.Value.(*python.Name)
		return ok && fn != nil && fn.Class != nil && self.Id == fn.Self()
	}
	return false
}

// outside are the packages whose functions tell a path and make no file.
var outside = map[string]bool{"builtins": true, "os": true, "posixpath": true, "pathlib": true, "django": true, "glob": true, "urllib": true}

// isUnknown reports whether only a FileWrapper says that there is a file: what a function of another module returns may well be
// a buffer.
func isUnknown(pass *analyzer.Pass, file *django.FileObject) bool {
	if file.Kind != django.FieldFile || file.Sure {
		return false
	}
	_, attribute := pass.Deref(file.Expr).(*python.Attribute)
	return !attribute
}

// temporary matches the names of functions that name a file for a while: get_temp_file, mktemp.
var temporary = pattern.New(`(?i)te?mp`)

// isTemporary reports whether a path leads to a temporary file or into a temporary folder.
func isTemporary(pass *analyzer.Pass, path python.Expr) bool {
	found := false
	python.Walk(pass.Deref(path), func(node python.Node) bool {
		switch n := node.(type) {
		case *python.Call:
			found = found || temporary.MatchString(python.LastName(n.Func))
		case *python.Name:
			for _, def := range pass.Reaching(n) {
				made, ok := def.Value.(*python.Call)
				found = found || ok && (strings.HasPrefix(pass.Qualified(made.Func), "tempfile.") || temporary.MatchString(python.LastName(made.Func)))
			}
		}
		return !found
	})
	return found
}

// assets matches the names of what comes with the code, or is a form for others to fill in, and the folders of such files.
var assets = pattern.New(`(?i)(^|[_./-])(static|assets?|templates?|samples?|examples?|blank|themes?|skeletons?)([_./-]|$)`)

// manuals matches the folders of a program's own documentation, root what a project calls the folder that holds its code.
var (
	manuals = pattern.New(`(?i)(^|[_./-])(docs|mkdocs|documentation)([_./-]|$)`)
	root    = pattern.New(`^(BASE_DIR|ROOT_DIR|BASE_PATH|PROJECT_(DIR|ROOT|PATH)|__file__)$`)
)

// isAsset reports whether a path leads to what comes with the code, by one of its literal parts or the names of the others.
func isAsset(pass *analyzer.Pass, path python.Expr) bool {
	says := func(words *pattern.Pattern) bool { return says(pass, path, words, make(map[python.Expr]bool)) }
	return says(assets) || says(manuals) && says(root)
}

// temporaries matches the folders of what a program makes for itself, of pictures that it draws or shows beside pages, and of documents
// that it makes for others.
var temporaries = pattern.New(`(?i)(^|[_./-])(te?mp|caches?|reports?|charts|plots|figures|graphs|thumbnails|avatars|icons|logos|(` + documents + `)s)([_./-]|$)`)

// isSmallPath reports whether a path leads to what is small: to what comes with the code, to a picture, to what lies in a folder of
// what a program makes, or to a row's file of a kind that people write and keep small.
func isSmallPath(pass *analyzer.Pass, file *django.FileObject, ofRow []*python.Attribute) bool {
	if file.Path == nil {
		return false
	}
	isSmall := func(of *python.Attribute) bool { return pass.IsSmallFile(of) }
	return len(ofRow) > 0 && !slices.ContainsFunc(ofRow, func(of *python.Attribute) bool { return !isSmall(of) }) ||
		len(ofRow) == 0 && says(pass, file.Path, temporaries, make(map[python.Expr]bool)) || file.Kind == django.LocalFile && (isAsset(pass, file.Path) || isPicturePath(pass, file.Path))
}

// says reports whether a part of a path matches, be it a text, a name, or what a name stands for.
func says(pass *analyzer.Pass, path python.Expr, words *pattern.Pattern, seen map[python.Expr]bool) bool {
	path = pass.Deref(path)
	if seen[path] {
		return false
	}
	seen[path] = true
	found := false
	python.Walk(path, func(node python.Node) bool {
		switch n := node.(type) {
		case *python.Constant:
			text, _ := n.Str()
			found = found || words.MatchString(text)
		case *python.Attribute:
			found = found || words.MatchString(n.Attr)
		case *python.Name:
			found = found || words.MatchString(n.Id)
			for _, def := range pass.Reaching(n) {
				found = found || def.Value != nil && says(pass, def.Value, words, seen)
			}
		}
		return !found
	})
	return found
}

// making matches the names of functions that make a file of what a program has: generate_sheet, savefig, ZipFile, run.
var making = pattern.New(`(?i)(^|_)(make|create|generate|build|render|write|save|savefig|plot|draw|export|convert|compile|run|call|check_call|check_output|` +
	`popen|zip|zipfile|archive|compress|pack|produce|dump|to_\w+)(_|$)|^plot_`)

// madeHere reports whether the function has made the file at a path, by a call that it gave the path, or that it called on what
// the path belongs to. One that it removes afterwards was made for this response too.
func madeHere(pass *analyzer.Pass, call *python.Call, path python.Expr) bool {
	fn := pass.FunctionAt(call)
	if fn == nil {
		return false
	}
	text := pass.Text(path)
	for node := range pass.Own(fn) {
		other, ok := node.(*python.Call)
		if !ok {
			continue
		}
		if len(other.Args) > 0 && pass.Text(other.Args[0]) == text {
			switch python.LastName(other.Func) {
			case "save", "remove", "unlink":
				return true
			}
		}
		if other.Start < call.Start && (writes(pass, other) || makes(pass, other, path, text)) {
			return true
		}
	}
	return false
}

// producing matches the names of functions that make a document of what they are given.
var producing = pattern.New(`(?i)(^|_)(generate|render|make|build|produce|export|compile|plot|draw)(_|$)`)

// sharesName reports whether a call is given something that a path is put together of, in place or in a variable: generate(order)
// beside str(order.pk) + ".pdf".
func sharesName(pass *analyzer.Pass, call *python.Call, path python.Expr) bool {
	found := false
	python.Walk(pass.Deref(path), func(node python.Node) bool {
		name, ok := node.(*python.Name)
		found = found || ok && slices.ContainsFunc(call.Args, func(arg python.Expr) bool {
			given, ok := arg.(*python.Name)
			return ok && given.Id == name.Id && given.Id != "request"
		})
		return !found
	})
	return found
}

// makes reports whether a call makes the file at a path, by the call's name: savefig(path), sheet.generate() of sheet.path.
func makes(pass *analyzer.Pass, call *python.Call, path python.Expr, text string) bool {
	if !making.MatchString(python.LastName(call.Func)) {
		return false
	}
	given := producing.MatchString(python.LastName(call.Func)) && sharesName(pass, call, path)
	for _, arg := range call.Args {
		given = given || pass.Text(arg) == text
	}
	for _, keyword := range call.Keywords {
		given = given || pass.Text(keyword.Value) == text
	}
	of, isAttribute := path.(*python.Attribute) // Of the one that makes it, or of its file: row.recap.name.
	method, isMethod := call.Func.(*python.Attribute)
	return given || isAttribute && isMethod && method.Attr != "save" && strings.HasPrefix(pass.Text(of), pass.Text(method.Value)+".")
}

// writes reports whether a call opens a file to write it, or runs a program that may.
func writes(pass *analyzer.Pass, call *python.Call) bool {
	if strings.HasPrefix(pass.Qualified(call.Func), "subprocess.") {
		return true
	}
	if pass.Qualified(call.Func) != "builtins.open" || len(call.Args) < 2 {
		return false
	}
	mode, ok := call.Args[1].(*python.Constant)
	if !ok {
		return false
	}
	text, _ := mode.Str()
	return strings.HasPrefix(text, "w")
}

// storesDocuments reports whether the module itself saves what it has in memory to the storage that a call opens a file of.
func storesDocuments(pass *analyzer.Pass, opened python.Expr) bool {
	open, ok := opened.(*python.Call)
	if !ok {
		return false
	}
	access, ok := open.Func.(*python.Attribute)
	if !ok {
		return false
	}
	storage := pass.Text(access.Value)
	return savesContent(pass, func(target python.Expr) bool { return pass.Text(target) == storage })
}

// storesInField reports whether the module itself saves what it has in memory as the file of such a field:
// job.file.save(name, ContentFile(pdf)).
func storesInField(pass *analyzer.Pass, field *python.Attribute) bool {
	return savesContent(pass, func(target python.Expr) bool {
		access, ok := target.(*python.Attribute)
		return ok && access.Attr == field.Attr
	})
}

// savesContent reports whether the module saves a ContentFile to a target that is meant. One of what is read somewhere is a copy of what
// others have made.
func savesContent(pass *analyzer.Pass, meant func(target python.Expr) bool) bool {
	for _, save := range pass.AttributesNamed("save") {
		call, ok := pass.Parent(save).(*python.Call)
		if !ok || !meant(save.Value) || len(call.Args) < 2 {
			continue
		}
		content, ok := pass.Deref(call.Args[1]).(*python.Call)
		if ok && python.LastName(content.Func) == "ContentFile" && len(content.Args) > 0 && !isRead(pass, content.Args[0]) {
			return true
		}
	}
	return false
}

func isRead(pass *analyzer.Pass, content python.Expr) bool {
	call, ok := pass.Deref(content).(*python.Call)
	return ok && pass.WholeRead(call) != nil
}

// pageMatter begins the content types of what pages are made of, and of tables as text, of which a megabyte is a large one.
var pageMatter = pattern.New(`^(image/|text/(plain|html|css|csv|javascript|vtt)|application/(javascript|csv))`)

// picture matches the names of views that send a picture.
var picture = pattern.New(`(?i)(^|_)(images?|img|photo|picture|avatar|thumbnail|thumb|icon|logo|chart|plot)$`)

// pictured matches the end of a path to a picture.
var pictured = pattern.New(`(?i)\.(png|jpe?g|gif|svg|webp|ico)$`)

// isPicturePath reports whether a path ends as that of a picture does, whatever it is put together of.
func isPicturePath(pass *analyzer.Pass, path python.Expr) bool {
	text, _ := textOf(lastPart(pass, path))
	return pictured.MatchString(text)
}

// isPageMatter reports whether the response is a picture or a text, which pages are made of: by its content type or by the name of the
// view.
func isPageMatter(pass *analyzer.Pass, call *python.Call) bool {
	if fn := pass.FunctionAt(call); fn != nil && picture.MatchString(fn.Name) || pass.SendsPicture(call) {
		return true
	}
	return sends(pass, call, pageMatter)
}

// sends reports whether the content type of a response matches, be it given as an argument or set as a header.
func sends(pass *analyzer.Pass, call *python.Call, types *pattern.Pattern) bool {
	if kind := names.Keyword(call, "content_type"); kind != nil {
		return saysType(pass, kind.Value, types)
	}
	response, _ := variable(pass, call)
	if response == nil {
		return false
	}
	for _, use := range pass.Binding(response).Uses {
		header, ok := pass.Parent(use).(*python.Subscript)
		if !ok || !isContentType(header.Slice) {
			continue
		}
		if set, ok := pass.Parent(header).(*python.Assign); ok && saysType(pass, set.Value, types) {
			return true
		}
	}
	return false
}

func isContentType(header python.Expr) bool {
	text, _ := textOf(header)
	return strings.EqualFold(text, "Content-Type")
}

func saysType(pass *analyzer.Pass, kind python.Expr, types *pattern.Pattern) bool {
	kind = pass.Deref(kind)
	if text, ok := kind.(*python.JoinedStr); ok && len(text.Values) > 0 {
		kind = text.Values[0] // f"image/{suffix}"
	}
	text, _ := textOf(kind)
	return types.MatchString(text)
}
