# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Completion for the commands: source it, or put it where bash-completion looks.

# The interfaces that the words so far name, for -W.
_rumprun_tags() {
	local i
	for ((i = 1; i < COMP_CWORD - 1; i++)); do
		[ "${COMP_WORDS[i]}" = -I ] && echo "${COMP_WORDS[i + 1]%%,*},"
	done
}

_rumprun_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_rumprun() {
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local options='-i -b -e -I -W -P -M -s -N -D -p -d -g -S -T -v -h --machine --read-only --sysproxy --sysproxy-key
		--sysproxy-read-only --root
		--config --json --help --version'

	COMPREPLY=()
	case $before in
	--machine) mapfile -t COMPREPLY < <(compgen -W 'q35 microvm' -- "$word") ;;
	-W) compopt -o nospace && mapfile -t COMPREPLY < <(compgen -W "$(_rumprun_tags)" -- "$word") ;;
	-T) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
	-b | --config | --root | --sysproxy-key) _rumprun_files "$word" ;;
	-e | -I | -P | -M | -s | -N | -D | -g) ;;
	*)
		case $word in
		-*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word") ;;
		*)
			_rumprun_files "$word"
			[ "$COMP_CWORD" = 1 ] && mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < \
				<(compgen -W 'qemu kvm' -- "$word")
			;;
		esac
		;;
	esac
}

_rumpstop() {
	local word=${COMP_WORDS[COMP_CWORD]}

	case $word in
	-*) mapfile -t COMPREPLY < <(compgen -W '-k -l -h --json --help --version' -- "$word") ;;
	*) mapfile -t COMPREPLY < <(compgen -W "$(rumpstop -l 2>/dev/null | cut -d' ' -f1)" -- "$word") ;;
	esac
}

_rumprun_bake() {
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local options='-c -m -n -h --conf --modify --deb --root --file --root-in --read-only --arg --env
		--config --pipe --dry-run --json --help --version'

	COMPREPLY=()
	case $before in
	--root-in) mapfile -t COMPREPLY < <(compgen -W 'memory drive ram auto' -- "$word") ;;
	--root) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
	-m | --modify | --arg | --env | --deb) ;;
	*)
		case $word in
		-*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word") ;;
		*)
			_rumprun_files "$word"
			mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "list describe
				$(rumprun-bake list 2>/dev/null | sed -n '/^Conf/,/^$/s/^  \([^ ]*\).*/\1/p')" -- "$word")
			;;
		esac
		;;
	esac
}

_rumprun_pkg() {
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local commands='list build run test needs table'
	local options='-p -o -v -C -h --platform --output --verbose --packages --fast --again --measure --json --help --version'

	COMPREPLY=()
	case $before in
	-C | --packages) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
	-o | --output) _rumprun_files "$word" ;;
	-p | --platform) mapfile -t COMPREPLY < <(compgen -W 'qemu proc all' -- "$word") ;;
	*)
		case $word in
		-*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word") ;;
		*)
			[[ " ${COMP_WORDS[*]:1:COMP_CWORD-1} " =~ \ (build|run|test|needs)\  ]] &&
				commands=$(rumprun-pkg list 2>/dev/null | cut -d' ' -f1)
			mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word")
			;;
		esac
		;;
	esac
}

complete -F _rumprun rumprun
complete -F _rumpstop rumpstop
complete -F _rumprun_bake rumprun-bake
complete -F _rumprun_pkg rumprun-pkg
