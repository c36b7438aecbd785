# shop/settings.py
import os
import sys

import environ

env = environ.Env()

# Larger than the default, and still a limit.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_240
DATA_UPLOAD_MAX_NUMBER_FILES = int(os.environ.get("MAX_FILES", 500))

# What is larger goes to a temporary file.
FILE_UPLOAD_MAX_MEMORY_SIZE = env.int("UPLOAD_IN_MEMORY", default=5 * 1024 * 1024)

# Not one of Django's.
VIDEO_UPLOAD_MAX_SIZE = None

if "loaddata" in sys.argv:
    DATA_UPLOAD_MAX_MEMORY_SIZE = None
