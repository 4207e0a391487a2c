# SPDX-License-Identifier: GPL-2.0
# The decoders of remote system calls against whatever bytes: ten seconds of libFuzzer, or as many as
# FUZZ_SECONDS says, beginning with real frames.
. "$(dirname "$0")/../lib/testlib.sh"

must clang -std=gnu11 -D_GNU_SOURCE -g -O1 -Wall -Wextra -Werror \
	-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	-I"$SOURCE/sysproxy/common" -I"$SOURCE/sysproxy/server" -o "$T/fuzz" \
	"$SOURCE/tests/fuzz/sysproxy.c" "$SOURCE"/sysproxy/common/{calls,encode,finish,preamble,shape,wire}.c \
	"$SOURCE/sysproxy/server/parse.c"
mkdir "$T/corpus"
must python3 "$SOURCE/tests/programs/sysproxy_frames.py" "$T/corpus"

if "$T/fuzz" -max_total_time="${FUZZ_SECONDS:-10}" -max_len=4096 -rss_limit_mb=1024 -timeout=10 \
	-artifact_prefix="$T/" "$T/corpus" >"$T/out" 2>&1; then
	ok "decoders: $(grep -c . <(ls "$T/corpus")) inputs, $(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$T/out") runs"
else
	fail "decoders" "the fuzzer found an input" "$T/out"
fi
