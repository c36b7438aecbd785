package analyzer

import _ "embed"

//go:embed invalid-configuration.md
var invalidConfigurationDoc string

// InvalidConfiguration reports a configuration of djleak that the change brings and that is wrong. The commands that
// read a change report it.
var InvalidConfiguration = &Rule{
	Name:       "invalid-configuration",
	Doc:        invalidConfigurationDoc,
	Severity:   Medium,
	Confidence: HighConfidence,
	Fix:        NoFix,
	Status:     Stable,
}
