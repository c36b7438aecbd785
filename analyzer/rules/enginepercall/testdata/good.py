# shop/views.py
from functools import cache

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

ENGINE = create_engine("postgresql://warehouse")
_engine = None
_engines = {}


@cache
def warehouse():
    return create_engine("postgresql://warehouse")


def lazily():
    global _engine
    if _engine is None:
        _engine = create_engine("postgresql://warehouse")
    return _engine


def of_tenant(tenant):
    if tenant not in _engines:
        _engines[tenant] = create_engine(tenant.url)
    return _engines[tenant]


def stock(request):
    engine = create_engine(request.tenant.url, poolclass=NullPool)
    with engine.connect() as connection:
        return connection.execute(text("SELECT 1")).scalar()


class Warehouse:
    def __init__(self):
        self.engine = create_engine("postgresql://warehouse")


warehouse_client = Warehouse()

_manager = None


def manager():
    global _manager
    if _manager is None:
        _manager = Manager(create_engine("postgresql://warehouse"), folder="cubes")
    return _manager


def can_connect(style):
    # A command hands on how it prints, and is over soon.
    engine = create_engine("postgresql://warehouse")
    print(style.SUCCESS(engine.connect()))
