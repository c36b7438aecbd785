# shop/consumers.py
from asgiref.sync import async_to_sync
from channels.generic.websocket import AsyncJsonWebsocketConsumer, WebsocketConsumer


class OrdersConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        self.group = f"orders.{self.scope['user'].pk}"
        await self.channel_layer.group_add(self.group, self.channel_name)  # want "OrdersConsumer joins a group with each connection and leaves none"
        await self.accept()


class BasketConsumer(WebsocketConsumer):
    def connect(self):
        async_to_sync(self.channel_layer.group_add)("baskets", self.channel_name)  # want "BasketConsumer joins a group"
        self.accept()

    def disconnect(self, code):
        self.channel_layer.group_send("baskets", {"type": "left"})


class StockConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add("stock", self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.group_discard("stock", self.channel_name)  # want "`group_discard()` is not awaited and does nothing: StockConsumer stays in the group"
