"""Who reads for whom in one round: an exact answer, the same for the same input and seed. Pure.

`instance`: what is asked and answered. `graph`: the same as lists of numbers. `cover`: the goals that count, by
augmenting paths. `weigh`: the best sum among those, by shortest paths. `large`: the same sum by OR-tools.
`reasons`: why somebody is short. `solve`: all of it.
"""
