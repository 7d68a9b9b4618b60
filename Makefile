# Everything works on a bare machine: what is missing is installed first, into .tools/ (or NIANBAO_TOOLS).
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run build test size command package corpus bench bench-peers bench-offline endurance fuzz peers audit screenshots clean setup setup-package setup-test setup-audit setup-bench setup-fuzz

# What dist/ is made of: it is built again only when one of these is newer.
SOURCES := $(shell find src forms locales www -type f 2>/dev/null) \
	index.html build.rs Cargo.toml Cargo.lock Trunk.toml scripts/versions.env scripts/build.sh scripts/small-modules.sh scripts/ship.mjs scripts/short-names.mjs scripts/check-dist.mjs

help: ## This list
	@echo "nianbao: make TARGET"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

run: setup ## Serve the demo page on http://127.0.0.1:8080/ (NIANBAO_PORT for another port)
	@scripts/serve.sh

build: setup ## Build dist/, the files to put on a server
	@$(MAKE) --no-print-directory dist/.built

test: setup-test ## Run every test, those in real browsers too
	@scripts/test.sh

command: setup ## Build target/release/nianbao, the command, with the program for offline files in it
	@$(MAKE) --no-print-directory dist/.built
	@source scripts/env.sh && cargo build --release --features offline --bin nianbao
	@echo "$$PWD/target/release/nianbao"

package: setup-package ## Write pkg/: the npm package, and static/ with the files to put on a portal
	@$(MAKE) --no-print-directory dist/.built
	@$(MAKE) --no-print-directory pkg/.packed
	@echo "pkg/ holds $$(cd pkg && echo *.tgz) and static/."

size: build ## What goes over the wire, raw and brotli, file by file
	@source scripts/env.sh && node scripts/size.mjs dist

corpus: setup ## Read the corpus and print how well that went
	@source scripts/env.sh && cargo test --release --test all corpus -- --nocapture

fuzz: setup-fuzz ## Run the fuzz targets, FUZZ_SECONDS=300 each (TARGETS="html csv" for some), and print their figures
	@scripts/fuzz.sh

bench: setup-bench ## Measure everything and make one table of it, target/bench/bench.md; PARTS="check torn" for some of it
	@$(MAKE) --no-print-directory dist/.built
	@source scripts/env.sh && node scripts/bench.mjs $(PARTS)

bench-peers: ## Only the table of the widget beside other ways to build the same report
	@$(MAKE) --no-print-directory bench PARTS=peers

bench-offline: ## Only the table of the offline file beside other single files
	@$(MAKE) --no-print-directory bench PARTS=offline

endurance: setup-test ## Edit a report at random 100,000 times (NIANBAO_ACTIONS, NIANBAO_SEED) and compare it with a model each time
	@$(MAKE) --no-print-directory dist/.built
	@source scripts/env.sh && NIANBAO_ACTIONS=$${NIANBAO_ACTIONS:-100000} node --test --test-reporter=spec tests/browser/endurance.test.mjs

peers: setup ## Have LibreOffice, python-docx, openpyxl and a validator open what is written; pictures into target/peers/
	@source scripts/env.sh && cargo build && python3 tests/peers/check.py target/debug/nianbao

audit: setup-audit ## Licences, doubles and origins of the crates, and what is known of weaknesses in them and in npm's packages
	@scripts/audit.sh

screenshots: setup-test ## Pictures of the demo page, into target/screenshots/
	@$(MAKE) --no-print-directory dist/.built
	@source scripts/env.sh && node tests/browser/screenshots.mjs $(HASHES)

clean: ## Remove what was built; .tools/ stays
	@rm -rf dist pkg target

setup: ## Only install what is missing (setup-test: for the tests too)
	@scripts/setup.sh run

setup-package:
	@scripts/setup.sh package

setup-test:
	@scripts/setup.sh test

setup-audit:
	@scripts/setup.sh audit

setup-bench:
	@scripts/setup.sh bench

setup-fuzz:
	@scripts/setup.sh fuzz

dist/.built: $(SOURCES)
	@scripts/build.sh

pkg/.packed: dist/.built $(wildcard package/* docs/*.md scripts/package.sh scripts/package.mjs scripts/custom-elements.mjs scripts/notices.mjs) LICENSE-MIT LICENSE-APACHE CHANGELOG.md
	@scripts/package.sh
