# SPDX-License-Identifier: GPL-2.0
# What rumprun-bake tells of sizes: parts that add up, and modules as large as their objects are.
. "$(dirname "$0")/../lib/testlib.sh"

rumprun-bake --json list >"$T/list"
for config in $(jq -r '.configurations | keys[]' "$T/list"); do
	rumprun-bake --json describe "$config" >"$T/describe"
	same "$config: the parts are the whole" "$(jq .bytes "$T/describe")" \
		"$(jq '.base_bytes + .shared_bytes + ([.components[].bytes] | add)' "$T/describe")"
	same "$config: so are the modules" "$(jq .bytes "$T/describe")" \
		"$(jq '.base_bytes + ([.modules[].bytes] | add)' "$T/describe")"
	kit=$RUMPRUN_BUILD/kit/$(jq -r .base "$T/describe")
	jq -r '.modules[] | "\(.name) \(.bytes)"' "$T/describe" | sort >"$T/told"
	jq -r '.modules[].name' "$T/describe" | sort | sed "s,.*,$kit/components/&.o," |
		xargs -r size | awk 'NR > 1 { sub(/.*\//, "", $6); sub(/\.o$/, "", $6); print $6, $4 }' |
		sort >"$T/objects"
	# The names of parameters grow a little when a module becomes a component.
	same "$config: modules are as large as their objects" "" \
		"$(join "$T/told" "$T/objects" | awk '$2 > $3 || $3 - $2 > 1024')"
	same "$config: each module has one" "$(wc -l <"$T/told")" "$(join "$T/told" "$T/objects" | wc -l)"
done
same "list: every component has a size" 0 "$(jq '[.components[] | select(.bytes <= 0)] | length' "$T/list")"
