package analyzer

import (
	"strings"
	"sync"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// Import returns the name under which the module has name of a module, and the edits that import it where it is not yet: once,
// in the group of its kind, sorted as isort does by default. It returns false where the name already means something
// else.
func (p *Pass) Import(module, name string) (string, []TextEdit, bool) {
	path := module + "." + name
	for _, stmt := range p.Body() {
		imported, ok := stmt.(*python.ImportFrom)
		if !ok || imported.Level > 0 || imported.Module != module {
			continue
		}
		for _, alias := range imported.Names {
			if alias.Name != name {
				continue
			}
			if local := localName(alias); p.binds(local, path) {
				return local, nil, true
			}
		}
	}
	if p.Module.Lookup(name) != nil {
		return "", nil, false
	}
	return name, []TextEdit{p.importLine(module, name)}, true
}

func localName(alias *python.Alias) string {
	if alias.AsName != "" {
		return alias.AsName
	}
	return alias.Name
}

// binds reports whether a name of the module means an imported path, and nothing else.
func (p *Pass) binds(local, path string) bool {
	binding := p.Module.Lookup(local)
	if binding == nil {
		return false
	}
	for _, def := range binding.Definitions {
		if def.Kind != names.Imported || def.Path != path {
			return false
		}
	}
	return true
}

// importLine returns the edit that adds an import line at its place.
func (p *Pass) importLine(module, name string) TextEdit {
	line := "from " + module + " import " + name + "\n"
	group := groupOf(module, 0)
	var before, after python.Stmt
	var firstImport python.Stmt
	for _, stmt := range p.imports() {
		if from, ok := stmt.(*python.ImportFrom); ok && from.Module == "__future__" {
			continue
		}
		if firstImport == nil {
			firstImport = stmt
		}
		switch other := importGroup(stmt); {
		case other < group:
			after = stmt
		case other == group:
			if from, ok := stmt.(*python.ImportFrom); ok && from.Module > module {
				if before == nil {
					before = stmt
				}
			} else if before == nil {
				after = stmt
			}
		}
	}
	switch {
	case before != nil:
		return Insert(before.Range().Start, line)
	case after != nil && importGroup(after) == group:
		return Insert(p.nextLine(after.Range().End), line)
	case after != nil:
		return Insert(p.nextLine(after.Range().End), "\n"+line)
	case firstImport != nil:
		return Insert(firstImport.Range().Start, line+"\n")
	}
	return p.importAtTop(line)
}

// imports returns the import statements at the module's top level that stand before any other code than a docstring.
func (p *Pass) imports() []python.Stmt {
	var list []python.Stmt
	for i, stmt := range p.Body() {
		switch stmt.(type) {
		case *python.Import, *python.ImportFrom:
			list = append(list, stmt)
		case *python.ExprStmt:
			if i > 0 {
				return list
			}
		default:
			return list
		}
	}
	return list
}

// importAtTop puts a line behind the docstring, the comments that head the file and the imports from __future__.
func (p *Pass) importAtTop(line string) TextEdit {
	body := p.Body()
	at, gap := int32(0), ""
	for i, stmt := range body {
		from, isFrom := stmt.(*python.ImportFrom)
		_, isExpr := stmt.(*python.ExprStmt)
		if (isExpr && i == 0) || (isFrom && from.Module == "__future__") {
			at, gap = p.nextLine(stmt.Range().End), "\n"
			continue
		}
		if at == 0 {
			return Insert(stmt.Range().Start, line+"\n\n")
		}
		break
	}
	return Insert(at, gap+line)
}

// nextLine returns the offset of the line behind the one that holds offset.
func (p *Pass) nextLine(offset int32) int32 {
	if i := strings.IndexByte(p.Source[offset:], '\n'); i >= 0 {
		return offset + int32(i) + 1
	}
	return int32(len(p.Source))
}

// The groups of imports, in isort's default order.
const (
	standardLibrary = iota
	thirdParty
	relativeImport
)

func importGroup(stmt python.Stmt) int {
	switch s := stmt.(type) {
	case *python.ImportFrom:
		return groupOf(s.Module, s.Level)
	case *python.Import:
		return groupOf(s.Names[0].Name, 0)
	}
	return thirdParty
}

func groupOf(module string, level int) int {
	top, _, _ := strings.Cut(module, ".")
	switch {
	case level > 0:
		return relativeImport
	case isStandardLibrary(top):
		return standardLibrary
	}
	return thirdParty
}

func isStandardLibrary(module string) bool { return standardModules()[module] }

// standardModules are sys.stdlib_module_names of CPython 3.11 without the private ones.
var standardModules = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool)
	for name := range strings.FieldsSeq(standardModuleNames) {
		set[name] = true
	}
	return set
})

const standardModuleNames = `
	abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect
	builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall
	concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm
	decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp
	fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip
	hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword
	lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt
	multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib
	pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd
	py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy
	sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd
	sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau
	symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit
	tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata
	unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp
	zipfile zipimport zlib zoneinfo
`
