# SPDX-License-Identifier: GPL-2.0
component loop
	text    Files as block devices
	faction dev
	option  BLK_DEV=y BLK_DEV_LOOP=m BLK_DEV_LOOP_MIN_COUNT=0
	module  loop

component dm
	text    Device mapper: linear, striped
	faction dev
	option  MD=y BLK_DEV_DM=m DM_UEVENT=n
	module  dm-mod

component dm_crypt
	text    Encrypted block devices (the original's cgd)
	faction dev
	option  DM_CRYPT=m
	module  dm-crypt
	needs   xts cbc essiv aes sha256

component md
	text    Software RAID core (the original's RAIDframe)
	faction dev
	base    net
	option  MD=y BLK_DEV_MD=m MD_BITMAP_FILE=n MD_AUTODETECT=n
	module  md-mod

component raid0
	text    RAID level 0
	faction dev
	base    net
	option  MD_RAID0=m
	module  raid0

component raid1
	text    RAID level 1
	faction dev
	base    net
	option  MD_RAID1=m
	module  raid1

component raid10
	text    RAID level 10
	faction dev
	base    net
	option  MD_RAID10=m
	module  raid10

component raid456
	text    RAID levels 4, 5 and 6
	faction dev
	base    net
	option  MD_RAID456=m
	module  raid456
