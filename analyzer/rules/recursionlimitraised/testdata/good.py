# shop/trees.py
import sys

from shop.settings import DEPTH

sys.setrecursionlimit(5_000)
sys.setrecursionlimit(DEPTH)
sys.setrecursionlimit(max(10_000, sys.getrecursionlimit()))
