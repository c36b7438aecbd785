# shop/views.py
from pymongo import MongoClient
from sqlalchemy import create_engine, text
from sqlalchemy import create_engine as make_engine


def stock(request):
    engine = create_engine(request.tenant.url)  # want "Each call of stock makes an engine with a pool of connections of its own: nothing calls `dispose()`"
    with engine.connect() as connection:
        return connection.execute(text("SELECT 1")).scalar()


def warehouse(url):
    return make_engine(url)  # want "Each call of warehouse makes an engine"


def log(request):
    client = MongoClient("mongodb://log")  # want "Each call of log makes a client with a pool of connections of its own: nothing calls `close()`"
    client.shop.log.insert_one({"path": request.path})
