package analyzer

// A Pass is one rule's view of one file.
type Pass struct{}
