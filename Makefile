# Two commands matter: `make run` starts the whole city on this machine, `make test` runs everything that CI runs.
# The development profile is meant: the first build takes minutes, and an optimised one several times as long.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/.tools/bin:$(PATH)
TARGET := $(or $(CARGO_TARGET_DIR),target)
MINGCHA := $(TARGET)/debug/mingcha

.PHONY: help run demo test simulate bench fmt lint checks proto-check proto-lock docs openapi setup build clean-data web web-build screenshots

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: setup build ## start the whole city on this machine, with the demonstration campaign (Ctrl-C stops it)
	@exec $(MINGCHA) dev

demo: build ## feed a running city with the demonstration's tips and cases
	@cargo run -q -p e2e-tests --bin demo -- $(DEMO)

test: ## everything that CI runs; the first failure stops it
	@deploy/checks/test.sh

simulate: ## simulate years of the whole city by their seeds: SEEDS=1-100, TIPS=150 a year, RELEASE=1 for long runs
	@cargo run -q $(if $(RELEASE),--release) -p simulation --bin simulate -- $(or $(SEEDS),1-20) $(if $(TIPS),--tips $(TIPS))

bench: ## measure, beside PostgreSQL on the same disk where that is asked; PARTS="store histories city ledger"
	@deploy/setup/all.sh bench
	@python3 deploy/bench/bench.py $(PARTS)

fmt: ## format the Rust code
	cargo fmt --all

lint: checks ## formatting, checks of the repository, clippy
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

checks: ## checks of the repository itself: no compiler needed, a few seconds
	@deploy/checks/all.sh

proto-check: ## check the protos against the committed field numbers
	@python3 deploy/checks/protos.py

proto-lock: ## record new messages, fields and calls in proto/lock.json
	@python3 deploy/checks/protos.py --write

docs: ## build the API documentation of the crates
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

web: setup ## work on the staff's console: changes are seen at once at http://127.0.0.1:5173/console/ (needs a running city)
	@npm --prefix services/web-gateway/spa run dev

web-build: ## build the staff's console, as make run does
	@deploy/setup/npm.sh services/web-gateway/spa
	@deploy/setup/spa.sh

screenshots: setup ## every page at 390 and 1440 pixels, written to target/browser/screenshots
	@deploy/setup/all.sh test
	cargo build -p mingcha -p event-store -p e2e-tests --bins
	@rm -rf $(CURDIR)/target/browser/screenshots # names hold the ids of their city: those of the last one would stay
	MINGCHA_CHROMIUM=$(CURDIR)/.tools/bin/chromium npm --prefix e2e-tests/browser run --silent screenshots

openapi: build ## write the gateway's OpenAPI document, and the types that the console has of it
	$(MINGCHA) openapi > services/web-gateway/openapi.json.new
	mv services/web-gateway/openapi.json.new services/web-gateway/openapi.json
	@deploy/setup/npm.sh services/web-gateway/spa
	npm --prefix services/web-gateway/spa run --silent types

clean-data: ## delete everything the city on this machine has stored (./data)
	rm -rf $(CURDIR)/data

setup:
	@deploy/setup/all.sh run

build:
	cargo build -p mingcha -p event-store
