/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SUMS_H
#define SUMS_H

/* The sum of all numbers from one up to n, by that many threads; -1 when one could not start. */
long sum_by_threads(long n, int threads);

#endif
