# shop/settings/dev.py
DEBUG_TOOLBAR_PANELS = [
    "debug_toolbar.panels.sql.SQLPanel",
    "debug_toolbar_memory.panels.MemoryPanel",
]

REMOVED = ["debug_toolbar.panels.memory.MemoryPanel"]
