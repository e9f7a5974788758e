"""A document that somebody wants read: looked into, searched, drawn. Bytes in, facts or bytes out; nothing is kept.

Functions for workers (bot.workers), since a file from outside may hang or crash whoever reads it.
`intake`: may it come in? `scan`: what tells who wrote it? `pages`: pictures of it, with boxes over that.
`compare`: what changed since the first version. Beneath: `objects` looks for scripts and files, `sheets` asks pdfium,
`words`, `phones` and `places` find in a text.
"""
