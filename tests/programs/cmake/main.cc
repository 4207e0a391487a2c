// SPDX-License-Identifier: GPL-2.0
// Exceptions of a library's own type, through threads; RTTI; zlib of Debian, all of it static.
#include "squeeze.h"

#include <cstdio>
#include <future>
#include <typeinfo>
#include <vector>

static bool failed;

static void report(const char *name, bool good)
{
	std::printf("%s cmake: %s%s\n", good ? "ok" : "FAIL", name, good ? "" : ": wrong result");
	failed |= !good;
}

static bool round_trip(int seed)
{
	std::string text;

	for (int i = 0; i < 10000; i++)
		text += static_cast<char>('a' + (i / 7 + seed) % 26);
	return unsqueeze(squeeze(text), text.size()) == text;
}

int main()
{
	std::vector<std::future<bool>> threads;
	bool all = true;

	for (int i = 0; i < 4; i++)
		threads.push_back(std::async(std::launch::async, round_trip, i));
	for (auto &t : threads)
		all = t.get() && all;
	report("zlib in four threads", all);

	auto broken = std::async(std::launch::async, [] { return unsqueeze("rubbish", 100); });
	try {
		broken.get();
		report("an exception out of a thread", false);
	} catch (const std::runtime_error &e) {
		report("an exception out of a thread", true);
		report("its type", typeid(e) == typeid(damaged));
	}
	return failed;
}
