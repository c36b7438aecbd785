package python

// LastName returns the last part of a name: Order for Order and for models.Order. It is empty for what is no name.
func LastName(expr Expr) string {
	switch e := expr.(type) {
	case *Name:
		return e.Id
	case *Attribute:
		return e.Attr
	}
	return ""
}
