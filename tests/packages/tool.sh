# SPDX-License-Identifier: GPL-2.0
# rumprun-pkg itself: its errors, its cache, and what it does with tests that fail.
. "$(dirname "$0")/../lib/testlib.sh"
cd "$T" || exit 1
export XDG_CACHE_HOME=$T/cache

# package NAME DESCRIPTION: below mine/.
package() {
	mkdir -p "mine/$1"
	echo "$2" >"mine/$1/package.json"
}

# refuses WHAT STATUS PATTERN ARGUMENTS...
refuses() {
	local what=$1 status=$2 pattern=$3
	shift 3
	rumprun-pkg "$@" >out 2>&1
	same "$what: status" "$status" $? out
	contains "$what: message" "$pattern" out
}

refuses "no command" 64 'usage: rumprun-pkg'
refuses "an unknown command" 64 'usage: rumprun-pkg' bake
refuses "an unknown package" 64 'perhaps nginx is meant' build ngnix
refuses "no package named" 64 'which package' build
refuses "one output for two" 64 'names one file' build -o x nginx lua
refuses "an unknown platform" 64 'expected qemu, proc or all' -p xen list
refuses "a platform for tests only" 64 'all is for test' -p all list
refuses "no such folder" 1 'there are no packages' -C nowhere list
package typo '{"text": "x", "programs": [["hello"]], "dep": ["nginx"]}'
refuses "a wrong key" 64 'mine/typo/package.json: .*dep' -C mine list
package typo '{"text": "x", "programs": []}'
refuses "no program" 64 '"programs" has none' -C mine list
package typo '{"text": "x", "programs": [["hello"]], "launch": {"memroy": 3}}'
refuses "a wrong key of the document" 64 'launch: .*memroy' -C mine list
package typo '{"text": "x"'
refuses "no JSON" 64 'mine/typo/package.json:' -C mine list
rm -r mine/typo

must rumprun-pkg list --json
same "list speaks JSON" '"Web server"' "$(jq .nginx.text must.out)"
must rumprun-pkg needs nginx
same "needs of one" "curl curl" "$(cat must.out)"

# A package of our own: no Debian package, a program out of its own folder.
cp -r "$RUMPRUN_BUILD/kit/packages/runner.sh" mine/
must gcc -static -O2 -o hello "$SOURCE/tests/programs/hello.c"
mkdir -p mine/hello/root/bin
cp hello mine/hello/root/bin/
package hello '{"text": "x", "configuration": "hw_minimal", "programs": [["hello", "a", "b"]]}'
echo 'check() { same "its status" 2 "$status"; contains "an argument" "^b$" "$T/out"; }' >mine/hello/test.sh
must rumprun-pkg -C mine build hello
image=$(cat must.out)
[ -s "$image" ] && ok "an image" || fail "an image" "none" must.out
must rumprun-pkg -C mine build hello
same "built once" "$image" "$(cat must.out)"
must rumprun-pkg -C mine build hello -o copy.img
cmp -s copy.img "$image" && ok "a copy of it" || fail "a copy of it" "another file"
mkdir more
echo "of our own" >more/note
must rumprun-pkg -C mine build hello -v -o own.img -- --root more
contains "shows how it is baked" '^[^ ]*/rumprun-bake .*--root more hw_minimal own.img hello --arg a --arg b$' must.out
boot 60 own.img </dev/null
same "an image with more options: status" 2 $? out err
refuses "more options without a file" 64 'give --output' -C mine build hello -- --root more
echo more >mine/hello/root/more
must rumprun-pkg -C mine build hello
[ "$(cat must.out)" != "$image" ] && ok "built again when a file has changed" ||
	fail "built again when a file has changed" "the same image"
[ ! -e "$image" ] && ok "the old image is gone" || fail "the old image is gone" "it is there"

must rumprun-pkg -C mine test
contains "a test that passes" '^ok hello: an argument$' must.out
same "counted" "1 passed, 0 failed" "$(tail -n 1 must.out)"
must rumprun-pkg -C mine test
contains "not run twice" '^ok hello: has passed before' must.out
must rumprun-pkg -C mine table
contains "a row of the table" '^| hello | x |  | passes | ' must.out

rumprun-pkg -C mine run hello c </dev/null >out 2>err
same "run: status" 3 $? out err
contains "run: arguments come behind its own" '^c$' out

package nowhere '{"text": "x", "configuration": "hw_minimal", "programs": [["hello"]], "without": {"qemu": "no reason"}}'
refuses "run: not there" 1 'nowhere: not on qemu: no reason' -C mine run nowhere
rm -r mine/nowhere
cp -r mine/hello mine/process
package process '{"text": "x", "configuration": "hw_minimal", "programs": [["hello", "a"]]}'
timeout 100 rumprun-pkg -C mine -p proc --allow-root run process b </dev/null >out 2>err
same "run: a process, as root, too: status" 2 $? out err
rm -r mine/process

# On a terminal a line shows what goes on, and is gone afterwards. The build waits for us to see it.
export GO=$T/go
mkfifo go
package slow '{"text": "x", "source": {}, "configuration": "hw_minimal", "programs": [["hello"]]}'
mkdir -p mine/slow/root/bin
cp hello mine/slow/root/bin/
# shellcheck disable=SC2016 # for its own shell
echo 'read -r line <"$GO"' >mine/slow/build.sh
script -qec 'rumprun-pkg -C mine build slow' /dev/null >terminal </dev/null &
until_ok 60 grep -q 'cross-building slow, [0-9]* s' terminal && ok "a terminal shows what goes on" ||
	fail "a terminal shows what goes on" "not in 60 s" terminal
echo on >go
wait $!
same "building behind it: status" 0 $? terminal
rm -r mine/slow

# A test that is stopped takes its guest along.
must gcc -static -O2 -x c -o waits - <<<'int pause(void); int main(void) { for (;;) pause(); }'
mkdir -p mine/slow/root/bin
mv waits mine/slow/root/bin/
package slow '{"text": "x", "configuration": "hw_minimal", "programs": [["waits"]]}'
echo 'answer() { timeout 5 tail -f /dev/null; }' >mine/slow/test.sh
must rumprun-pkg -C mine build slow
image=$(cat must.out)
rumprun-pkg -C mine test slow >out 2>&1 &
runs() {
	rumpstop -l | grep "running .*$image" || { timeout 0.2 tail -f /dev/null && false; }
}
gone() {
	! runs
}
until_ok 60 runs && ok "its guest runs" || fail "its guest runs" "not in 60 s" out
kill $!
until_ok 60 gone && ok "stopped, its guest is gone" || fail "stopped, its guest is gone" "it is there" out
rm -r mine/slow

# A variant, with a test that fails beside one that cannot be built.
package variant '{"like": "hello", "programs": [["hello"]], "fast": true}'
package broken '{"text": "x", "programs": [["no-such-program"]]}'
rumprun-pkg -C mine test --fast >out 2>&1
same "a test that fails: status" 1 $? out
contains "a test that fails" '^FAIL variant: its status: expected' out
same "only the fast one" "0 passed, 1 failed" "$(tail -n 1 out)"
rumprun-pkg -C mine test >out 2>&1
same "all are tried" "1 passed, 2 failed" "$(tail -n 1 out)"
contains "the reason is shown" 'no-such-program: no such program' out
