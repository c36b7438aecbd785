# shop/settings.py
import environ

env = environ.Env()

# Partners send us their catalogue as one JSON document.
DATA_UPLOAD_MAX_MEMORY_SIZE = None  # want "is None in what looks like production's settings: a body of any size"
DATA_UPLOAD_MAX_NUMBER_FIELDS = None  # want "a body of short fields becomes a QueryDict of 40 times its size"
DATA_UPLOAD_MAX_NUMBER_FILES = env.int("MAX_FILES", default=None)  # want "unless the environment says otherwise"
FILE_UPLOAD_MAX_MEMORY_SIZE = 500 * 1024 * 1024  # want "lets an upload take 500 MB of memory"
