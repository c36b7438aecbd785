if a:
  pass
  