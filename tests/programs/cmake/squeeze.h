/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SQUEEZE_H
#define SQUEEZE_H

#ifdef __cplusplus
#include <stdexcept>
#include <string>

struct damaged : std::runtime_error {
	using std::runtime_error::runtime_error;
};

std::string squeeze(const std::string &text);

/* Throws "damaged" when the text is not what squeeze() has made. */
std::string unsqueeze(const std::string &text, std::size_t size);
#endif

#endif
