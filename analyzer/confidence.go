package analyzer

import "github.com/djleak/djleak/analyzer/settings"

// ConfidenceIn returns the confidence in a finding about a setting of this file: most where production's settings say it
// last, and less where another module sets it again, or may do so, or the file may be a developer's own.
func (p *Pass) ConfidenceIn(s settings.Setting, most Confidence) *Confidence {
	if p.Project.SetInProduction(s.Name, p.Settings.Path) && !p.Settings.SaysProduction() {
		return new(LowConfidence)
	}
	switch p.Settings.Footing(s) {
	case settings.Presumed:
		return new(LowConfidence)
	case settings.Overridable:
		return new(min(most, MediumConfidence))
	case settings.Firm:
	}
	return &most
}
