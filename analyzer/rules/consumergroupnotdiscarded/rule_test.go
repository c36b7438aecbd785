package consumergroupnotdiscarded_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/consumergroupnotdiscarded"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, consumergroupnotdiscarded.Rule)
}

// TestRemedy holds that the remedy names the group that was joined, by what still names it when the connection ends.
func TestRemedy(t *testing.T) {
	t.Parallel()
	const leave = "async def disconnect(self, code):\n    await self.channel_layer.group_discard("
	for _, test := range []struct{ name, connect, want string }{
		{"a constant", "async def connect(self):\n        await self.channel_layer.group_add('orders', self.channel_name)", leave + "'orders', self.channel_name)\n"},
		{
			"an attribute",
			"async def connect(self):\n        self.room = find()\n        await self.channel_layer.group_add(self.room, self.channel_name)",
			leave + "self.room, self.channel_name)\n",
		},
		{
			"a local variable",
			"async def connect(self):\n        room = find()\n        await self.channel_layer.group_add(room, self.channel_name)",
			"self.group = room  # where it joins\n\nasync def disconnect(self, code):\n    if hasattr(self, \"group\"):\n" +
				"        await self.channel_layer.group_discard(self.group, self.channel_name)\n",
		},
		{
			"without async",
			"def connect(self):\n        async_to_sync(self.channel_layer.group_add)(self.order.room, self.channel_name)",
			"self.group = self.order.room  # where it joins\n\ndef disconnect(self, code):\n    if hasattr(self, \"group\"):\n" +
				"        async_to_sync(self.channel_layer.group_discard)(self.group, self.channel_name)\n",
		},
		{
			"with a disconnect() of its own",
			"def connect(self):\n        async_to_sync(self.channel_layer.group_add)(self.order.room, self.channel_name)\n\n    def disconnect(self, code):\n        self.order = None",
			"self.group = self.order.room  # where it joins\n\n# In disconnect():\nif hasattr(self, \"group\"):\n" +
				"    async_to_sync(self.channel_layer.group_discard)(self.group, self.channel_name)\n",
		},
		{
			"not awaited",
			"async def connect(self):\n        await self.channel_layer.group_add('orders', self.channel_name)\n\n" +
				"    def disconnect(self, code):\n        self.channel_layer.group_discard('orders', self.channel_name)",
			"async_to_sync(self.channel_layer.group_discard)('orders', self.channel_name)\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			code := "from asgiref.sync import async_to_sync\nfrom channels.generic.websocket import AsyncConsumer\n\nclass Orders(AsyncConsumer):\n    " + test.connect + "\n"
			a := &analyzer.Analyzer{Rules: []*analyzer.Rule{consumergroupnotdiscarded.Rule}}
			result := a.Tree(t.Context(), []string{"shop/consumers.py"}, func(string) ([]byte, error) { return []byte(code), nil })
			findings := result.Files[0].Findings
			if len(findings) != 1 {
				t.Fatalf("found %d times", len(findings))
			}
			if diff := cmp.Diff(test.want, findings[0].Remedy); diff != "" {
				t.Errorf("the remedy (-want +got):\n%s", diff)
			}
		})
	}
}
