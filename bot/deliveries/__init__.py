"""The outbox: what the bot has promised to say, to which channel, by when, at what rate.

A flow decides and calls `store.plan(tx, …)` in its own transaction; the duty `flow.send_due` says it afterwards.
Nothing here knows a subject: a delivery carries its finished value and the word for its kind.
"""
