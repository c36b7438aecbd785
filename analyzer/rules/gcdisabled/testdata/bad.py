# shop/tasks.py
import gc


def import_orders(rows):
    gc.disable()  # want "keeps every cycle of objects"
    for row in rows:
        print(row)
