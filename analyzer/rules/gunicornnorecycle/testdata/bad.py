# deploy/gunicorn.conf.py
"""How gunicorn serves the shop."""
import multiprocessing

bind = "0.0.0.0:8000"  # want "gunicorn's workers are never restarted"
workers = multiprocessing.cpu_count() * 2 + 1
timeout = 0  # want "A timeout of 0 lets a worker that hangs keep"
