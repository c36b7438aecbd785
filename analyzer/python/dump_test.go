package python

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// unknownValue stands for a value that [Constant.Str] cannot give.
const unknownValue = "\x00"

// A dumper writes a tree as testdata/dump.py does.
type dumper struct {
	source string
	starts []int32
	// exact is true where the positions inside formatted strings are to be written too.
	exact bool
	out   []string
}

// dump returns the lines of the tree. exact includes the positions inside formatted strings.
func dump(file *File, exact bool) []string {
	d := &dumper{source: file.Source, starts: pythonLines(file.Source), exact: exact}
	d.node(file.Module, true)
	return d.out
}

// pythonLines returns where lines start, by Python's rule: a lone \r ends one too.
func pythonLines(source string) []int32 {
	starts := []int32{0}
	for i := range len(source) {
		if source[i] == '\n' || source[i] == '\r' && (i+1 == len(source) || source[i+1] != '\n') {
			starts = append(starts, int32(i+1))
		}
	}
	return starts
}

func (d *dumper) add(format string, args ...any) { d.out = append(d.out, fmt.Sprintf(format, args...)) }

func (d *dumper) position(offset int32) string {
	line, found := slices.BinarySearch(d.starts, offset)
	if !found {
		line--
	}
	return strconv.Itoa(line+1) + ":" + strconv.Itoa(int(offset-d.starts[line]))
}

func (d *dumper) span(span Span) string { return d.position(span.Start) + "-" + d.position(span.End) }

// A dumpField is one field of a node type.
type dumpField struct {
	label string
	index int
}

var renamedFields = map[string]string{
	"Keyword.Name": "arg", "Arg.Name": "arg",
	"FunctionDef.Decorators": "decoratorlist", "ClassDef.Decorators": "decoratorlist",
	"TypeVar.Default": "defaultvalue", "ParamSpec.Default": "defaultvalue", "TypeVarTuple.Default": "defaultvalue",
}

func dumpFields(typ reflect.Type) []dumpField {
	var fields []dumpField
	for i := range typ.NumField() {
		field := typ.Field(i)
		switch {
		case !field.IsExported(), field.Name == "Base", field.Type == reflect.TypeFor[Span](), field.Name == "Debug",
			field.Name == "IsStar", field.Name == "IsAsync" && typ != reflect.TypeFor[Comprehension]():
			continue
		}
		label, renamed := renamedFields[typ.Name()+"."+field.Name]
		if !renamed {
			label = strings.ToLower(field.Name)
		}
		fields = append(fields, dumpField{label, i})
	}
	slices.SortStableFunc(fields, func(a, b dumpField) int { return cmp.Compare(a.label, b.label) })
	return fields
}

func dumpName(node Node) string {
	switch node := node.(type) {
	case *ExprStmt:
		return "Expr"
	case *FunctionDef:
		if node.IsAsync {
			return "AsyncFunctionDef"
		}
	case *For:
		if node.IsAsync {
			return "AsyncFor"
		}
	case *With:
		if node.IsAsync {
			return "AsyncWith"
		}
	case *Try:
		if node.IsStar {
			return "TryStar"
		}
	case *Comprehension, *Arguments, *Arg, *Keyword, *Alias:
		return strings.ToLower(reflect.TypeOf(node).Elem().Name())
	case *WithItem:
		return "withitem"
	case *MatchCase:
		return "match_case"
	}
	return reflect.TypeOf(node).Elem().Name()
}

func (d *dumper) node(node Node, positions bool) {
	name := dumpName(node)
	switch node.(type) {
	case *Module, *Arguments, *Comprehension, *WithItem, *MatchCase:
		d.add("%s", name)
	default:
		if positions {
			d.add("%s %s", name, d.span(node.Range()))
		} else {
			d.add("%s", name)
		}
	}
	switch node := node.(type) {
	case *Constant:
		d.add("value=%s", constantValue(node))
		return
	case *MatchSingleton:
		d.add("value=%s", node.Kind)
		return
	case *JoinedStr:
		d.formatted(node.Values, positions && d.exact)
		return
	case *TemplateStr:
		d.formatted(node.Values, positions && d.exact)
		return
	}
	value := reflect.ValueOf(node).Elem()
	for _, field := range dumpFields(value.Type()) {
		d.field(field.label, node, value.Field(field.index), positions)
	}
}

