if a: \
  b
if a:
  \
  b
\
c
  \

if a:
  \
    b
  c
x = 1 + \
  2 \

y = \
\
\
1
if a:
  b
\
c
