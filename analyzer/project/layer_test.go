package project_test

import "testing"

func TestLeavesLayerIdle(t *testing.T) {
	t.Parallel()
	const echo = "class Echo(WebsocketConsumer):\n    def receive(self, text_data):\n        self.send(text_data)\n"
	const layers = "CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}\n"
	for _, test := range []struct {
		name  string
		files map[string]string
		want  bool
	}{
		{"consumers that only answer", map[string]string{"chat/consumers.py": echo}, true},
		{"consumers that join a group", map[string]string{"chat/consumers.py": echo + "        self.channel_layer.group_add('all', self.channel_name)\n"}, false},
		{"consumers that are in groups", map[string]string{"chat/consumers.py": echo + "    groups = ['all']\n"}, false},
		{"others that are", map[string]string{"chat/consumers.py": echo, "shop/consumers.py": echo + "    groups = ['all']\n"}, false},
		{"consumers of another package", map[string]string{"chat/consumers.py": "from djangochannelsrestframework.mixins import ListModelMixin\n"}, false},
		{"what sends", map[string]string{"chat/consumers.py": echo, "chat/signals.py": "layer = get_channel_layer()\n"}, false},
		{"a layer that nothing uses", map[string]string{"shop/settings.py": layers, "shop/models.py": "class Order:\n    pass\n"}, true},
		{"a layer that a receiver uses", map[string]string{"shop/settings.py": layers, "shop/signals.py": "layer = get_channel_layer()\n"}, false},
		{"no consumers", map[string]string{"shop/models.py": "class Order:\n    pass\n"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := factsOf(t, test.files).LeavesLayerIdle(); got != test.want {
				t.Errorf("LeavesLayerIdle is %t, want %t", got, test.want)
			}
		})
	}
}
