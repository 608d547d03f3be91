# What can be done here. Every target does all of its own set-up; what is up to date is left alone.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

.PHONY: help run test lint bench desk modules

help:
	@echo 'make run                build Hookflash and start the demo (the address and sign-ins are printed)'
	@echo 'make test               install what the tests need and run all of them'
	@echo 'make lint               formatting, clippy, licences, ESLint, types'
	@echo 'make bench [ONLY=name]  run the benchmarks, or one'

run:
	@scripts/run

test:
	@scripts/test

lint:
	@scripts/lint

bench:
	@scripts/bench $(ONLY)

# The desk as files in web/dist, and the packages that it and the end-to-end tests need. The stamps are kept
# outside node_modules, which `npm ci` empties; a stamp without its folder counts for nothing.

desk: .setup/desk
modules: .setup/web-modules .setup/e2e-modules

DESK_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null)

ifeq ($(wildcard web/node_modules/.package-lock.json),)
.PHONY: .setup/web-modules
endif
ifeq ($(wildcard e2e/node_modules/.package-lock.json),)
.PHONY: .setup/e2e-modules
endif
ifeq ($(wildcard web/dist/index.html),)
.PHONY: .setup/desk
endif

.setup/web-modules .setup/e2e-modules: .setup/%-modules: %/package-lock.json
	@scripts/say 'packages of $*/'
	@mkdir -p .setup
	@npm ci --prefix $* --no-audit --no-fund --loglevel=error
	@touch $@

.setup/desk: .setup/web-modules $(DESK_SOURCES)
	@scripts/say 'the desk'
	@npm run build --prefix web --silent
	@touch $@
