a or b or c
a and b and c or d and not e
not not a
not a == b
a < b <= c == d != e >= f > g
a in b not in c is d is not e
a is not (not b)
a | b ^ c & d << e >> f + g - h * i / j // k % l @ m
-a ** -b ** -c
+-~a
(-a) ** b
a ** b ** c
await_ ** b
-1 ** 2
a if b else c if d else e
(a if b else c) if (d if e else f) else g
lambda: 1
lambda x: x
lambda x, y=1, *args, z, w=2, **kwargs: (x, y)
lambda *, x: x
lambda x, /, y: x
lambda x=1, /, y=2, *, z: x
lambda *args: lambda **kwargs: args
lambda x,: x
lambda *a,: a
lambda **k,: k
(lambda: (yield))
[lambda: 1, lambda x: x]
{lambda: 1: lambda: 2}
()
(a)
((a))
(a,)
(a, b)
(a, b,)
((a, b), (c,))
a,
a, b
a, b,
*a, b
*a,
(*a, b)
[]
[a]
[a,]
[a, b, *c]
[*a]
{}
{a}
{a, b,}
{*a, b}
{a: b}
{a: b, c: d,}
{**a}
{**a, b: c, **d | e}
{a: b for a in c}
{a: b for a, b in c if d if e for f in g}
{a for a in b}
[a for a in b]
[a for a, in b]
[a for a, *b in c]
[a for (a, b) in c]
[a for a.b in c]
[a for a[0] in c]
[a for a in b or c if d or e]
[a for a in b if c if d]
[a for a in b for c in d]
[(a, b) for a in b]
[(a := b) for c in d]
[a := b for c in d]
{a := b for c in d}
(a for a in b)
(a := b)
(a := b, c := d)
[a := b, c]
{a := b, c}
((a := b))
(yield_)
f()
f(a)
f(a,)
f(a, b)
f(*a)
f(*a, *b, c)
f(**a)
f(a=1)
f(a=1, *b, c=2, **d)
f(a, *b, c=1, **d, e=2, **f)
f(a for a in b)
f((a for a in b), c)
f(a)(b)(c)
f(a := b)
f(a, b := c, d=(e := 1))
f(*a or b)
f(**a or b)
f(*a if b else c, **d if e else f)
f(lambda: 1, key=lambda x: x)
f(a if b else c)
f(async_=1)
f(match=1, case=2, type=3, _=4)
f (
    a  # comment
    ,
    b
)
(a
 .b
 .c(d)
 [e]
)
a.b.c
a.b().c[d].e
a[b]
a[b, c]
a[b,]
a[b:c]
a[:]
a[::]
a[b:]
a[:b]
a[b::c]
a[::c]
a[:b:c]
a[b:c:d]
a[b:c, d]
a[b:c, ::d, e]
a[()]
a[(b, c)]
a[*b]
a[*b, c]
a[b, *c]
a[b:c, *d]
a[b := c]
a[(b := c)]
a[(b := c):d]
a[b := c, d]
a[lambda: 1]
a[lambda: 1:2]
a[b if c else d:e]
a[b][c][d]
a[...]
...
....__class__
None, True, False
0, 00, 0_0, 1_000, 0x_ff, 0XFF, 0b_1010, 0B1, 0o17, 0O1_7
1.0, 1., .1, 1e5, 1E-5, 1.e+5, .1e5, 1_0.0_1e1_0, 0e0, 00.5, 01.5, 09e1
1j, 1J, 1.5j, .5j, 1e5j, 0j, 00j, 09j
1if a else 2
1or 2
1 .real
1..real
1.0.real
1.5.real
1e5.real
1j.imag
99999999999999999999999999999999999999
"a", 'a', """a""", '''a'''
"a" 'b'
("a"
 "b")
"a" \
    "b"
b"a", B'a', rb'\x', Rb"\x", bR'''\x''', br"\x"
u"a", U'a', r"\x", R'\N'
"\a\b\f\n\r\t\v\\\'\"\0\1\12\123\1234\x41\u0041\U00000041\
\q\8"
b"\a\b\f\n\r\t\v\\\'\"\0\1\12\123\1234\x41\u0041\N{x}\
\q\8\377\777"
"""a
b\
c
"""
"""""" """a"b""c\""""
''''a''b'''
'a"b', "a'b"
"é", 'ß' "ü"
"\
"
été = ñ = 变量 = ª = ℘ = a̠ = 𝐱
ﬁ = ﬀ.ﬁ
0xfor 1
[1for a in b]
{**a, **b}
{**a.b(c)[d]}
{'a': lambda: 1, **{'b': 2}}
{(a := b): c}
{a: (b := c)}
{a if b else c: d if e else f}
print(*a, sep='')
print(a, file=b)
print
exec
a if b else lambda: c
a if b else (yield_)
a if (b := c) else d
not (a if b else c)
(not a) in b
a = not b in c
x = (a
     # comment

     + b)
async def f():
    await a
    await a.b(c)
    await a ** b
    -await a
    await a + await b
    not await a
    [await a for b in c]
    [a async for b in c if await d]
    {a: b async for a, b in c}
    {a async for a in b async for c in d}
    (a async for a in b)
    f(a async for a in b)
    f(await a, *await b, **await c)
    return await a
    yield await a
    await (yield)
    lambda: await_
    async with a: pass
    async with a as b, c as d: pass
    async for a in b: pass
    async for a, b in c:
        pass
    else:
        pass
    async def g(): pass
def f():
    yield
    yield a
    yield a, b
    yield *a, b
    yield from a
    x = yield
    x = yield a
    x = y = yield a, b
    x += yield a
    x: int = yield
    (yield)
    f((yield))
    f((yield), a)
    [(yield)]
    return (yield)
    await_ = yield (yield)
    yield (yield from a)
