# shop/settings.py
import os

LOGGING = {
    "version": 1,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "loggers": {
        "django.db.backends": {"level": os.environ.get("SQL_LEVEL", "DEBUG")},
        "django": {"level": "DEBUG"},
    },
}

if os.environ.get("SHOP_ENV") == "development":
    LOGGING["loggers"]["django.db.backends"] = {"level": "DEBUG"}

LOGGING["loggers"]["django.db.backends"] = {"handlers": ["nowhere"], "level": "DEBUG", "propagate": False}

LOGGING["filters"] = {"while_debugging": {"()": "django.utils.log.RequireDebugTrue"}}
LOGGING["handlers"]["screen"] = {"class": "logging.StreamHandler", "filters": ["while_debugging"]}
LOGGING["loggers"]["django.db.backends"] = {"handlers": ["screen"], "level": "DEBUG"}

LOGGING["handlers"]["from_info_on"] = {"class": "logging.StreamHandler", "level": "INFO"}
LOGGING["loggers"]["django.db.backends"] = {"handlers": ["from_info_on"], "level": "DEBUG", "propagate": False}
