# SPDX-License-Identifier: GPL-2.0
component scsi_disk
	text    SCSI and SATA disks
	faction dev
	option  SCSI=m BLK_DEV_SD=m
	module  sd_mod

component scsi_cdrom
	text    SCSI and SATA CD-ROM drives
	faction dev
	option  SCSI=m BLK_DEV_SR=m
	module  sr_mod

component ahci
	text    SATA disks on AHCI
	faction dev
	option  ATA=m SATA_AHCI=m ATA_VERBOSE_ERROR=n SATA_PMP=n
	module  ahci
	needs   scsi_disk scsi_cdrom

component ata_piix
	text    IDE disks on Intel PIIX (QEMU's pc machine)
	faction dev
	base    net
	option  ATA=m ATA_SFF=y ATA_BMDMA=y ATA_PIIX=m
	module  ata_piix
	needs   scsi_disk scsi_cdrom

component nvme
	text    NVMe disks
	faction dev
	option  BLK_DEV_NVME=m
	module  nvme

component usb_xhci
	text    USB 3 host controller
	faction bus
	base    net
	option  USB_SUPPORT=y USB=m USB_PCI=y USB_XHCI_HCD=m
	module  xhci-pci

component usb_ehci
	text    USB 2 host controller
	faction bus
	base    net
	option  USB_SUPPORT=y USB=m USB_PCI=y USB_EHCI_HCD=m
	module  ehci-pci

component usb_storage
	text    USB disks (bulk-only and UAS)
	faction dev
	base    net
	option  USB_STORAGE=m USB_UAS=m
	module  usb-storage uas
	needs   usb_xhci scsi_disk

component e1000
	text    Intel 8254x network interfaces
	faction dev
	base    net
	option  ETHERNET=y NET_VENDOR_INTEL=y E1000=m
	module  e1000

component e1000e
	text    Intel 82566-82583 and I217-I219 network interfaces
	faction dev
	base    net
	option  ETHERNET=y NET_VENDOR_INTEL=y E1000E=m
	module  e1000e

component igb
	text    Intel 82575, 82576, I210 and I350 network interfaces
	faction dev
	base    net
	option  ETHERNET=y NET_VENDOR_INTEL=y IGB=m IGB_HWMON=n
	module  igb

component r8169
	text    Realtek 8168 and 8169 network interfaces
	faction dev
	base    net
	option  ETHERNET=y NET_VENDOR_REALTEK=y R8169=m
	module  r8169 realtek

component vmxnet3
	text    VMware network interface
	faction dev
	base    net
	option  VMXNET3=m
	module  vmxnet3

component serial_8250
	text    Serial ports on PCI
	faction dev
	option  SERIAL_8250=m SERIAL_8250_PCILIB=y SERIAL_8250_PCI=m SERIAL_8250_EXAR=n
	option  SERIAL_8250_PERICOM=n SERIAL_8250_NR_UARTS=8 SERIAL_8250_RUNTIME_UARTS=4
	option  SERIAL_8250_DEPRECATED_OPTIONS=n SERIAL_8250_16550A_VARIANTS=n
	module  8250 8250_pci
