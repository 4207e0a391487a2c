// SPDX-License-Identifier: GPL-2.0
/* I/O APICs (Intel 82093AA; SDM volume 3, 11.11): interrupt lines to vectors. */
#include <linux/init.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <asm/machine.h>
#include <asm/rumpuser.h>
#include <asm/setup.h>

#define ROUTERS_MAX   8
#define SELECT	      0x00
#define WINDOW	      0x10
#define REG_VERSION   1
#define REG_LINE(pin) (0x10 + 2 * (pin))
#define LINE_MASKED   0x10000
#define LINE_LEVEL    0x8000
#define LINE_LOW      0x2000

struct router {
	void __iomem *registers;
	unsigned int gsi_base, lines;
};

struct line {
	struct router *router;
	unsigned int pin;
	u32 low_word; /* as it would be unmasked; reads of the device are slow */
};

static struct router routers[ROUTERS_MAX];
static unsigned int router_count;
static DEFINE_RAW_SPINLOCK(router_lock);

/* Two registers stand for all the others: never without the lock. */
static void write_register(struct router *r, unsigned int reg, u32 v)
{
	writel(reg, r->registers + SELECT);
	writel(v, r->registers + WINDOW);
}

static void write_line(struct line *l, bool masked)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&router_lock, flags);
	write_register(l->router, REG_LINE(l->pin), l->low_word | (masked ? LINE_MASKED : 0));
	raw_spin_unlock_irqrestore(&router_lock, flags);
}

static void line_mask(struct irq_data *d)
{
	write_line(irq_data_get_irq_chip_data(d), true);
}

static void line_unmask(struct irq_data *d)
{
	write_line(irq_data_get_irq_chip_data(d), false);
}

static void line_ack(struct irq_data *d)
{
	rumpuser_irq_ack();
}

static void set_destination(struct line *l, unsigned int cpu)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&router_lock, flags);
	write_register(l->router, REG_LINE(l->pin) + 1, rumpuser_cpu_id(cpu) << 24);
	raw_spin_unlock_irqrestore(&router_lock, flags);
}

static int line_set_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	unsigned int cpu = cpumask_any_and(mask, cpu_online_mask);

	if (cpu >= nr_cpu_ids)
		return -EINVAL;
	set_destination(irq_data_get_irq_chip_data(d), cpu);
	irq_data_update_effective_affinity(d, cpumask_of(cpu));
	return IRQ_SET_MASK_OK;
}

/* A line keeps the trigger it was mapped with: wiring does not change at run time. */
static int line_set_type(struct irq_data *d, unsigned int type)
{
	return 0;
}

static struct irq_chip line_chip = {
	.name = "IO-APIC",
	.irq_mask = line_mask,
	.irq_unmask = line_unmask,
	.irq_ack = line_ack,
	.irq_eoi = line_ack,
	.irq_set_affinity = line_set_affinity,
	.irq_set_type = line_set_type,
	.flags = IRQCHIP_SKIP_SET_WAKE,
};

static struct router *find_router(unsigned int gsi)
{
	struct router *r;

	for (r = routers; r < routers + router_count; r++)
		if (gsi >= r->gsi_base && gsi - r->gsi_base < r->lines)
			return r;
	return NULL;
}

static int connect(unsigned int gsi, struct line *l, bool level)
{
	int vector = rump_vectors_alloc(1);
	int irq;

	if (vector < 0)
		return vector;
	irq = irq_alloc_desc_at(gsi, NUMA_NO_NODE);
	if (irq < 0) {
		rump_vectors_free(vector, 1);
		return irq;
	}
	l->low_word |= vector;
	irq_set_chip_data(irq, l);
	irq_set_chip_and_handler(irq, &line_chip, level ? handle_fasteoi_irq : handle_edge_irq);
	if (level)
		irq_set_status_flags(irq, IRQ_LEVEL);
	irq_clear_status_flags(irq, IRQ_NOREQUEST);
	set_destination(l, 0);
	rump_vector_connect(vector, irq_to_desc(irq));
	return irq;
}

int rump_map_gsi(unsigned int gsi, bool level, bool low)
{
	struct router *r = find_router(gsi);
	struct line *l;
	int irq;

	if (!r)
		return -ENXIO;
	if (irq_to_desc(gsi))
		return gsi;
	l = kzalloc(sizeof(*l), GFP_KERNEL);
	if (!l)
		return -ENOMEM;
	l->router = r;
	l->pin = gsi - r->gsi_base;
	l->low_word = (level ? LINE_LEVEL : 0) | (low ? LINE_LOW : 0);
	irq = connect(gsi, l, level);
	if (irq < 0)
		kfree(l);
	return irq;
}

int rump_map_isa_irq(unsigned int irq)
{
	struct rumpuser_irq_line l;

	rumpuser_irq_line(irq, &l);
	return rump_map_gsi(l.gsi, l.level, l.low);
}

unsigned int rump_gsi_count(void)
{
	unsigned int i, n = 16;

	for (i = 0; i < router_count; i++)
		n = max(n, routers[i].gsi_base + routers[i].lines);
	return n;
}

static void __init add_router(const struct rumpuser_irq_router *info)
{
	struct router *r = &routers[router_count];
	unsigned int i;

	r->registers = ioremap(info->address, PAGE_SIZE);
	if (!r->registers)
		return;
	writel(REG_VERSION, r->registers + SELECT);
	r->lines = (readl(r->registers + WINDOW) >> 16 & 0xff) + 1;
	r->gsi_base = info->gsi_base;
	for (i = 0; i < r->lines; i++)
		write_register(r, REG_LINE(i), LINE_MASKED);
	router_count++;
}

void __init rump_ioapic_init(void)
{
	struct rumpuser_irq_router info;
	unsigned int i;

	for (i = 0; i < ROUTERS_MAX && !rumpuser_irq_router(i, &info); i++)
		add_router(&info);
}

/*
 * virtio_mmio.device=SIZE@ADDRESS:IRQ[:ID] makes devices that take their interrupt
 * by number and map nothing: the lines must be there before.
 */
static int __init map_command_line_devices(void)
{
	const char *key = "virtio_mmio.device=", *s = boot_command_line, *irq;
	unsigned long gsi;

	for (; (s = strstr(s, key)); s++) {
		irq = strchr(s, ':');
		gsi = irq ? simple_strtoul(irq + 1, NULL, 0) : 0;
		if (gsi)
			rump_map_gsi(gsi, false, false);
	}
	return 0;
}
arch_initcall(map_command_line_devices);
