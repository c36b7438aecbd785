package config

import "strings"

// SetInput gives the key the value of an action's input or of one flag: a list is separated by commas or newlines, and
// an empty text is not given. The error is an [*Error] without a place.
func (s *Settings) SetInput(key, text string) error {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if option := optionOf(key); option != nil && option.kind == list {
		return s.Set(key, splitList(text)...)
	}
	return s.Set(key, text)
}

// splitList splits at commas and newlines, but not at the commas in the braces of a glob, and leaves out empty items.
func splitList(text string) []string {
	depth := 0
	items := strings.FieldsFunc(text, func(r rune) bool {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		}
		return r == '\n' || r == ',' && depth <= 0
	})
	list := []string{}
	for _, item := range items {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}
