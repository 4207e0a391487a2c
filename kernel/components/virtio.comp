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
