class A:
  def f():
     if b:
       c
# x
   # y
     d
  e
f
