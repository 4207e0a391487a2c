// SPDX-License-Identifier: GPL-2.0
// Writes, compacts, reads back in order, and opens again what it has written.
#include <cstdio>
#include <leveldb/db.h>
#include <leveldb/write_batch.h>
#include <memory>
#include <string>

static const int COUNT = 20000;

static std::string key(int i)
{
	char text[16];

	std::snprintf(text, sizeof(text), "key%06d", i);
	return text;
}

static std::unique_ptr<leveldb::DB> open(const char *path)
{
	leveldb::Options options;
	leveldb::DB *db = nullptr;

	options.create_if_missing = true;
	leveldb::Status status = leveldb::DB::Open(options, path, &db);
	if (!status.ok())
		std::fprintf(stderr, "%s\n", status.ToString().c_str());
	return std::unique_ptr<leveldb::DB>(db);
}

static bool fill(leveldb::DB *db)
{
	for (int i = 0; i < COUNT; i += 100) {
		leveldb::WriteBatch batch;

		for (int k = i; k < i + 100; k++)
			batch.Put(key(k), std::string(100, static_cast<char>('a' + k % 26)));
		if (!db->Write(leveldb::WriteOptions(), &batch).ok())
			return false;
	}
	db->CompactRange(nullptr, nullptr);
	return true;
}

static int count_in_order(leveldb::DB *db)
{
	std::unique_ptr<leveldb::Iterator> at(db->NewIterator(leveldb::ReadOptions()));
	std::string last;
	int count = 0;

	for (at->SeekToFirst(); at->Valid(); at->Next(), count++) {
		if (at->key().ToString() <= last || at->value().size() != 100)
			return -1;
		last = at->key().ToString();
	}
	return at->status().ok() ? count : -1;
}

int main(int, char **argv)
{
	auto db = open(argv[1]);

	if (!db || !fill(db.get()))
		return 1;
	std::printf("written and in order: %d\n", count_in_order(db.get()));
	db.reset();
	db = open(argv[1]);
	if (!db)
		return 1;
	std::printf("opened again: %d\n", count_in_order(db.get()));
	return 0;
}
