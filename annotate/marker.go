package annotate

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/pattern"
)

// A marker is the line at the end of a comment's body by which a later run knows one of its findings again.
type marker struct {
	name        string
	fingerprint string
	rule        string
}

var (
	markerLine = pattern.New(`^<!-- djleak v=1 name=(.*) fingerprint=([0-9a-f]+) rule=([a-z0-9-]+) -->$`)
	hexDigits  = pattern.New(`^[0-9a-f]+$`)
	ruleSlug   = pattern.New(`^[a-z0-9-]+$`)
)

// markerOf makes a finding's marker; without a fingerprint or a rule's slug there is none.
func markerOf(f analyzer.Finding, name string) (marker, bool) {
	m := marker{name: name, fingerprint: f.Fingerprint, rule: f.Rule.Name}
	return m, hexDigits.MatchString(m.fingerprint) && ruleSlug.MatchString(m.rule)
}

// String returns the line. The name is whatever a user wrote into a workflow: what could end the comment or the line is
// written as %XX.
func (m marker) String() string {
	return fmt.Sprintf("<!-- djleak v=1 name=%s fingerprint=%s rule=%s -->", escapeName(m.name), m.fingerprint, m.rule)
}

// parseMarkers reads the last block of markers in body, in its order. A person may have written something behind it; what
// has the end of a fence behind it is quoted code, not ours.
func parseMarkers(body string) []marker {
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(body, "\r\n", "\n")), "\n")
	end := len(lines)
	for end > 0 && !markerLine.MatchString(lines[end-1]) {
		end--
		if strings.HasPrefix(lines[end], "```") {
			return nil
		}
	}
	start := end
	for start > 0 && markerLine.MatchString(lines[start-1]) {
		start--
	}
	var markers []marker
	for _, line := range lines[start:end] {
		part := markerLine.Regexp().FindStringSubmatch(line)
		name, ok := unescapeName(part[1])
		if !ok {
			return nil
		}
		markers = append(markers, marker{name: name, fingerprint: part[2], rule: part[3]})
	}
	return markers
}

func escapeName(name string) string {
	var out strings.Builder
	for _, b := range []byte(name) {
		if b < ' ' || b > '~' || strings.IndexByte("%<>", b) >= 0 {
			fmt.Fprintf(&out, "%%%02X", b)
		} else {
			out.WriteByte(b)
		}
	}
	return out.String()
}

func unescapeName(escaped string) (string, bool) {
	var out strings.Builder
	for i := 0; i < len(escaped); i++ {
		if escaped[i] != '%' {
			out.WriteByte(escaped[i])
			continue
		}
		if i+2 >= len(escaped) {
			return "", false
		}
		b, err := strconv.ParseUint(escaped[i+1:i+3], 16, 8)
		if err != nil {
			return "", false
		}
		out.WriteByte(byte(b))
		i += 2
	}
	return out.String(), true
}
