# SPDX-License-Identifier: GPL-2.0
component selftest
	text    Linux's tests older than KUnit, which run while the kernel starts
	faction test
	base    net
	option  TEST_BITOPS=m TEST_BITMAP=m TEST_PRINTF=m TEST_SCANF=m
	option  TEST_HEXDUMP=m TEST_UUID=m TEST_UBSAN=m
	module  test_bitops test_bitmap test_printf test_scanf test_hexdump test_uuid test_ubsan
