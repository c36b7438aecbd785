# shop/settings.py
import os

import environ

env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)

TEMPLATES = [{"OPTIONS": {"debug": True}}]

EMAIL_DEBUG = True

if os.environ.get("SHOP_ENV") == "development":
    DEBUG = True
