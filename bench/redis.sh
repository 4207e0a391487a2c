# SPDX-License-Identifier: GPL-2.0
# redis through the same network, in the same program on rumprun and on the x86 peer: requests a second at
# pipeline 1 and 16, and their ratio. Sourced by run.

bench_redis() {
	:
}
