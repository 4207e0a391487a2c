# SPDX-License-Identifier: GPL-2.0
component xfs
	text    The XFS file system
	faction fs
	base    net
	option  XFS_FS=m XFS_SUPPORT_V4=n XFS_SUPPORT_ASCII_CI=n XFS_POSIX_ACL=y
	module  xfs
	needs   crc32c

component btrfs
	text    The Btrfs file system
	faction fs
	base    net
	option  BTRFS_FS=m BTRFS_FS_POSIX_ACL=y
	option  CRYPTO_XXHASH=m CRYPTO_BLAKE2B=m CRYPTO_SHA256=m RAID6_PQ_BENCHMARK=n
	module  btrfs

component exfat
	text    The exFAT file system
	faction fs
	base    net
	option  EXFAT_FS=m
	module  exfat
	needs   nls_utf8

component nfs
	text    NFS client, versions 3 and 4
	faction fs
	base    net
	option  NETWORK_FILESYSTEMS=y NFS_FS=m NFS_V2=n NFS_V3=m NFS_V4=m NFS_V4_1=y NFS_V4_2=y
	option  NFS_V3_ACL=n NFS_SWAP=n SUNRPC_DEBUG=n NFS_DISABLE_UDP_SUPPORT=n
	module  nfs nfsv3 nfsv4
