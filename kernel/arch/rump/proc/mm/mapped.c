// SPDX-License-Identifier: GPL-2.0
/*
 * What the host has mapped of the program's. Each page that is mapped is as the last entry that
 * covers it says; of pages that are not, an entry may say what it likes. An address space after
 * fork has nearly all in common with the one that it came from, and a fault costs the host more
 * than an unmapping: so what stays the same stays mapped.
 */
#include <linux/mm.h>
#include <asm/layout.h>
#include <asm/rumpuser.h>
#include "mapped.h"

#define MAPPINGS_MOST 128
/* So many unmappings cost no more than one of everything does. */
#define FEW 4

struct mapping {
	unsigned long start, end, pa;
	unsigned int rights;
	bool wrong;
};

static struct mapping mappings[MAPPINGS_MOST];
static unsigned int count;
/* There is more mapped than is noted. */
static bool more;

bool mapped_forget(unsigned long start, unsigned long end)
{
	unsigned int i, left = 0;
	bool any = more;

	for (i = 0; i < count; i++) {
		any = any || (mappings[i].start < end && mappings[i].end > start);
		if (mappings[i].start < start || mappings[i].end > end)
			mappings[left++] = mappings[i];
	}
	count = left;
	return any;
}

void mapped_cut(unsigned long addr, unsigned long *start, unsigned long *end)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (mappings[i].end <= addr)
			*start = max(*start, mappings[i].end);
		else if (mappings[i].start > addr)
			*end = min(*end, mappings[i].start);
	}
}

void mapped_note(unsigned long addr, unsigned long pa, unsigned long size, unsigned int rights)
{
	mapped_forget(addr, addr + size);
	if (count == MAPPINGS_MOST)
		more = true;
	else
		mappings[count++] = (struct mapping){ addr, addr + size, pa, rights };
}

static bool is_wrong(const struct mapping *m, struct mm_struct *mm)
{
	unsigned long at;

	for (at = m->start; at < m->end; at += PAGE_SIZE)
		if (!tlb_allows(mm, at, m->pa + (at - m->start), m->rights))
			return true;
	return false;
}

/* Take out the first that is wrong, so that the others stay in their order. */
static bool take_wrong(struct mapping *out)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!mappings[i].wrong)
			continue;
		*out = mappings[i];
		count--;
		memmove(mappings + i, mappings + i + 1, (count - i) * sizeof(*mappings));
		return true;
	}
	return false;
}

/* A page that was in use is likely to be in use again, and to map it anew spares its fault. */
static void mend_wrong(struct mm_struct *mm)
{
	struct mapping m;

	while (take_wrong(&m))
		if (m.end - m.start > PAGE_SIZE || !tlb_map(mm, m.start))
			rumpuser_unmap(m.start, m.end - m.start);
}

void mapped_check(struct mm_struct *mm)
{
	unsigned int i, wrong = 0;

	for (i = 0; i < count; i++)
		wrong += mappings[i].wrong = is_wrong(&mappings[i], mm);
	if (more || wrong > count - wrong + FEW)
		mapped_clear();
	else if (wrong)
		mend_wrong(mm);
}

void mapped_clear(void)
{
	if (!count && !more)
		return;
	count = 0;
	more = false;
	/* Only what is the program's: the kernel, and what the host keeps, stay. */
	rumpuser_unmap(FIRST_USER_ADDRESS, IMAGE_START - FIRST_USER_ADDRESS);
	rumpuser_unmap(IMAGE_END, TASK_SIZE_MAX - IMAGE_END);
}
