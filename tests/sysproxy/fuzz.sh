# SPDX-License-Identifier: GPL-2.0
# The decoders of remote system calls, and the relay of a guest's vsock, against whatever bytes: ten
# seconds of libFuzzer each, or as many as FUZZ_SECONDS says; the decoders begin with real frames.
. "$(dirname "$0")/../lib/testlib.sh"

# fuzz NAME SOURCES AND FLAGS...
fuzz() {
	local name=$1
	shift
	must clang -std=gnu11 -D_GNU_SOURCE -g -O1 -Wall -Wextra -Werror \
		-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -o "$T/$name" \
		"$SOURCE/tests/fuzz/$name.c" "$@"
	mkdir -p "$T/$name.corpus"
	if "$T/$name" -max_total_time="${FUZZ_SECONDS:-10}" -max_len=4096 -len_control=0 -rss_limit_mb=1024 -timeout=10 \
		-artifact_prefix="$T/" "$T/$name.corpus" >"$T/out" 2>&1; then
		ok "$name: $(grep -c . <(ls "$T/$name.corpus")) inputs, $(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$T/out") runs"
	else
		fail "$name" "the fuzzer found an input" "$T/out"
	fi
}

mkdir "$T/sysproxy.corpus"
must python3 "$SOURCE/tests/programs/sysproxy_frames.py" "$T/sysproxy.corpus"
fuzz sysproxy -I"$SOURCE/sysproxy/common" -I"$SOURCE/sysproxy/server" \
	"$SOURCE"/sysproxy/common/{calls,encode,finish,preamble,shape,wire}.c "$SOURCE/sysproxy/server/parse.c"
fuzz vsock -I"$SOURCE/tools/launch" -I"$SOURCE/tools/lib" -DVERSION='""' \
	"$SOURCE"/tools/launch/{vsock,vhost,vring}.c "$SOURCE"/tools/lib/{util,report}.c -ljansson
