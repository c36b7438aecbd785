if a:
  pass
  # c