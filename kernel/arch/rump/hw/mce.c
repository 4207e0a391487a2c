// SPDX-License-Identifier: GPL-2.0
/*
 * Machine checks (Intel SDM vol. 3, chapter 16): the hardware's own errors. One that
 * interrupts the CPU ends the machine, after a report of what the banks hold.
 */
#include <linux/init.h>
#include <linux/printk.h>
#include <asm/cpuid.h>
#include <asm/gates.h>
#include <asm/msr.h>
#include <asm/processor-flags.h>

#define CPU_HAS_MCE    CPUID_BIT(0x1, CPUID_EDX, 7)
#define CPU_HAS_MCA    CPUID_BIT(0x1, CPUID_EDX, 14)

#define MSR_MCG_CAP    0x179
#define MSR_MCG_STATUS 0x17a
#define MSR_MCG_CTL    0x17b
#define MCG_BANKS      0xff
#define MCG_CTL_P      (1ULL << 8)

/* A bank has four registers. */
#define MSR_BANK(n)  (0x400 + 4 * (n))
#define BANK_CTL     0
#define BANK_STATUS  1
#define BANK_ADDR    2
#define STATUS_VALID (1ULL << 63)
#define STATUS_ADDRV (1ULL << 58)

static bool has_mca(void)
{
	return cpu_has(CPU_HAS_MCE) && cpu_has(CPU_HAS_MCA);
}

/* Unless CR4.MCE is set, a machine check resets the machine without a word. */
void mce_init_cpu(void)
{
	u64 cap;
	unsigned int i;

	if (!has_mca())
		return;
	cap = rdmsrl(MSR_MCG_CAP);
	if (cap & MCG_CTL_P)
		wrmsrl(MSR_MCG_CTL, ~0ULL);
	for (i = 0; i < (cap & MCG_BANKS); i++) {
		wrmsrl(MSR_BANK(i) + BANK_CTL, ~0ULL);
		wrmsrl(MSR_BANK(i) + BANK_STATUS, 0);
	}
	write_cr4(read_cr4() | X86_CR4_MCE);
}

void mce_report(void)
{
	unsigned int i, banks = rdmsrl(MSR_MCG_CAP) & MCG_BANKS;

	pr_emerg("machine check: status %llx\n", rdmsrl(MSR_MCG_STATUS));
	for (i = 0; i < banks; i++) {
		u64 status = rdmsrl(MSR_BANK(i) + BANK_STATUS);

		if (status & STATUS_VALID)
			pr_emerg("machine check: bank %u status %016llx address %llx\n", i, status,
				 status & STATUS_ADDRV ? rdmsrl(MSR_BANK(i) + BANK_ADDR) : 0);
	}
}
