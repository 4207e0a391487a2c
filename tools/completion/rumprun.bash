# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Completion for the commands: source it, or put it where bash-completion looks.

# For the functions below: the word at hand and the one before it, also in --option=value.
_rumprun_begin() {
	word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	COMPREPLY=()
	if [ "$word" = = ]; then
		word=
	elif [ "$before" = = ]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	fi
}

# _rumprun_place OPTIONS: how many words are before the one at hand, but for options, and the values
# of those that OPTIONS lists.
_rumprun_place() {
	local i n=0
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		[:=]) i=$((i + 1)) ;;
		-*) [[ " $1 " = *" ${COMP_WORDS[i]} "* && ${COMP_WORDS[i + 1]} != = ]] && i=$((i + 1)) ;;
		*) n=$((n + 1)) ;;
		esac
	done
	echo "$n"
}

# No space behind what is chosen, as more follows.
_rumprun_nospace() {
	compopt -o nospace 2>/dev/null
}

# _rumprun_words TEXT: those words of it that begin with the one at hand.
_rumprun_words() {
	mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$1" -- "$word")
}

_rumprun_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -f -- "$word")
}

_rumprun_folders() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -d -- "$word")
}

# _rumprun_options COMMAND: what its --help lists, at the beginning of a line or behind another.
_rumprun_options() {
	_rumprun_words "$("$1" --help 2>/dev/null |
		grep -o -- '^ *--*[a-zA-Z][a-z-]*\|[,;] --*[a-zA-Z][a-z-]*' | tr -d ' ,;')"
}

# _rumprun_address TRANSPORTS: bash takes the colon in it for a word.
_rumprun_address() {
	local i=$COMP_CWORD
	if [ "$word" = : ]; then
		word= i=$((i + 1))
	fi
	if [ "${COMP_WORDS[i - 1]}" != : ]; then
		_rumprun_nospace
		_rumprun_words "$1"
	elif [[ ${COMP_WORDS[i - 2]} = unix || ${COMP_WORDS[i - 2]} = console ]]; then
		_rumprun_files
	fi
}

# The interfaces that the words so far name, for -W.
_rumprun_tags() {
	local i
	for ((i = 1; i < COMP_CWORD - 1; i++)); do
		[ "${COMP_WORDS[i]}" = -I ] && echo "${COMP_WORDS[i + 1]%%,*},"
	done
}

_rumprun() {
	local word before
	_rumprun_begin

	if [[ $word = : || $before = : ]]; then
		_rumprun_address
		return
	fi
	case $before in
	--sysproxy) _rumprun_address 'tcp: vsock: unix: console:' ;;
	--machine) _rumprun_words 'q35 microvm' ;;
	-W)
		_rumprun_nospace
		_rumprun_words "$(_rumprun_tags)"
		;;
	-T) _rumprun_folders ;;
	-b | --config | --root | --sysproxy-key) _rumprun_files ;;
	-e | -I | -P | -M | -s | -N | -D | -g) ;;
	*)
		case $word in
		-*) _rumprun_options rumprun ;;
		*)
			_rumprun_files
			[ "$COMP_CWORD" != 1 ] || _rumprun_words 'qemu kvm proc'
			;;
		esac
		;;
	esac
}

_rumpstop() {
	local word before
	_rumprun_begin

	case $word in
	-*) _rumprun_options rumpstop ;;
	*) _rumprun_words "$(rumpstop -l 2>/dev/null | cut -d' ' -f1)" ;;
	esac
}

_rumpctrl() {
	local word before place
	_rumprun_begin
	place=$(_rumprun_place '-k --key -p --path -s --socket -l --local')

	if [[ $word = : || $before = : ]]; then
		_rumprun_address
	elif [ "$place" -gt 1 ]; then
		_rumprun_files
	else
		case $before in
		-k | --key | -p | --path | -l | --local) _rumprun_files ;;
		-s | --socket) _rumprun_words 'all inet none' ;;
		*)
			case $place$word in
			?-*) _rumprun_options rumpctrl ;;
			0*) _rumprun_address 'tcp: vsock: unix: console:' ;;
			*) mapfile -t COMPREPLY < <(compgen -c -- "$word") ;;
			esac
			;;
		esac
	fi
}

# _rumprun_listed HEADING: what "rumprun-bake list" has under it, with the -c of this command.
_rumprun_listed() {
	local i files=()
	for ((i = 1; i < COMP_CWORD - 1; i++)); do
		[[ ${COMP_WORDS[i]} = -c || ${COMP_WORDS[i]} = --conf ]] && files+=(-c "${COMP_WORDS[i + 1]}")
	done
	rumprun-bake "${files[@]}" list 2>/dev/null | sed -n "/^$1/,/^\$/s/^  \([^ ]*\).*/\1/p"
}

# The words of -m are one to the shell, in quotes that may still be open.
_rumprun_modify() {
	local quote='' said=
	case $word in
	[\"\']*) quote=${word:0:1} word=${word:1} ;;
	esac
	if [ "${word% *}" != "$word" ]; then
		said="${word% *} " word=${word##* }
	fi
	case $said in
	'')
		_rumprun_nospace
		_rumprun_words 'add remove memory'
		;;
	add\ * | remove\ *) _rumprun_words "$(_rumprun_listed Components)" ;;
	esac
	COMPREPLY=("${COMPREPLY[@]/#/$said}")
	[ -n "$quote" ] || COMPREPLY=("${COMPREPLY[@]// /\\ }")
}

_rumprun_bake() {
	local word before
	_rumprun_begin

	case $before in
	-m | --modify) _rumprun_modify ;;
	--root-in) _rumprun_words 'memory drive ram auto' ;;
	--root) _rumprun_folders ;;
	-c | --conf | --file | --config) _rumprun_files ;;
	--arg | --env | --deb) ;;
	describe) _rumprun_words "$(_rumprun_listed Configurations)" ;;
	*)
		case $(_rumprun_place '-c --conf -m --modify --deb --root --file --root-in --arg --env --config')$word in
		?-*) _rumprun_options rumprun-bake ;;
		0*) _rumprun_words "list describe $(_rumprun_listed Configurations)" ;;
		*) _rumprun_files ;;
		esac
		;;
	esac
}

_rumprun_pkg() {
	local word before
	_rumprun_begin

	case $before in
	-C | --packages) _rumprun_folders ;;
	-o | --output) _rumprun_files ;;
	-p | --platform) _rumprun_words 'qemu proc all' ;;
	*)
		case $word in
		-*) _rumprun_options rumprun-pkg ;;
		*)
			if [[ " ${COMP_WORDS[*]:1:COMP_CWORD-1} " =~ \ (build|run|test|needs)\  ]]; then
				_rumprun_words "$(rumprun-pkg list 2>/dev/null | cut -d' ' -f1)"
			else
				_rumprun_words 'list build run test needs table'
			fi
			;;
		esac
		;;
	esac
}

complete -F _rumprun rumprun
complete -F _rumpstop rumpstop
complete -F _rumpctrl rumpctrl
complete -F _rumprun_bake rumprun-bake
complete -F _rumprun_pkg rumprun-pkg
