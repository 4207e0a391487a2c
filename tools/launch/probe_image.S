/* SPDX-License-Identifier: GPL-2.0 */
/* The linked probe, as data of rumprun. */
	.section .rodata
	.globl probe_guest, probe_guest_end
probe_guest:
	.incbin PROBE
probe_guest_end:
	.section .note.GNU-stack, "", @progbits
