# SPDX-License-Identifier: GPL-2.0
component erofs
	text    EROFS, the read-only file system of the root
	faction fs
	option  MISC_FILESYSTEMS=y EROFS_FS=m EROFS_FS_XATTR=n EROFS_FS_ZIP=n EROFS_FS_BACKED_BY_FILE=n
	module  erofs

component overlay
	text    Overlay of a writable tree on a read-only one
	faction fs
	option  OVERLAY_FS=m OVERLAY_FS_REDIRECT_ALWAYS_FOLLOW=n
	module  overlay

component ext4
	text    The ext4 file system; reads ext2 and ext3 too
	faction fs
	option  EXT4_FS=m EXT4_USE_FOR_EXT2=y EXT4_FS_POSIX_ACL=y
	module  ext4

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

component vfat
	text    The FAT file system with long names
	faction fs
	option  VFAT_FS=m FAT_DEFAULT_IOCHARSET="iso8859-1" NLS=m
	option  NLS_CODEPAGE_437=m NLS_ISO8859_1=m NLS_UTF8=m
	module  vfat
	needs   nls_cp437 nls_iso8859-1 nls_utf8

component exfat
	text    The exFAT file system
	faction fs
	base    net
	option  EXFAT_FS=m
	module  exfat
	needs   nls_utf8

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

component nfs
	text    NFS client, versions 3 and 4
	faction fs
	base    net
	option  NETWORK_FILESYSTEMS=y NFS_FS=m NFS_V2=n NFS_V3=m NFS_V4=m NFS_V4_1=y NFS_V4_2=y
	option  NFS_V3_ACL=n NFS_SWAP=n SUNRPC_DEBUG=n NFS_DISABLE_UDP_SUPPORT=n
	module  nfs nfsv3 nfsv4

component 9p
	text    9P file system; over TCP, or over virtio with virtio_9p
	faction fs
	base    net
	option  NETWORK_FILESYSTEMS=y NET_9P=m NET_9P_FD=m 9P_FS=m 9P_FS_POSIX_ACL=n
	module  9p 9pnet_fd
