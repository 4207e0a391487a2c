/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RUMP_DAX_H
#define RUMP_DAX_H
#include <linux/mm_types.h>
#include <linux/pfn_t.h>

struct iomap_ops;
struct vm_fault;

/* As dax_iomap_fault() */
vm_fault_t rump_dax_iomap_fault(struct vm_fault *vmf, unsigned int order, pfn_t *pfnp, int *errp,
				const struct iomap_ops *ops);
#endif
