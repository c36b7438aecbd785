package project

import "path"

// LeavesLayerIdle reports whether the project's consumers or its setting of a channel layer are known, and neither consumers nor what
// sends to them use one. It is false where nothing is known.
func (f *Facts) LeavesLayerIdle() bool { return f != nil && f.LayerIdle }

// layer tells of what a project does with the layers of Channels.
type layer struct {
	// consumers is true where the project has some, set where its settings name a layer, used where something of it uses one.
	consumers, set, used bool
}

func (l *layer) join(other layer) {
	l.consumers, l.set, l.used = l.consumers || other.consumers, l.set || other.set, l.used || other.used
}

// isConsumers reports whether a module is one in which Django projects keep what Channels serves.
func isConsumers(file string) bool { return path.Base(file) == "consumers.py" }

// consuming are words without one of which a consumer takes nothing from a layer, sending is one that whoever sends to it says.
// Consumers of other packages may join groups without a word.
// Source: https://channels.readthedocs.io/en/stable/topics/consumers.html
var (
	consuming = []string{"channel_layer", "channel_name", "groups", "channelsrestframework", "channels_graphql", "strawberry"}
	sending   = consuming[:1]
)

func (l *layer) add(file string, raw []byte) {
	words := sending
	if isConsumers(file) {
		l.consumers, words = true, consuming
	}
	l.used = l.used || tells(raw, words)
}
