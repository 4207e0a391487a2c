# SPDX-License-Identifier: GPL-2.0
component virtio_pci
	text    virtio devices on PCI
	faction bus
	option  VIRTIO_MENU=y VIRTIO_PCI=m VIRTIO_PCI_LEGACY=n
	module  virtio_pci

component virtio_mmio
	text    virtio devices on memory windows (microvm, Firecracker)
	faction bus
	option  VIRTIO_MMIO=m VIRTIO_MMIO_CMDLINE_DEVICES=y
	module  virtio_mmio

component virtio_net
	text    virtio network interface
	faction dev
	base    net
	option  NETDEVICES=y NET_CORE=y VIRTIO_NET=m
	module  virtio_net

component virtio_blk
	text    virtio block device
	faction dev
	option  BLK_DEV=y VIRTIO_BLK=m
	module  virtio_blk

component virtio_scsi
	text    virtio SCSI host adapter, with disk and CD-ROM
	faction dev
	option  SCSI=m SCSI_LOWLEVEL=y SCSI_VIRTIO=m
	module  virtio_scsi
	needs   scsi_disk scsi_cdrom

component virtio_rng
	text    virtio random number source
	faction dev
	option  HW_RANDOM=m HW_RANDOM_VIRTIO=m
	module  virtio-rng

component virtio_console
	text    virtio console and byte-stream ports
	faction dev
	option  VIRTIO_CONSOLE=m
	module  virtio_console

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
