# Needs Python 3.11+ with venv, and make. PYTHON=… names a Python; ARGS=… is passed on to the command.
.PHONY: help setup demo test prove bench pictures lock
.DEFAULT_GOAL := help

ready := tools/python tools/setup.py
run   := .venv/bin/python

help:      ## this list
	@sed -n 's/^\([a-z]*\): *## /  make \1\t/p' Makefile | expand -t 18

setup:     ## build .venv with everything, from the lock
	@$(ready)

demo:      ## the bot, a Discord and job boards on this machine (ARGS=--once ends by itself)
	@$(ready) --runtime && exec .venv/bin/outpost demo $(ARGS)

test:      ## every check (ARGS="-k word" is for pytest, STRICT=1 fails on unexpected skips)
	@$(ready) && exec $(run) tools/checks.py $(if $(STRICT),--strict-skips) -- $(ARGS)

prove:     ## the proofs in full, figures into docs/promises.md
	@$(ready) && exec $(run) tools/prove.py $(ARGS)

bench:     ## the figures, each beside a peer or a limit
	@$(ready) && exec $(run) -m benchmarks $(ARGS)

pictures:  ## make the pictures of the documents again
	@$(ready) && exec $(run) tools/pictures.py $(ARGS)

lock:      ## resolve both lock files again (needs uv)
	@tools/python tools/lock.py
