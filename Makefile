# Everything a person or CI does with this repository. `make` alone explains the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

STAGE   := scripts/stage
GOROOT  := $(shell go env GOROOT)
GO_SRC  := go.mod $(wildcard go.sum) $(shell find cmd internal isolate labels lessons orchestrate playground wasm -name '*.go' ! -name '*_test.go' ! -path '*/testdata/*')
LESSONS := $(shell find lessons -mindepth 1 ! -name '*.go' ! -path '*/testdata/*')
SITE    := $(shell find site -type f ! -path '*/node_modules/*' ! -path 'site/dist/*' ! -path 'site/public/lessons/*' ! -path 'site/public/slipway*.wasm*' ! -path 'site/public/wasm_exec.js' ! -path 'site/e2e/*' ! -path 'site/lighthouse/*' ! -path 'site/test-results/*')
FUZZ_SECONDS ?= 30

## For people

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^## /{printf "\n%s\n", substr($$0, 4)} /^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: site ## build the playground and open it in a browser
	go run ./cmd/slipway-lab play --open

## For whoever changes something

.PHONY: check
check: fmt vet staticcheck ## the quick loop: fmt, vet, staticcheck, unit tests, guards
	@$(STAGE) "unit tests and guards" go test -short ./...

.PHONY: test
test: ## everything CI runs; installs what it needs
	@scripts/test

.PHONY: test-long
test-long: ## make test, then for long: fuzzing, properties, the index under the race detector, browser tests
	@$(MAKE) test
	@scripts/test-long

.PHONY: test-linux
test-linux: ## containers on this kernel, 1,000 of them, and as root in virtual machines with cgroup v2 and v1; none may be skipped
	@$(STAGE) "containers on this kernel" env SLIPWAY_CONTAINERS=required SLIPWAY_STARTS=1000 go test -count=1 ./isolate ./cmd/slipway
	@$(STAGE) "the rig" scripts/rig ./internal/rig
	@$(STAGE) "the model kernel, judged by the one in the rig" scripts/rig ./isolate/model -test.run=AsTheKernel
	@$(STAGE) "containers in the rig" env RIG_SECONDS=1200 scripts/rig ./isolate
	@$(STAGE) "containers in the rig, cgroup v1" env RIG_SECONDS=1200 scripts/rig -v1 ./isolate
	@$(STAGE) "1,000 containers in the rig" env RIG_SECONDS=1800 SLIPWAY_STARTS=1000 scripts/rig ./isolate '-test.run=NothingIsLeftBehind|ManyRunAtOnce' -test.timeout=25m

.PHONY: fuzz
fuzz: ## every fuzz target, FUZZ_SECONDS each (30)
	@scripts/fuzz $(FUZZ_SECONDS)

.PHONY: rewrite
rewrite: ## regenerate our own transcripts and golden files; review the diff like code
	@scripts/rewrite

GOLDEN ?= internal/golden/testdata/cluster
.PHONY: golden
golden: ## replay recordings of a real control plane: GOLDEN=DIR, or those of the repository
	@go run ./internal/golden/replay $(GOLDEN)

TRANSCRIPTS ?= isolate/model/transcript/testdata
.PHONY: transcripts
transcripts: ## replay recordings of a real kernel in the model kernel: TRANSCRIPTS=DIR, or those of the repository
	@go run ./isolate/model/transcript/replay $(TRANSCRIPTS)

.PHONY: bench
bench: ## trace events a second (native, wasm), all Go benchmarks, time to a usable terminal
	@scripts/bench

.PHONY: bench-isolate
bench-isolate: ## how long a container takes to start, beside C, runc, crun and bubblewrap; part of bench
	@scripts/bench-isolate

.PHONY: lighthouse
lighthouse: site ## Lighthouse over the pages, the median of five; fails below 95
	@npm --prefix site/lighthouse ci --no-audit --no-fund
	@$(STAGE) "Lighthouse" scripts/with-play node site/lighthouse/lighthouse.mjs

.PHONY: size
size: site ## brotli sizes against the budgets; fails above them
	@$(STAGE) "size budgets" node scripts/size.mjs site/dist

## Parts, built only when they are stale

.PHONY: wasm
wasm: site/public/slipway.wasm site/public/slipway-machine.wasm site/public/wasm_exec.js ## the engines for the browser

.PHONY: site
site: site/dist/index.html ## the engine, the lessons and the page, in site/dist

# Calls are inlined only where a world moves: everywhere else that costs a first visit eight per cent and gains nothing.
HOT := runtime runtime/... internal/runtime/... $(addprefix github.com/slipway-dev/slipway/,orchestrate orchestrate/api orchestrate/clock orchestrate/kubelet orchestrate/reconcile orchestrate/schedule orchestrate/store)
# Also for `make bench`, which measures the engine as it is shipped.
export WASM_GCFLAGS := -gcflags=all=-l $(HOT:%=-gcflags=%=)

# `make -B wasm NAMES=1` keeps the functions' names, for whoever looks into a crash.
# Go leaves a program alone that it takes for up to date, though it has been packed since; packed twice it is refused.
# The tag engine leaves out what needs files and processes, such as starting real containers; machine puts in the model of a machine, for
# lessons about one: whoever opens none does not load it.
define ENGINE
	@mkdir -p site/public
	@rm -f $@
	@go run ./internal/tools/thinstd $(GOROOT)/src build/_thinstd
	@$(STAGE) "engine to wasm, $(1)" env GOOS=js GOARCH=wasm go build -overlay build/_thinstd/overlay.json -trimpath -tags $(1) $(WASM_GCFLAGS) -ldflags="-s -w" -o $@ ./wasm/browser
	@go run ./internal/tools/wasmpack $(if $(NAMES),-names) $@
endef
site/public/slipway.wasm: $(GO_SRC) Makefile
	$(call ENGINE,engine)
comma := ,
site/public/slipway-machine.wasm: $(GO_SRC) Makefile
	$(call ENGINE,engine$(comma)machine)

site/public/wasm_exec.js: $(GOROOT)/lib/wasm/wasm_exec.js
	@mkdir -p site/public
	@cp $< $@

# The folder is made anew, so that a lesson that was removed does not live on in the page. LESSONS has the folders too: they change when
# something in them is removed.
build/lessons.stamp: $(GO_SRC) $(LESSONS)
	@mkdir -p build
	@rm -rf site/public/lessons
	@$(STAGE) "lessons to JSON" go run ./cmd/slipway-lab lesson build --out site/public/lessons
	@touch $@

site/node_modules/.package-lock.json: site/package-lock.json
	@$(STAGE) "npm ci" npm --prefix site ci --no-audit --no-fund
	@touch $@

site/dist/index.html: site/node_modules/.package-lock.json site/public/slipway.wasm site/public/slipway-machine.wasm site/public/wasm_exec.js build/lessons.stamp $(SITE)
	@$(STAGE) "page" npm --prefix site run build
	@touch $@

# What `make test` runs one after the other; each can be run alone.

.PHONY: fmt vet staticcheck node-modules lessons site-check site-test
fmt:
	@$(STAGE) "gofmt" scripts/fmt
vet:
	@$(STAGE) "go vet" go vet ./...
staticcheck:
	@$(STAGE) "staticcheck" go tool -modfile=internal/tools/tools.mod staticcheck ./...
node-modules: site/node_modules/.package-lock.json
lessons: build/lessons.stamp
site-check: node-modules
	@$(STAGE) "site: types" npm --prefix site run check
site-test: node-modules
	@$(STAGE) "site: unit tests" npm --prefix site run test
