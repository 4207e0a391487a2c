// SPDX-License-Identifier: GPL-2.0
/* /proc/cpuinfo, in the form programs on x86 parse (lscpu, glibc, Go, node). */
#include <linux/cpumask.h>
#include <linux/kstrtox.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <asm/cpuid.h>
#include <asm/machine.h>
#include <asm/rumpuser.h>

enum { A, B, C, D };

struct word {
	u32 leaf, sub;
	u8 reg;
	const char *names; /* bit by bit from 0 on; -: none; a number: go on at that bit */
};

/* Intel SDM volume 2, CPUID; AMD64 APM volume 3, appendix E; the names are the ones users know. */
static const struct word words[] = {
	{ 1, 0, D,
	  "fpu vme de pse tsc msr pae mce cx8 apic - sep mtrr pge mca cmov pat pse36 pn clflush - "
	  "dts acpi mmx fxsr sse sse2 ss ht tm ia64 pbe" },
	{ 0x80000001, 0, D,
	  "11 syscall 19 mp nx 22 mmxext 25 fxsr_opt pdpe1gb rdtscp 29 lm 3dnowext 3dnow" },
	{ 1, 0, C,
	  "pni pclmulqdq dtes64 monitor ds_cpl vmx smx est tm2 ssse3 cid sdbg fma cx16 xtpr pdcm - "
	  "pcid dca sse4_1 sse4_2 x2apic movbe popcnt tsc_deadline_timer aes xsave - avx f16c "
	  "rdrand hypervisor" },
	{ 0x80000001, 0, C,
	  "lahf_lm cmp_legacy svm extapic cr8_legacy abm sse4a misalignsse 3dnowprefetch osvw ibs "
	  "xop skinit wdt - lwp fma4 tce - nodeid_msr - tbm topoext perfctr_core perfctr_nb - "
	  "bpext ptsc perfctr_llc mwaitx" },
	{ 7, 0, B,
	  "fsgsbase tsc_adjust sgx bmi1 hle avx2 - smep bmi2 erms invpcid rtm cqm - mpx rdt_a "
	  "avx512f avx512dq rdseed adx smap avx512ifma - clflushopt clwb intel_pt avx512pf "
	  "avx512er avx512cd sha_ni avx512bw avx512vl" },
	{ 0xd, 1, A, "xsaveopt xsavec xgetbv1 xsaves xfd" },
	{ 0x80000007, 0, D, "8 constant_tsc" },
	{ 7, 0, C,
	  "- avx512vbmi umip pku ospke waitpkg avx512_vbmi2 - gfni vaes vpclmulqdq avx512_vnni "
	  "avx512_bitalg tme avx512_vpopcntdq 16 la57 22 rdpid 25 cldemote 27 movdiri movdir64b" },
	{ 7, 0, D,
	  "2 avx512_4vnniw avx512_4fmaps fsrm 8 avx512_vp2intersect 10 md_clear 14 serialize "
	  "16 tsxldtrk 22 amx_bf16 avx512_fp16 amx_tile amx_int8" },
};

static u32 cpuid_word(u32 leaf, u32 sub, unsigned int reg)
{
	u32 r[4], limit;

	cpuid(leaf & 0x80000000, 0, &limit, &r[B], &r[C], &r[D]);
	if (leaf > limit)
		return 0;
	cpuid(leaf, sub, &r[A], &r[B], &r[C], &r[D]);
	return r[reg];
}

static void show_word(struct seq_file *m, u32 v, const char *names)
{
	unsigned int bit = 0;
	int length;

	for (; *names; names += length + strspn(names + length, " ")) {
		length = strcspn(names, " ");
		/* "3dnow" is a name: a number has nothing after it */
		if (strspn(names, "0123456789") == length) {
			bit = simple_strtoul(names, NULL, 10);
			continue;
		}
		if ((v >> bit & 1) && *names != '-')
			seq_printf(m, " %.*s", length, names);
		bit++;
	}
}

