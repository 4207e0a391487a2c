// SPDX-License-Identifier: GPL-2.0
/* The structures that each CPU reads by itself: GDT, TSS, IDT, MSRs of syscall. */
#include <linux/init.h>
#include <linux/percpu.h>
#include <linux/sched/task_stack.h>
#include <asm/cpu_init.h>
#include <asm/cpuid.h>
#include <asm/fpu.h>
#include <asm/fsgsbase.h>
#include <asm/gates.h>
#include <asm/ist.h>
#include <asm/msr.h>
#include <asm/processor-flags.h>
#include <asm/segment.h>
#include <asm/traps.h>
#include <asm/vdso.h>
#include <asm/trapnr.h>

#define NR_VECTORS	 256
#define GATE_SIZE	 16   /* of a stub in entry_gates */
#define GATE_INTERRUPT	 0x8e /* present, DPL 0, interrupt gate: IF goes off */

#define DESC_CODE64	 0x00af9b000000ffffULL
#define DESC_DATA	 0x00cf93000000ffffULL
#define DESC_LIMIT	 (0x93ULL << 40) /* a data segment of byte granularity */
#define DESC_TSS_PRESENT (0x89ULL << 40)

/* Intel SDM vol. 3: 6.14.1 (gate), 7.7 (TSS) */
struct idt_gate {
	u16 offset_low;
	u16 segment;
	u8 ist;
	u8 type;
	u16 offset_middle;
	u32 offset_high;
	u32 reserved;
} __packed;

struct tss {
	u32 reserved0;
	u64 rsp[3];
	u64 reserved1;
	u64 ist[7];
	u64 reserved2;
	u16 reserved3;
	u16 iomap;
} __packed;

struct table_pointer {
	u16 limit;
	u64 base;
} __packed;

static struct idt_gate idt[NR_VECTORS] __ro_after_init __aligned(16);
static DEFINE_PER_CPU(struct tss, tss);
static DEFINE_PER_CPU_ALIGNED(u64[GDT_ENTRIES], gdt);
/* entry.S finds the per-CPU offset by where this is. */
DEFINE_PER_CPU_ALIGNED(struct ist_stacks, ist_stacks);
static_assert(sizeof(struct ist_stacks) == IST_TOTAL_SIZE);

static void load_tss(void)
{
	struct ist_stacks *stacks = this_cpu_ptr(&ist_stacks);
	struct tss *t = this_cpu_ptr(&tss);
	u64 *g = *this_cpu_ptr(&gdt);
	struct table_pointer gdtr = { GDT_ENTRIES * sizeof(u64) - 1, (u64)g };
	u64 base = (u64)t;

	t->ist[IST_ENTRY - 1] = (u64)stacks->entry + IST_ENTRY_SIZE;
	t->ist[IST_DEBUG - 1] = (u64)stacks->debug + IST_PARANOID_SIZE;
	t->ist[IST_NMI - 1] = (u64)stacks->nmi + IST_PARANOID_SIZE;
	t->ist[IST_FATAL - 1] = (u64)stacks->fatal + IST_PARANOID_SIZE;
	t->iomap = sizeof(*t);

	g[RUMP_CS / 8] = DESC_CODE64;
	g[RUMP_DS / 8] = DESC_DATA;
	g[RUMP_TSS / 8] = (sizeof(*t) - 1) | (base & 0xffffff) << 16 | DESC_TSS_PRESENT |
			  (base >> 24 & 0xff) << 56;
	g[RUMP_TSS / 8 + 1] = base >> 32;
	g[RUMP_CPUNODE / 8] = DESC_LIMIT | (raw_smp_processor_id() & VDSO_CPU_MASK);
	asm volatile("lgdt %0" ::"m"(gdtr));
	asm volatile("ltr %w0" ::"r"(RUMP_TSS));
}

/* What rdtscp and rdpid give to programs that ask for the CPU that way. */
static void init_tsc_aux(void)
{
	if (cpu_has(CPU_HAS_RDTSCP))
		wrmsrl(MSR_TSC_AUX, raw_smp_processor_id());
}

static void init_syscall(void)
{
	wrmsrl(MSR_STAR, (u64)RUMP_CS << 32);
	wrmsrl(MSR_LSTAR, (u64)entry_syscall);
	wrmsrl(MSR_SFMASK, X86_EFLAGS_TF | X86_EFLAGS_IF | X86_EFLAGS_DF | X86_EFLAGS_IOPL |
				   X86_EFLAGS_NT | X86_EFLAGS_AC);
}

void rump_cpu_init(void)
{
	struct table_pointer idtr = { sizeof(idt) - 1, (u64)idt };

	load_tss();
	asm volatile("lidt %0" ::"m"(idtr));
	raw_cpu_write(pcpu_hot.stack_top, task_stack_top(current));
	init_syscall();
	init_tsc_aux();
	fpu_init_cpu();
	fsgsbase_init_cpu();
}

static int __init ist_of(int vector)
{
	switch (vector) {
	case X86_TRAP_DB:
		return IST_DEBUG;
	case X86_TRAP_NMI:
		return IST_NMI;
	case X86_TRAP_DF:
	case X86_TRAP_MC:
		return IST_FATAL;
	}
	return IST_ENTRY;
}

void __init rump_traps_init(void)
{
	int i;

	for (i = 0; i < NR_VECTORS; i++) {
		u64 stub = (u64)entry_gates + i * GATE_SIZE;

		idt[i] = (struct idt_gate){
			.offset_low = stub,
			.offset_middle = stub >> 16,
			.offset_high = stub >> 32,
			.segment = RUMP_CS,
			.ist = ist_of(i),
			.type = GATE_INTERRUPT,
		};
	}
	rump_cpu_init();
	mce_init_cpu();
	fpu_detect();
	/* SLUB and percpu.h count on cmpxchg16b; every x86_64 CPU since 2006 has it. */
	if (!cpu_has(CPU_HAS_CX16))
		panic("rump: this CPU has no cmpxchg16b");
}
