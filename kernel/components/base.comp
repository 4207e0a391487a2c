# SPDX-License-Identifier: GPL-2.0
# Parts of Linux that cannot be modules. They are built into the base kernel and taken out of it
# again: each becomes an object that is linked into an image only where somebody needs or wants it.
# What the rest calls in them has a stand-in in arch/rump/kernel/absent*.c. An object belongs to the
# first component that names it.
component pci
	text    The PCI bus, with MSI
	faction bus
	object  drivers/pci/% arch/rump/hw/pci.o arch/rump/hw/msi.o drivers/usb/host/pci-quirks.o

component blk_mq_pci
	text    Queues of block devices that follow the interrupts of a PCI device
	faction bus
	object  block/blk-mq-pci.o

component block
	text    Block devices, partitions, and the root in memory
	faction dev
	object  block/% fs/buffer.o fs/dax.o fs/direct-io.o fs/iomap/% fs/mpage.o drivers/block/%
	object  drivers/dax/% drivers/md/% arch/rump/kernel/rootmem.o arch/rump/mm/dax.o

component sysvipc
	text    System V message queues, semaphores and shared memory; POSIX message queues
	faction call
	object  ipc/%

component aio
	text    Linux's older asynchronous I/O, io_setup(2)
	faction call
	object  fs/aio.o

component io_uring
	text    Asynchronous I/O by shared rings, io_uring_setup(2)
	faction call
	object  io_uring/%

component keys
	text    Keys kept by the kernel, keyctl(2)
	faction call
	base    net
	option  KEYS=y
	object  security/keys/% lib/assoc_array.o

component khugepaged
	text    Huge pages made of small ones in the background, MADV_COLLAPSE
	faction call
	object  mm/khugepaged.o
