# shop/trees.py
import sys
from sys import setrecursionlimit

DEPTH = 50_000

sys.setrecursionlimit(100_000)  # want "A recursion of 100000 levels"
setrecursionlimit(DEPTH)  # want "A recursion of 50000 levels"
