try:
    pass
except A, B:
    pass
except A, B, C:
    pass
except (A, B) as e:
    pass
except A:
    pass
except A as e:
    pass
except:
    pass
else:
    pass
finally:
    pass
try: pass
except* A: pass
except *B as e: pass
except* (A, B): pass
except* A, B: pass
try: pass
finally: pass
try:
    pass
except x if y else z:
    pass
except lambda: 1:
    pass
