// Package inmemorychannellayer reports Channels' in-memory layer in production's settings.
package inmemorychannellayer

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports a channel layer in the memory of each process where production's settings are.
var Rule = &analyzer.Rule{
	Name:       "in-memory-channel-layer",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Stable,
	Files:      selection.Settings | selection.Deployment,
	Triggers:   []string{layer},
	Project:    true,
	Run:        run,
}

const layer = "channels.layers.InMemoryChannelLayer"

func run(pass *analyzer.Pass) {
	file := pass.Settings
	if file.Role != settings.Production {
		return
	}
	for _, alias := range file.Keys("CHANNEL_LAYERS") {
		backend, ok := file.At("CHANNEL_LAYERS", alias, "BACKEND")
		if !ok || backend.Value.Text != layer || backend.Value.FromEnv {
			continue
		}
		pass.Report(analyzer.Diagnostic{
			Span: backend.Value.Span,
			Message: "The channel layer `" + alias + "` is in the memory of each process: messages reach no other process, and those that nobody " +
				"reads stay",
			Remedy: "\"BACKEND\": \"channels_redis.core.RedisChannelLayer\",\n" +
				"\"CONFIG\": {\"hosts\": [os.environ[\"REDIS_URL\"]]},\n",
			// A layer that nobody uses keeps nothing, and a single process has no other to reach.
			Preview:    pass.Project.LeavesLayerIdle() || pass.Project.OneProcess(),
			Confidence: pass.ConfidenceIn(backend, analyzer.HighConfidence),
		})
	}
}
