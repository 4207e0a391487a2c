# SPDX-License-Identifier: GPL-2.0
# Linux's own tests: of file systems that are components, and those older than KUnit, which run while
# the kernel starts.
component kunit_ext4
	text    KUnit suites of ext4; those of its allocator are in ext4 itself
	faction test
	base    net
	option  EXT4_KUNIT_TESTS=m
	module  ext4-inode-test
	needs   ext4

component kunit_vfat
	text    KUnit suite of the FAT file system
	faction test
	base    net
	option  FAT_KUNIT_TEST=m
	module  fat_test
	needs   vfat

component selftest
	text    Tests of bit operations, bitmaps, printf() and scanf(), kstrtox, hexdump and UUIDs
	faction test
	base    net
	option  TEST_BITOPS=m TEST_BITMAP=m TEST_PRINTF=m TEST_SCANF=m TEST_KSTRTOX=m
	option  TEST_HEXDUMP=m TEST_UUID=m
	module  test_bitops test_bitmap test_printf test_scanf test-kstrtox test_hexdump test_uuid
