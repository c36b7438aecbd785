t""
t"a"
t"{x}"
t"a{x}b"
t"{x!r}{x:>{w}}{x=}{x = }"
t"{ x }{x }{ x}"
t"{x}" t"{y}"
t"a" t"b" t"{x}c"
t"a{x}" t"" t"b"
t"{(x)}{ (x) }{(x)=}"
T"{x}" tr"\d{x}" Rt"\d{x}"
t'''{
x
}'''
t"{x # c
}"
t"{f"{x}"}{t"{x}"}"
t"{x, y}{x,}{*x,}"
t"{x!s:a{y}b}"
t"{{{x}}}"
t"{x:{y=}}"
t"{x==1}{x!=1}{x=!r}"
t"{x  =  !r}{x=:>4}"
t"{lambda_}{(lambda: 1)}"
def g():
    t"{yield x}"
