# shop/settings.py
from pathlib import Path

BASE_DIR = Path(__file__).parent

DEBUG = False  # want "`DEBUG` is on in what looks like production's settings"

ALLOWED_HOSTS = ["shop.example"]
