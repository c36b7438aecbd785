x = 1; w = 5; d = {"a": 1}; s = "q"
f""
f'' ''
"" f"" ""
f"a"
"a" f"b" 'c'
f"{x}"
f"a{x}b"
"a" f"b{x}c" "d" f"{x}e" "" 'f'
"" f"{x}" ""
f"{{{x}}}"
f"a{{b}}c"
f"{x!r}{x!s:>{w}}{x:{w}.{w}}"
f"{x=}"
f"{x = }"
f"{x=!r}"
f"{x=:>5}"
f"{x=!s:>5}"
f"pre{x=}post{x=}"
f"{  x  =  }"
f"{ x }"
f"{d['a']}"
f"{d["a"]}"
f'{d['a']}'
f"{f"{f"{x}"}"}"
f"{x:{"a"}}"
f"{(lambda y: y)(1)}"
f"{(lambda: 1)}"
f"{x:=10}"
f"{(y:=10)}"
f"{x!=1}"
f"{x==1}"
f"{x<=1}{x>=1}"
f"{x,}"
f"{*d,}"
f"{x, w}"
f"{yield_}" if 0 else 0
f"{'a' 'b'}"
f"{'\n'}"
f"{'\N{BULLET}'}\N{BULLET}"
f"\N{BULLET}{x}\N{EM DASH}"
rf"\N{x}\d{x}\{x}"
f"\x41{x}\u0041\101\n"
f"\{x}"
rf'\'{x}'
fr"a\
{x}"
f"a\
b{x}"
f'''
{x
}
'''
f'''{
x  # a comment }
=
}'''
f"{x  # a comment
}"
f"{
x
}"
f'''{x:
}'''
f'''{x:a
b{w}
c}'''
f"""a"b""c{x}d"e""f\""""
f"é{x}ü{'ß'}"
f"{x:é}"
f"{x:%Y-%m-%d}"
f"{x:\n}"
f"{x:a\{w}}"
F"{x}" fR"{x}" Rf"\n" rF"" "z"
(f"a"
 # comment
 f"{x}b"  # comment
 "c")
f"{x}" \
    "d"
"a" "b" \
    "c"
"a" 'b' """c""" r"\d" u"e"
b"a" B'b' rb"\d" Rb"\d" bR"" br''
f"{x:{w:{w}}}"
f"{x:{w!r:{w}}>{w}}"
f"{x!r:}"
f"{x:}"
f"{ {1, 2} }"
f"{ {'a': 1}['a'] }"
f"{[1, 2][0]}"
f"{d['a']:>10}{d.get('b', 1)!r}"
f"{x if x else w}"
f"{x:>{w if w else x}}"
f"{await_}" if 0 else 0
f"{x}}}{{"
f"{{}}"
f"}}"
f"{x }{ x}"
f"{x}" "{x}" f"{{}}{x}"
def g():
    f"{yield}"
    f"{yield x}"
async def h():
    f"{await x}"
    f"{[y async for y in x]}"
print(f"{x}" f"{w}", f"a" "b")
x = f"a {x} b" "c" if f"{x}" else f"" f""
f"{x}\
{w}"
"\
" f"{x}" "\
\
"
f"\
"
rf"{x}\
{w}"
f"{x:\
}"
f"{x}" r"\
" f"{x}"
"" f"b{x}"
f"" "b" f"{x}"
f"b" "" f"{x}"
f"{x}" "" r"b" f"" "" f"{x}"
"\
" f"b{x}"
f"b" "\
" f"{x}"
f"b" f"\
" f"{x}"
f"b" f"\
" "c" f"{x}"
f"{x}" f"\
" r"{x}"
f"{x:\
{x}}"
