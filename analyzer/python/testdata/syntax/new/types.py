type X = int
type X[T] = list[T]
type X[T: int, *Ts, **P] = Callable[P, T]
type X[T: (int, str) = int, *Ts = *tuple[int, ...], **P = [int, str]] = int
type X[*Ts = Unpack[tuple[int]]] = int
type X[T,] = int
def f[T](x: T) -> T: ...
def f[T: int = bool, *Ts, **P](x: T, *args: *Ts, **kwargs: P.kwargs) -> T: pass
async def f[T = int](): pass
class A[T]: pass
class A[T: "x"](Base[T], metaclass=M): pass
class A[T, *Ts](): pass
class A[**P]: x = 1
type = 1
type: int
type: int = 1
type.x
type(x)
type[x]
type
type, x = 1, 2
type += 1
type in x
type = type = 2
print(type)
type type = type
type match = case
type case[_] = _
(type)
type if type else type
type \
    X = int
