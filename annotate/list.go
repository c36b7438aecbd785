package annotate

import (
	"fmt"
	"strings"
)

// longList is how many items a list may have before it is folded away.
const longList = 10

// table lists n rows, as many as fit into room bytes. Columns are those that they have beyond the four of every table.
func table(n int, row func(i int) string, columns string, room int) string {
	if n == 0 {
		return ""
	}
	head := "\n| Severity | Rule | Place | Message |" + columns + "\n| --- | --- | --- | --- |" +
		strings.Repeat(" --- |", strings.Count(columns, "|")) + "\n"
	return head + fit(n, row, room-len(head), func(left int) string {
		return fmt.Sprintf("\n… and %s\n", plural(left, "more finding"))
	})
}

// list makes a titled list of n items and at most room bytes, folded where it is long; without items, nothing.
func list(title string, n int, item func(i int) string, room int) string {
	items := func(room int) string {
		return fit(n, func(i int) string { return "- " + item(i) + "\n" }, room, func(left int) string {
			return fmt.Sprintf("- … and %d more\n", left)
		})
	}
	switch {
	case n == 0:
		return ""
	case n > longList:
		title = fmt.Sprintf("%s (%d)", title, n)
		return folded(title, items(room-len(folded(title, ""))))
	default:
		head := "\n### " + title + "\n\n"
		return head + items(room-len(head))
	}
}

// folded hides lines of Markdown behind a title, which is Markdown too.
func folded(title, lines string) string {
	return "\n<details>\n<summary>" + title + "</summary>\n\n" + lines + "\n</details>\n"
}

// fit joins the first of n parts that fit into room bytes, and says how many it left out.
func fit(n int, part func(i int) string, room int, more func(left int) string) string {
	room -= len(more(n))
	var out strings.Builder
	for i := range n {
		text := part(i)
		if out.Len()+len(text) > room {
			return out.String() + more(n-i)
		}
		out.WriteString(text)
	}
	return out.String()
}
