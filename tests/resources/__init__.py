"""Help from outside: the list, its checks, what a server adds."""
