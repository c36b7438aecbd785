package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A record is docs/proofs.json: what the rules' proofs measured.
type record struct {
	Rules map[string]proof `json:"rules"`
}

// A proof is what one rule's proof measured, by the version of Django.
type proof struct {
	// Setting says in words what was run.
	Setting string              `json:"setting"`
	Django  map[string]measured `json:"django"`
}

// A measured is what the pieces of bad code on a page held or did, and what those of the remedy did.
type measured struct {
	Bad   []figures `json:"bad"`
	Fixed []figures `json:"fixed"`
}

// figures are the names and values of one piece, in the order of the record; without the curve, which is drawn.
type figures []figure

// A figure is a number, or the error that the code ended in.
type figure struct {
	name  string
	value any
}

// UnmarshalJSON reads an object and keeps the order of its members: the first one tells most.
func (f *figures) UnmarshalJSON(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if begin, err := decoder.Token(); err != nil || begin != json.Delim('{') {
		return errors.New("the figures of a piece are no object")
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return fmt.Errorf("read a figure's name: %w", err)
		}
		var value any
		if err := decoder.Decode(&value); err != nil {
			return fmt.Errorf("read %v: %w", name, err)
		}
		if name, ok := name.(string); ok && name != "growth" {
			*f = append(*f, figure{name, value})
		}
	}
	return nil
}

// value returns the value of that name, or nil.
func (f figures) value(name string) any {
	for _, figure := range f {
		if figure.name == name {
			return figure.value
		}
	}
	return nil
}

func readRecord(text []byte) (record, error) {
	var r record
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("read the figures: %w", err)
	}
	if len(r.Rules) == 0 {
		return r, errors.New("read the figures: there are none")
	}
	return r, nil
}

// quoted is the Django whose figures the index tells, and the pictures show.
const quoted = "5.2"

// headline returns the first figure that tells the bad code from the remedied, under the quoted Django.
func (p proof) headline() (name string, bad, fixed any, ok bool) {
	of, ok := p.Django[quoted]
	if !ok || len(of.Bad) == 0 || len(of.Fixed) == 0 {
		return "", nil, nil, false
	}
	for _, figure := range of.Bad[0] {
		if after := of.Fixed[0].value(figure.name); after != figure.value {
			return figure.name, figure.value, after, true
		}
	}
	return "", nil, nil, false
}

// pictured reports whether the figures can be drawn: a number before and a number after.
func (p proof) pictured() bool {
	_, bad, fixed, ok := p.headline()
	_, number := bad.(json.Number)
	_, after := fixed.(json.Number)
	return ok && number && after
}

// table tells all figures: a row for each, a column a Django.
func (p proof) table() string {
	versions := slices.Sorted(maps.Keys(p.Django))
	var out strings.Builder
	out.WriteString("| example → remedy |")
	for _, version := range versions {
		out.WriteString(" Django " + version + " |")
	}
	out.WriteString("\n| --- |" + strings.Repeat(" --- |", len(versions)) + "\n")
	of := p.Django[versions[len(versions)-1]]
	for i, bad := range of.Bad {
		for _, figure := range bad {
			label := words(figure.name)
			if len(of.Bad) > 1 {
				label = fmt.Sprintf("%s (%d)", label, i+1)
			}
			out.WriteString("| " + label + " |")
			for _, version := range versions {
				out.WriteString(" " + p.Django[version].cell(i, figure.name) + " |")
			}
			out.WriteString("\n")
		}
	}
	return out.String()
}

// cell tells one figure of the nth piece before and after.
func (m measured) cell(n int, name string) string {
	if n >= len(m.Bad) || m.Bad[n].value(name) == nil {
		return "–"
	}
	before, after := amount(name, m.Bad[n].value(name)), "–"
	if n < len(m.Fixed) && m.Fixed[n].value(name) != nil {
		after = amount(name, m.Fixed[n].value(name))
	}
	return before + " → " + after
}

// words names a figure as people do: "peak_mb" is "held at the peak".
func words(name string) string {
	switch name {
	case "peak_mb":
		return "held at the peak"
	case "held_mb":
		return "held"
	}
	return strings.ReplaceAll(strings.TrimSuffix(name, "_mb"), "_", " ")
}

// amount writes a value as people read it: a number of MB or of something else, an error by its name.
func amount(name string, value any) string {
	switch value := value.(type) {
	case json.Number:
		if strings.HasSuffix(name, "_mb") {
			return strings.TrimSuffix(value.String(), ".0") + " MB"
		}
		return thousands(value.String())
	case bool:
		if value {
			return "yes"
		}
		return "no"
	case string:
		if kind, _, _ := strings.Cut(value, ":"); kind != "" {
			return "`" + kind + "`"
		}
		return "none"
	}
	return "–"
}

// thousands puts a comma behind every three digits of a whole number.
func thousands(digits string) string {
	if strings.ContainsAny(digits, ".-e") {
		return digits
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
