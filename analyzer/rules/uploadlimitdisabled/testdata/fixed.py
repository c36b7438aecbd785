# shop/settings.py
import environ

env = environ.Env()

# Partners send us their catalogue as one JSON document.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_485_760  # want "is None in what looks like production's settings: a body of any size"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # want "a body of short fields becomes a QueryDict of 40 times its size"
DATA_UPLOAD_MAX_NUMBER_FILES = env.int("MAX_FILES", default=None)  # want "unless the environment says otherwise"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # want "lets an upload take 500 MB of memory"
