# shop/settings/dev.py
DEBUG_TOOLBAR_PANELS = [
    "debug_toolbar.panels.sql.SQLPanel",
    "debug_toolbar.panels.memory.MemoryPanel",  # want "has no MemoryPanel"
    "debug_toolbar.panels.cache.CachePanel",
]
