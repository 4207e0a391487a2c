# SPDX-License-Identifier: GPL-2.0
component ext4
	text    The ext4 file system; reads ext2 and ext3 too
	faction fs
	option  EXT4_FS=m EXT4_USE_FOR_EXT2=y EXT4_FS_POSIX_ACL=y
	module  ext4

component vfat
	text    The FAT file system with long names
	faction fs
	option  VFAT_FS=m FAT_DEFAULT_IOCHARSET="iso8859-1" NLS=m
	option  NLS_CODEPAGE_437=m NLS_ISO8859_1=m NLS_UTF8=m
	module  vfat
	needs   nls_cp437 nls_iso8859-1 nls_utf8

component iso9660
	text    CD-ROM images with Joliet and Rock Ridge
	faction fs
	option  ISO9660_FS=m JOLIET=y ZISOFS=n
	module  isofs
	needs   nls_utf8 nls_iso8859-1

component squashfs
	text    Squashfs, compressed with gzip, xz, lz4 or zstd
	faction fs
	option  SQUASHFS=m SQUASHFS_ZLIB=y SQUASHFS_XZ=y SQUASHFS_LZ4=y SQUASHFS_ZSTD=y
	option  SQUASHFS_XATTR=n XZ_DEC_X86=n XZ_DEC_POWERPC=n XZ_DEC_ARM=n XZ_DEC_ARMTHUMB=n
	option  XZ_DEC_ARM64=n XZ_DEC_SPARC=n XZ_DEC_RISCV=n
	module  squashfs

component fuse
	text    File systems in programs
	faction fs
	option  FUSE_FS=m
	module  fuse

component 9p
	text    9P file system; over TCP, or over virtio with virtio_9p
	faction fs
	base    net
	option  NETWORK_FILESYSTEMS=y NET_9P=m NET_9P_FD=m 9P_FS=m 9P_FS_POSIX_ACL=n
	module  9p 9pnet_fd
