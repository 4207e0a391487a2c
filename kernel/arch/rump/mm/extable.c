// SPDX-License-Identifier: GPL-2.0
/*
 * What to do when an instruction faults that is allowed to. The table's format
 * and the meaning of its types are arch/x86's (asm/extable_fixup_types.h).
 */
#include <linux/bitfield.h>
#include <linux/extable.h>
#include <linux/ptrace.h>
#include <linux/uaccess.h>

/* Registers as instructions number them. */
static unsigned long *numbered_reg(struct pt_regs *regs, unsigned int nr)
{
	static const u8 offset[16] = {
		offsetof(struct pt_regs, ax),  offsetof(struct pt_regs, cx),
		offsetof(struct pt_regs, dx),  offsetof(struct pt_regs, bx),
		offsetof(struct pt_regs, sp),  offsetof(struct pt_regs, bp),
		offsetof(struct pt_regs, si),  offsetof(struct pt_regs, di),
		offsetof(struct pt_regs, r8),  offsetof(struct pt_regs, r9),
		offsetof(struct pt_regs, r10), offsetof(struct pt_regs, r11),
		offsetof(struct pt_regs, r12), offsetof(struct pt_regs, r13),
		offsetof(struct pt_regs, r14), offsetof(struct pt_regs, r15),
	};

	return (void *)regs + offset[nr];
}

int fixup_exception(struct pt_regs *regs, int trapnr, unsigned long error_code,
		    unsigned long fault_addr)
{
	const struct exception_table_entry *e = search_exception_tables(regs->ip);

	if (!e)
		return 0;
	switch (FIELD_GET(EX_DATA_TYPE_MASK, e->data)) {
	case EX_TYPE_DEFAULT:
	case EX_TYPE_UACCESS:
		break;
	case EX_TYPE_IMM_REG:
		*numbered_reg(regs, FIELD_GET(EX_DATA_REG_MASK, e->data)) =
			FIELD_GET(EX_DATA_IMM_MASK, e->data);
		break;
	default:
		return 0;
	}
	regs->ip = (unsigned long)&e->fixup + e->fixup;
	return 1;
}
