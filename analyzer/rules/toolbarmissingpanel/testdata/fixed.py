# shop/settings/dev.py
DEBUG_TOOLBAR_PANELS = [
    "debug_toolbar.panels.sql.SQLPanel",
    # want "has no MemoryPanel"
    "debug_toolbar.panels.cache.CachePanel",
]
