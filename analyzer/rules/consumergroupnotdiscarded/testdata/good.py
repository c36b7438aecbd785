# shop/consumers.py
from asgiref.sync import async_to_sync
from channels.generic.websocket import AsyncJsonWebsocketConsumer, WebsocketConsumer

from .base import LeavingConsumer


class OrdersConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add("orders", self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.group_discard("orders", self.channel_name)


class BasketConsumer(WebsocketConsumer):
    def connect(self):
        async_to_sync(self.channel_layer.group_add)("baskets", self.channel_name)
        self.accept()

    def disconnect(self, code):
        leave = async_to_sync(self.channel_layer.group_discard)
        leave("baskets", self.channel_name)


class StockConsumer(AsyncJsonWebsocketConsumer):
    groups = ["stock"]

    async def stock_changed(self, event):
        await self.send_json(event)


class Leaving(AsyncJsonWebsocketConsumer):
    async def disconnect(self, code):
        for group in self.joined:
            await self.channel_layer.group_discard(group, self.channel_name)


class NewsConsumer(Leaving):
    async def connect(self):
        self.joined = ["news"]
        await self.channel_layer.group_add("news", self.channel_name)


class PriceConsumer(LeavingConsumer):
    async def connect(self):
        await self.channel_layer.group_add("prices", self.channel_name)


class ParcelConsumer(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content):
        group = f"parcel-{content['parcel']}"
        self.groups.append(group)
        await self.channel_layer.group_add(group, self.channel_name)
