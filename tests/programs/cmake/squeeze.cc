// SPDX-License-Identifier: GPL-2.0
#include "squeeze.h"

#include <zlib.h>

#ifndef __RUMPRUN__
#error "not compiled by the cross compiler"
#endif

static const Bytef *bytes(const std::string &text)
{
	return reinterpret_cast<const Bytef *>(text.data());
}

std::string squeeze(const std::string &text)
{
	uLongf size = compressBound(text.size());
	std::string out(size, 0);

	compress(reinterpret_cast<Bytef *>(out.data()), &size, bytes(text), text.size());
	out.resize(size);
	return out;
}

std::string unsqueeze(const std::string &text, std::size_t size)
{
	std::string out(size, 0);
	uLongf length = size;

	if (uncompress(reinterpret_cast<Bytef *>(out.data()), &length, bytes(text), text.size()) !=
	    Z_OK)
		throw damaged("not squeezed by us");
	out.resize(length);
	return out;
}
