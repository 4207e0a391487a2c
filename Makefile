# SPDX-License-Identifier: GPL-2.0
# make          builds kernels, components and tools; the tools are in build/bin
# make demo     the main job: nginx from Debian, baked, booted, asked for a page, powered off
# make check    the tests
# make check-packages  all programs of packages/, each asked by a real client
# make bench    measurements against peers; TABLES="boot size" for some of them only
# make install  PREFIX=/usr/local DESTDIR=: the tools and what they need
# make deb      the same as Debian packages, in build/

B := $(CURDIR)/build
PREFIX ?= /usr/local
export RUMPRUN_BUILD := $(B)

all: kernel tools sysproxy

.PHONY: all kernel tools sysproxy init demo check check-packages bench install deb clean needs \
	needs-demo needs-check needs-bench format

needs:
	@scripts/need scripts/run.list scripts/build.list

needs-demo: needs
	@scripts/need scripts/demo.list

needs-check: needs
	@scripts/need scripts/demo.list scripts/check.list

needs-bench: needs
	@scripts/need scripts/bench.list

kernel: needs
	+@$(MAKE) --no-print-directory -C kernel B=$(B)

init: needs
	+@$(MAKE) --no-print-directory -C init B=$(B)

tools: needs init
	+@$(MAKE) --no-print-directory -C tools B=$(B)

sysproxy: needs
	+@$(MAKE) --no-print-directory -C sysproxy B=$(B)

demo: needs-demo all
	@demo/run

# Two more base kernels are for the tests alone: kernel/components/debug.config and kasan.config. What
# packages need, they say themselves.
check: needs-check all
	+@$(MAKE) --no-print-directory -C kernel B=$(B) BASES="debug kasan"
	@$(B)/bin/rumprun-pkg needs --fast >$(B)/packages.list && scripts/need $(B)/packages.list
	@tests/run

# Goes on where it was interrupted.
check-packages: needs-check all
	@$(B)/bin/rumprun-pkg needs >$(B)/packages.list && scripts/need $(B)/packages.list
	@$(B)/bin/rumprun-pkg -p all test --measure; status=$$?; \
		$(B)/bin/rumprun-pkg table >$(B)/packages.md && cp $(B)/packages.md doc/ && exit $$status

# Only one table looks at a base kernel without SMP.
bench: needs-bench all
	$(if $(filter micro,$(or $(TABLES),micro)),+@$(MAKE) --no-print-directory -C kernel BASES=up B=$(B))
	@bench/run $(TABLES)

install: all
	@scripts/install $(B) $(abspath $(DESTDIR)$(PREFIX))

deb: all
	@scripts/deb $(B)

# Rewrites our C files in the project's style.
format:
	@git ls-files '*.c' '*.h' | xargs clang-format -i

clean:
	rm -rf $(B)
