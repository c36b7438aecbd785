if a:
	b
	if c:
		d
	e
if f:
        g
        h
if i:
  	j
  	k
if l:
    m
    if n:
    	o
