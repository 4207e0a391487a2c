# SPDX-License-Identifier: GPL-2.0
# Completion in bash: by its function, and once on a terminal.
. "$(dirname "$0")/../lib/testlib.sh"
cd "$T" || exit 1
mkdir folder
touch image

# complete_to WORDS...: what is offered for the last one.
complete_to() {
	bash -c '. "$0"
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		"$(complete -p "$1" | cut -d" " -f3)"
		echo "${COMPREPLY[@]}"' "$SOURCE/tools/completion/rumprun.bash" "$@"
}

for command in rumprun rumprun-bake rumprun-pkg rumpstop rumpctrl; do
	complete_to "$command" -- | tr ' ' '\n' | sort >offered
	"$command" --help | grep -oE -- '(^  |[,;] )--[a-z-]+' | tr -d ' ,;' | sort -u >options
	same "$command: no option is missing" "" "$(comm -13 offered options)" options
	contains "$command: --version" '^--version$' offered
done
same "a package" ngircd "$(complete_to rumprun-pkg build ngir)"
same "a command of rumprun-pkg" table "$(complete_to rumprun-pkg -p proc ta)"
same "a platform" proc "$(complete_to rumprun pr)"
same "--allow-root" --allow-root "$(complete_to rumprun proc --al)"
same "an image" image "$(complete_to rumprun proc im)"
same "the machine" microvm "$(complete_to rumprun qemu --machine = mi)"
same "an interface" net0, "$(complete_to rumprun qemu -I net0,virtio,tap -W ne)"
same "where remote calls come in" unix: "$(complete_to rumprun qemu --sysproxy un)"
same "and on which path" image "$(complete_to rumprun qemu --sysproxy unix : im)"
same "a configuration" hw_minimal "$(complete_to rumprun-bake -m 'add ext4' hw_mi)"
same "a configuration to describe" "hw_minimal" "$(complete_to rumprun-bake describe hw_mi)"
printf 'config mine\n\tinherit hw_minimal\n' >mine.conf
same "one of one's own" mine "$(complete_to rumprun-bake -c mine.conf describe mi)"
same "what to modify" "add" "$(complete_to rumprun-bake -m '"a')"
same "a component" "add ext4" "$(complete_to rumprun-bake -m '"add ext')"
same "a second component" "add vfat ext4" "$(complete_to rumprun-bake -m "'add vfat ext")"
same "where the root is" drive "$(complete_to rumprun-bake --root-in dr)"
same "a folder" folder "$(complete_to rumprun-bake --root f)"
same "a program to bake" image "$(complete_to rumprun-bake hw_minimal out.img im)"
same "an address" console: "$(complete_to rumpctrl --key file co)"
same "a socket" image "$(complete_to rumpctrl unix : im)"
same "which sockets" inet "$(complete_to rumpctrl tcp : localhost : 9000 -s in)"
same "a program for rumpctrl" rumprun-bake "$(complete_to rumpctrl unix : image rumprun-ba)"
same "its arguments" image "$(complete_to rumpctrl unix : image ls -l im)"

python3 "$SOURCE/tests/programs/terminal.py" 60 'expect [#$] ' \
	"send . $SOURCE/tools/completion/rumprun.bash\n" 'expect [#$] ' \
	"send rumprun-bake -m \"add ext\t" 'expect add ext4"' 'send describe hw_mi\t' \
	'expect hw_minimal' 'send \n' 'expect modules that' 'expect [#$] ' 'send exit\n' -- bash --norc -i >out 2>&1
same "on a terminal" 0 $? out
