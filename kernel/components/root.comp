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
