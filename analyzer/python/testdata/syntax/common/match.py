match x:
    case 1: pass
    case -1: pass
    case 1.5 | -1.5 | 2j | -2j: pass
    case 1+2j | 1-2j | -1+2j | -1.5-2j: pass
    case "a" | 'b' "c" | b"d" | """e""": pass
    case None | True | False: pass
    case y: pass
    case _: pass
    case (y): pass
    case (1 | 2) as z: pass
    case a.b | a.b.c: pass
    case []: pass
    case [a]: pass
    case [a,]: pass
    case [a, *_]: pass
    case [*rest, b]: pass
    case (): pass
    case (a,): pass
    case (a, b): pass
    case (*_,): pass
    case a, b: pass
    case a,: pass
    case *a,: pass
    case *_, b: pass
    case *a, b if c: pass
    case a, if c: pass
    case {}: pass
    case {"a": 1}: pass
    case {"a": 1, **rest}: pass
    case {"a": 1, "b": b,}: pass
    case {**rest,}: pass
    case {1: a, -1: b, 1+2j: c, None: d, True: e, A.B: f, "a" "b": g}: pass
    case A(): pass
    case A.B(): pass
    case A(1, b): pass
    case A(1, b,): pass
    case A(x=1): pass
    case A(1, x=1, y=B(z=_),): pass
    case A(_=1, match=case): pass
    case A(x) as y if y > (z := 1): pass
    case (((a))): pass
    case ((a, b), [c, {"d": (e)}]): pass
    case A | B() | [C] as d: pass
match x, y:
    case _: pass
match x,:
    case _: pass
match *x, y:
    case _:
        pass
match (x):
    case _: pass
match (x, y):
    case _: pass
match [x]:
    case _: pass
match {}:
    case _: pass
match -x:
    case _: pass
match not x:
    case _: pass
match await_ if x else y:
    case _: pass
match x := y:
    case _: pass
match lambda: 1:
    case _: pass
match f"{x}":
    case _: pass
match match:
    case case: pass
match ...:
    case _: pass
match(x)
match(x).y
match[x]
match[x]: int
match[x] = 1
match = 1
match: int = 1
match.x
match -x
match * x
match, y
match
match in x
match or x
(match)
case = 1
case(x)
_ = 1
match (x).y:
    case 1: pass
match (
    x,
    y
):
    # comment

    # comment
    case (
        1,
        2
    ):
        pass
    # comment
    case 2: pass
class A:
    match x:
        case 1:
            match y:
                case 2: pass
        case _: pass
    match = 1
