// SPDX-License-Identifier: GPL-2.0
/*
 * Message-signalled interrupts (SDM volume 3, 11.12): a store to the local APIC's
 * address, whose data is the vector. Domains: PCI device -> vectors.
 */
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/log2.h>
#include <linux/msi.h>
#include <linux/slab.h>
#include <asm/machine.h>
#include <asm/rumpuser.h>

#define MESSAGE_ADDRESS 0xfee00000

/* The vectors of one multi-message device share address and base: one CPU for all of them. */
struct group {
	unsigned int first, count, cpu;
};

static void vector_ack(struct irq_data *d)
{
	rumpuser_irq_ack();
}

static void vector_message(struct irq_data *d, struct msi_msg *m)
{
	struct group *g = irq_data_get_irq_chip_data(d);

	m->address_hi = 0;
	m->address_lo = MESSAGE_ADDRESS | rumpuser_cpu_id(g->cpu) << 12;
	m->data = g->first;
}

static int vector_set_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	struct group *g = irq_data_get_irq_chip_data(d);
	unsigned int cpu = cpumask_any_and_distribute(mask, cpu_online_mask);

	if (cpu >= nr_cpu_ids)
		return -EINVAL;
	g->cpu = cpu;
	irq_data_update_effective_affinity(d, cpumask_of(cpu));
	return IRQ_SET_MASK_OK;
}

static struct irq_chip vector_chip = {
	.name = "vector",
	.irq_ack = vector_ack,
	.irq_compose_msi_msg = vector_message,
	.irq_set_affinity = vector_set_affinity,
};

static int vector_alloc(struct irq_domain *domain, unsigned int virq, unsigned int n, void *arg)
{
	struct group *g = kzalloc(sizeof(*g), GFP_KERNEL);
	unsigned int i;
	int first;

	if (!g)
		return -ENOMEM;
	first = rump_vectors_alloc(n);
	if (first < 0) {
		kfree(g);
		return first;
	}
	g->first = first;
	g->count = n;
	for (i = 0; i < n; i++) {
		irq_domain_set_info(domain, virq + i, first + i, &vector_chip, g, handle_edge_irq,
				    NULL, NULL);
		rump_vector_connect(first + i, irq_to_desc(virq + i));
	}
	return 0;
}

static void vector_free(struct irq_domain *domain, unsigned int virq, unsigned int n)
{
	struct group *g = irq_domain_get_irq_data(domain, virq)->chip_data;
	unsigned int i;

	rump_vectors_free(g->first, g->count);
	for (i = 0; i < n; i++)
		irq_domain_reset_irq_data(irq_domain_get_irq_data(domain, virq + i));
	kfree(g);
}

static const struct irq_domain_ops vector_domain_ops = {
	.alloc = vector_alloc,
	.free = vector_free,
};

static struct irq_chip msi_chip = {
	.name = "PCI-MSI",
	.irq_ack = irq_chip_ack_parent,
	.irq_mask = pci_msi_mask_irq,
	.irq_unmask = pci_msi_unmask_irq,
	.flags = IRQCHIP_SKIP_SET_WAKE,
};

static struct msi_domain_info msi_info = {
	.flags = MSI_FLAG_USE_DEF_DOM_OPS | MSI_FLAG_USE_DEF_CHIP_OPS | MSI_FLAG_PCI_MSIX |
		 MSI_FLAG_MULTI_PCI_MSI,
	.chip = &msi_chip,
	.handler = handle_edge_irq,
	.handler_name = "edge",
};

struct irq_domain *__init rump_msi_domain(void)
{
	struct irq_domain *vectors;

	vectors = irq_domain_create_hierarchy(NULL, 0, 256,
					      irq_domain_alloc_named_fwnode("rump-vector"),
					      &vector_domain_ops, NULL);
	if (!vectors)
		return NULL;
	return pci_msi_create_irq_domain(irq_domain_alloc_named_fwnode("rump-msi"), &msi_info,
					 vectors);
}
