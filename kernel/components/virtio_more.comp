# SPDX-License-Identifier: GPL-2.0
component virtio_scsi
	text    virtio SCSI host adapter, with disk and CD-ROM
	faction dev
	option  SCSI=m SCSI_LOWLEVEL=y SCSI_VIRTIO=m
	module  virtio_scsi
	needs   scsi_disk scsi_cdrom

component virtio_balloon
	text    virtio memory balloon
	faction dev
	option  VIRTIO_BALLOON=m
	module  virtio_balloon

component virtio_9p
	text    9P transport to the host over virtio
	faction dev
	base    net
	option  NET_9P=m NET_9P_VIRTIO=m
	module  9pnet_virtio
	needs   9p

component virtiofs
	text    The host's files over virtio
	faction fs
	option  FUSE_FS=m VIRTIO_FS=m
	module  virtiofs

component vsock
	text    AF_VSOCK sockets to the host over virtio
	faction net
	base    net
	option  VSOCKETS=m VSOCKETS_DIAG=n VSOCKETS_LOOPBACK=m VIRTIO_VSOCKETS=m
	module  vmw_vsock_virtio_transport vsock_loopback