static void show_flags(struct seq_file *m)
{
	const struct word *w;

	seq_puts(m, "flags\t\t:");
	for (w = words; w < words + ARRAY_SIZE(words); w++)
		show_word(m, cpuid_word(w->leaf, w->sub, w->reg), w->names);
	if (cpuid_word(0x80000007, 0, D) & BIT(8))
		seq_puts(m, " nonstop_tsc");
	seq_putc(m, '\n');
}

static void show_identity(struct seq_file *m)
{
	u32 v = cpuid_word(1, 0, A), name[13] = { 0 }, vendor[4] = { 0 }, a;
	u32 family = v >> 8 & 15, model = v >> 4 & 15;
	unsigned int i;

	cpuid(0, 0, &a, &vendor[0], &vendor[2], &vendor[1]);
	for (i = 0; i < 3; i++)
		cpuid(0x80000002 + i, 0, &name[i * 4], &name[i * 4 + 1], &name[i * 4 + 2],
		      &name[i * 4 + 3]);
	if (family == 15)
		family += v >> 20 & 0xff;
	if (family >= 6)
		model += (v >> 16 & 15) << 4;
	seq_printf(m, "vendor_id\t: %s\ncpu family\t: %u\nmodel\t\t: %u\n", (char *)vendor, family,
		   model);
	seq_printf(m, "model name\t: %s\nstepping\t: %u\n", strim((char *)name), v & 15);
}

/* One package, a core for each processor: what a hypervisor's vCPUs are worth knowing as. */
static void show_topology(struct seq_file *m, unsigned int cpu)
{
	seq_printf(m, "physical id\t: 0\nsiblings\t: %u\ncore id\t\t: %u\ncpu cores\t: %u\n",
		   num_online_cpus(), cpu, num_online_cpus());
	seq_printf(m, "apicid\t\t: %u\ninitial apicid\t: %u\n", rump_cpu_id(cpu), rump_cpu_id(cpu));
}

static int show_cpuinfo(struct seq_file *m, void *v)
{
	unsigned int cpu = (unsigned long)v - 1;
	u64 khz = div_u64(rumpuser_clock_hz(), 1000);
	u32 sizes = cpuid_word(0x80000008, 0, A) ?: 36 | 48 << 8;
	u32 line = (cpuid_word(1, 0, B) >> 8 & 0xff) * 8 ?: 64;

	seq_printf(m, "processor\t: %u\n", cpu);
	show_identity(m);
	seq_printf(m, "cpu MHz\t\t: %llu.%03llu\n", khz / 1000, khz % 1000);
	seq_printf(m, "cache size\t: %u KB\n", cpuid_word(0x80000006, 0, C) >> 16);
	show_topology(m, cpu);
	seq_printf(m, "fpu\t\t: yes\nfpu_exception\t: yes\ncpuid level\t: %u\nwp\t\t: yes\n",
		   cpuid_word(0, 0, A));
	show_flags(m);
	seq_printf(m, "bugs\t\t:\nbogomips\t: %llu.%02llu\n", khz / 500, khz / 5 % 100);
	seq_printf(m, "clflush size\t: %u\ncache_alignment\t: %u\n", line, line);
	seq_printf(m, "address sizes\t: %u bits physical, %u bits virtual\npower management:\n\n",
		   sizes & 0xff, sizes >> 8 & 0xff);
	return 0;
}

static void *cpu_at(loff_t *pos)
{
	unsigned int cpu = cpumask_next(*pos - 1, cpu_online_mask);

	*pos = cpu;
	return cpu < nr_cpu_ids ? (void *)(cpu + 1ul) : NULL;
}

static void *cpu_start(struct seq_file *m, loff_t *pos)
{
	return cpu_at(pos);
}

static void *cpu_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return cpu_at(pos);
}

static void cpu_stop(struct seq_file *m, void *v)
{
}

const struct seq_operations cpuinfo_op = {
	.start = cpu_start,
	.next = cpu_next,
	.stop = cpu_stop,
	.show = show_cpuinfo,
};