func (d *dumper) field(label string, node Node, value reflect.Value, positions bool) {
	switch value.Kind() {
	case reflect.Slice:
		if value.Len() == 0 {
			return
		}
		d.add("%s[%d]", label, value.Len())
		for i := range value.Len() {
			switch item := value.Index(i).Interface().(type) {
			case Node:
				d.node(item, positions)
			case string:
				d.add("%s", norm.NFKC.String(item))
			case nil:
				d.add("None")
			default:
				d.add("%v", item)
			}
		}
	case reflect.Interface, reflect.Pointer:
		if !value.IsNil() {
			d.add("%s", label)
			d.node(value.Interface().(Node), positions)
		}
	case reflect.String:
		if text := norm.NFKC.String(value.String()); text != "" {
			d.add("%s=%s", label, escapeDump(withoutComments(text)))
		}
	case reflect.Bool:
		if value.Bool() {
			d.add("%s=1", label)
		}
	case reflect.Int:
		if value.Int() != 0 {
			d.add("%s=%d", label, value.Int())
		}
	case reflect.Uint8:
		if label != "conversion" {
			d.add("%s=%v", label, value.Interface())
		} else if conversion := shownConversion(node); conversion != 0 {
			d.add("%s=%d", label, conversion)
		}
	}
}

// shownConversion returns CPython's conversion: {value=} alone stands for {value=!r}.
func shownConversion(node Node) byte {
	switch node := node.(type) {
	case *FormattedValue:
		if node.Debug && node.Conversion == 0 && node.FormatSpec == nil {
			return 'r'
		}
		return node.Conversion
	case *Interpolation:
		if node.Debug && node.Conversion == 0 && node.FormatSpec == nil {
			return 'r'
		}
		return node.Conversion
	}
	return 0
}

// formatted writes the values of a formatted string. CPython makes the text of {value=} a part of the literal before.
func (d *dumper) formatted(values []Expr, positions bool) {
	type literal struct {
		span Span
		text string
		set  bool
	}
	var all []any
	var pending literal
	add := func(span Span, text string) {
		if !pending.set {
			pending = literal{span: span, set: true}
		}
		pending.span.End = span.End
		pending.text += text
	}
	flush := func() {
		if pending.set {
			all = append(all, pending)
		}
		pending = literal{}
	}
	for _, value := range values {
		switch value := value.(type) {
		case *Constant:
			add(value.Span, strings.TrimPrefix(constantValue(value), "str:"))
			continue
		case *FormattedValue:
			if value.Debug {
				span := d.debugText(value, value.Value, value.Conversion, value.FormatSpec)
				add(span, escapeDump(withoutComments(d.source[span.Start:span.End])))
			}
		case *Interpolation:
			if value.Debug {
				span := d.debugText(value, value.Value, value.Conversion, value.FormatSpec)
				add(span, escapeDump(withoutComments(d.source[span.Start:span.End])))
			}
		}
		flush()
		all = append(all, value)
	}
	flush()
	if len(all) == 0 {
		return
	}
	d.add("values[%d]", len(all))
	for _, value := range all {
		switch value := value.(type) {
		case literal:
			if positions {
				d.add("Constant %s", d.span(value.span))
			} else {
				d.add("Constant")
			}
			d.add("value=str:%s", value.text)
		case Node:
			d.node(value, positions)
		}
	}
}

// debugText returns the span of the text of {value=} that is shown.
func (d *dumper) debugText(field Node, value Expr, conversion byte, spec *JoinedStr) Span {
	span := Span{field.Range().Start + 1, field.Range().End - 1}
	if spec != nil {
		span.End = spec.Start
	}
	if conversion != 0 {
		span.End = value.Range().End + int32(strings.IndexByte(d.source[value.Range().End:], '!'))
	}
	return span
}

// withoutComments drops the comments from the text of a replacement field, as CPython does.
func withoutComments(text string) string {
	return regexp.MustCompile(`#[^\r\n]*`).ReplaceAllString(text, "")
}

func escapeDump(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.NewReplacer("\\", `\\`, "\n", `\n`, "\r", `\r`).Replace(text)
}

func constantValue(c *Constant) string {
	switch c.Kind {
	case Str:
		text, ok := c.Str()
		if !ok {
			return "str:" + unknownValue
		}
		return "str:" + strings.NewReplacer("\\", `\\`, "\n", `\n`, "\r", `\r`).Replace(text)
	case Bytes:
		text, ok := c.Bytes()
		if !ok {
			return unknownValue
		}
		return "bytes:" + hex.EncodeToString([]byte(text))
	case Int:
		number, _ := new(big.Int).SetString(c.Raw, 0)
		if number == nil {
			number, _ = new(big.Int).SetString(strings.ReplaceAll(c.Raw, "_", ""), 10)
		}
		if small, ok := c.Int(); ok && number.Cmp(big.NewInt(small)) != 0 {
			return fmt.Sprintf("%d is not %s", small, number)
		}
		return number.String()
	case Float:
		return "float:" + floatBits(c.Raw)
	case Complex:
		return "complex:" + floatBits(c.Raw[:len(c.Raw)-1])
	}
	return c.Kind.String()
}

func floatBits(raw string) string {
	number, _ := strconv.ParseFloat(strings.ReplaceAll(raw, "_", ""), 64)
	return fmt.Sprintf("%016x", math.Float64bits(number))
}
