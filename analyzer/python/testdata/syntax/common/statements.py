"""Doc."""; x = 1; y = 2;
pass; pass
a = 1
a = b = c = d
a, b = c, d
(a, b) = c
[a, b] = c
[a, (b, c)] = d
a, = b
*a, b = c
*a, = b
(*a, b) = c
[*a] = b
() = a
[] = a
(a) = b
((a)) = b
(a.b) = c
(a[b]) = c
a.b = c[d] = e().f = g
a().b = c
"a".b = c
(a, (b)), c = d
a = *b, c
a = b, = c
a: int
a: int = 1
a: int = *b, c
a: int = b, c
(a): int
(a): int = 1
a.b: int
(a.b): int = 1
a[b]: int = 1
a: lambda: 1
a: lambda: 1 = 2
a: b if c else d
a: "str" = None
a += 1
a -= b; a *= b; a /= b; a //= b; a %= b; a @= b; a **= b; a <<= b; a >>= b; a |= b; a ^= b; a &= b
a += b, c
a += *b, c
(a) += 1
a.b += 1
(a[b]) += 1
del a
del a, b
del a,
del (a)
del (a, b)
del (a, b), c
del [a, b]
del ()
del []
del a.b, a[b], a()[b], (a.b)
del (a), (b)
del ((a, [b]), c)
assert a
assert a, b
assert (a, b)
assert a, (b, c)
assert a if b else c, d
raise
raise a
raise a from b
raise a() from None
import a
import a.b.c
import a as b
import a.b as c, d, e.f
import a . b
import a \
    .b
from a import b
from a import b as c
from a import b, c as d
from a import (b)
from a import (b, c,)
from a import (
    b,  # comment
    c as d,
)
from a import *
from . import a
from .. import a
from ... import a
from .... import a
from . . import a
from .a import b
from ...a.b import c
from .... a . b import c
from a.b import *
from .match import case, type, match as _
import match, case, type, _
global_ = 1
def f():
    global a
    global a, b
    nonlocal_ = 1
    def g():
        nonlocal b
        nonlocal c, d
    return
    return a
    return a, b
    return *a, b
    return (a)
    return lambda: 1
while a: break
while a:
    continue
else:
    pass
while a := b: pass
while not a: pass
for a in b: pass
for a, b in c: pass
for a, in b: pass
for a, b, in c: pass
for (a, b) in c: pass
for (a) in b: pass
for [a, b] in c: pass
for a.b in c: pass
for a[b] in c: pass
for a, *b in c: pass
for *a, b in c: pass
for a().b in c: pass
for (a in b).c in d: pass
for a[b in c] in d: pass
for a in b, c: pass
for a in *b, c: pass
for a in b,: pass
for a in (yield_): pass
for a in lambda: 1: pass
for a in b if c else d: pass
for a in b:
    pass
else:
    pass
if a: pass
if a: pass; pass;
if a := b: pass
if a:
    pass
elif b:
    pass
elif c: pass
else:
    pass
if a: pass
elif b: pass
else: pass
if a:
    if b:
        pass
    else:
        pass
else:
    if c:
        pass
with a: pass
with a as b: pass
with a, b: pass
with a as b, c as d: pass
with (a): pass
with (a, b): pass
with (a, b,): pass
with (a as b): pass
with (a as b,): pass
with (a as b, c as d): pass
with (
    a as b,
    c,
    d as e,
): pass
with (a) as b: pass
with (a, b) as c: pass
with (a), (b): pass
with (a), b as c: pass
with (a).b: pass
with (a)(b) as c: pass
with (a, b)[c]: pass
with (a) + b: pass
with (a if b else c) as d: pass
with (a if b else c): pass
with (a) if b else c: pass
with (a
      .b) as c, d: pass
with (yield_) as a: pass
with (a for a in b): pass
with (a for a in b) as c: pass
with (a := b): pass
with (a := b) as c: pass
with (a, b := c): pass
with (a, *b): pass
with (*a, b) as c: pass
with (): pass
with () as a: pass
with ((a)): pass
with ((a, b)) as c: pass
with ((a, b) as c): pass
with a as (b): pass
with a as (b, c): pass
with a as [b, c]: pass
with a as b.c: pass
with a as b[c]: pass
with a as (b, *c): pass
with (a as (b, c), d as e.f): pass
with (a, b) as (c, d): pass
with a(b, c) as d, e(f): pass
with open(a) as b, \
     open(c) as d:
    pass
with (lambda: 1): pass
with lambda: 1: pass
with (a), (b) as c: pass
with (a, b), c: pass
with (a, b) as c, d: pass
def f(): (yield); x = yield
def f():
    with (yield): pass
    with (yield) as a: pass
    with (yield a), b: pass
try:
    pass
except:
    pass
try:
    pass
except A:
    pass
except (A, B) as c:
    pass
except A.b as d: pass
except A() as e: pass
else:
    pass
finally:
    pass
try: pass
finally: pass
try:
    pass
except* A:
    pass
except* (A, B) as c:
    pass
except *A as d:
    pass
else:
    pass
finally:
    pass
