"""What make calls; each file says how to run it alone."""
