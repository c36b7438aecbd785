x = 1

if a:
    b
      c
    d
x=1
