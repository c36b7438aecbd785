def f(): pass
def f(a): pass
def f(a,): pass
def f(a, b=1): pass
def f(a=1, b=2): pass
def f(*args): pass
def f(*args, a): pass
def f(*args, a=1, b): pass
def f(*, a): pass
def f(*, a=1, b, c=2): pass
def f(*, a,): pass
def f(**kwargs): pass
def f(**kwargs,): pass
def f(a, /): pass
def f(a, /,): pass
def f(a, b=1, /): pass
def f(a, b=1, /, c=2): pass
def f(a, /, b): pass
def f(a, /, *, b): pass
def f(a, /, *args, b, **kwargs): pass
def f(a, b=1, /, c=2, *args, d, e=3, **kwargs): pass
def f(a=1, /, b=2, *, c): pass
def f(a: int, b: str = "c", *args: d, e: f, g: h = i, **kwargs: j) -> k: pass
def f(a: int, /, b: (c, d)) -> "e": pass
def f(*args: *Ts): pass
def f(*args: *tuple[int, ...]) -> None: ...
def f(a=lambda x: x, b=(1, 2), c=[d for d in e]): pass
def f(a: lambda: 1 = 2): pass
def f(a: b if c else d = e if f else g): pass
def f(
    a,  # comment
    b=1,

    *,
    c,
): pass
def f() -> (a, b): pass
def f() -> a if b else c: pass
def f() -> lambda: 1: pass
def match(case, type, _): pass
def type(): pass
async def f(a, *b) -> c:
    pass
def f():
    """Doc."""
def f():
    # comment
    pass
    # comment
# comment
def f():
	pass
def f(): return 1; pass
class A: pass
class A(): pass
class A(B): pass
class A(B, C): pass
class A(B, C,): pass
class A(metaclass=B): pass
class A(B, metaclass=C, d=e): pass
class A(*b): pass
class A(*b, **c): pass
class A(B, *c, d=e, **f): pass
class A(a.b[c](d)): pass
class A(a if b else c): pass
class A:
    x = 1
    x: int
    def f(self): pass

    @property
    def g(self):
        return 1
    class B:
        class C:
            pass
@a
def f(): pass
@a.b
@c(d)
@e[f]
@g if h else i
@(j)
@k := l
@lambda x: x
@m or n
@-o
@(yield_)
async def f(): pass
@a
class A: pass
@a

# comment
@b
# comment
class A: pass
@a(
    b
)
def f(): pass
class A:
    @a
    def f(self): pass
    @b
    class B: pass
    @c
    async def g(self): pass
