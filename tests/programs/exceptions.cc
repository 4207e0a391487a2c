// SPDX-License-Identifier: GPL-2.0
// C++: exceptions through frames and threads, RTTI, destructors on the way.
#include <cstdio>
#include <exception>
#include <future>
#include <stdexcept>
#include <string>
#include <typeinfo>

static bool failed;

static void report(const char *name, bool good)
{
	std::printf("%s c++: %s%s\n", good ? "ok" : "FAIL", name, good ? "" : ": wrong result");
	failed |= !good;
}

struct counted {
	static int alive;
	counted() { alive++; }
	~counted() { alive--; }
};
int counted::alive;

static void deep(int depth)
{
	counted here;

	if (depth == 0)
		throw std::runtime_error("from the depth");
	deep(depth - 1);
}

struct base {
	virtual ~base() = default;
};
struct derived : base {
};

int main()
{
	std::string what;
	try {
		deep(100);
	} catch (const std::exception &e) {
		what = e.what();
	}
	report("exceptions", what == "from the depth");
	report("destructors on the way", counted::alive == 0);

	auto future = std::async(std::launch::async, []() -> int { throw std::logic_error("x"); });
	bool caught = false;
	try {
		future.get();
	} catch (const std::logic_error &) {
		caught = true;
	}
	report("exceptions across threads", caught);

	derived d;
	base &b = d;
	report("RTTI", typeid(b) == typeid(derived) && dynamic_cast<derived *>(&b));
	return failed;
}
