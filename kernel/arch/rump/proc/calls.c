// SPDX-License-Identifier: GPL-2.0
/*
 * System calls as function calls. The host traps a syscall instruction of the program, which
 * takes a microsecond or two; the tenth time, as to replace it takes longer than that many
 * traps, the instruction before it is replaced by a jump to a stub that does the same and
 * then jumps to entry_syscall. The syscall instruction and all behind
 * it stay as they are, so that
 *  - a jump to it still works, and so does restarting it: the host traps it;
 *  - a thread that is inside such a call comes back behind it.
 * That is why the stub's place is bound: of the jump e9 b0 b1 b2 b3, what lies over the
 * syscall instruction (0f 05) must be equal to it. Five bytes before it leave the stub
 * anywhere in 2 GiB, three 64 KiB, two 256 bytes.
 *
 * Written is by the kernel's own mapping, to a private copy of the page: the program's
 * pages are never writable and executable at once, and no file changes.
 */
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <asm/calls.h>
#include <asm/traps.h>

#define SYSCALL_BYTES 2
#define JUMP_BYTES    5
#define BEFORE_MOST   7 /* bytes of the longest instruction that is known: it has a prefix */
#define AFTER	      1 /* bytes behind the syscall that a jump may have to match */
#define STUB_BYTES    32
#define PAGES_MOST    64
#define FAILED_MOST   64
#define MET_MOST      256
#define MET_OFTEN     10

/* A page of stubs */
struct stubs {
	unsigned long page;
	unsigned int used; /* bytes */
};

struct call_sites {
	struct list_head list; /* in all_sites */
	struct mm_struct *mm;
	unsigned int n;
	struct stubs stubs[PAGES_MOST];
	/* Places that cannot be patched, by the address's low bits: not tried again. */
	unsigned long failed[FAILED_MOST];
	/* How often places were met, by the address's low bits: two may share one. */
	u8 met[MET_MOST];
};

struct site {
	unsigned long insn;  /* where the jump goes */
	unsigned int length; /* of the instruction that it replaces */
	u8 code[BEFORE_MOST + SYSCALL_BYTES + AFTER + JUMP_BYTES];
};

struct window {
	unsigned long low, high; /* where a stub may begin: [low, high) */
};

static bool is_rex(u8 byte)
{
	return (byte & 0xf0) == 0x40;
}

/*
 * Instructions that stand before a syscall in programs. Machine code cannot be read
 * backwards for certain, so the effect of each must be seen in the registers.
 */
enum effect {
	NUMBER, /* the last four bytes are the call's number */
	ZERO,	/* the number is 0 */
	COPY,	/* register @a equals @b */
	LOAD32, /* register @a equals what the stack has at the last byte from rsp */
	LOAD64,
};

struct insn {
	u8 length, code_length; /* of the whole, and of what is compared */
	u8 code[4];
	u8 effect, a, b;
};

#define REG(name) offsetof(struct pt_regs, name)

static const struct insn insns[] = {
	{ 7, 3, { 0x48, 0xc7, 0xc0 }, NUMBER },			/* mov $number,%rax */
	{ 5, 1, { 0xb8 }, NUMBER },				/* mov $number,%eax */
	{ 5, 4, { 0x4c, 0x8b, 0x4c, 0x24 }, LOAD64, REG(r9) },	/* mov n(%rsp),%r9: syscall() */
	{ 4, 3, { 0x8b, 0x7c, 0x24 }, LOAD32, REG(di) },	/* mov n(%rsp),%edi */
	{ 3, 3, { 0x48, 0x89, 0xdf }, COPY, REG(di), REG(bx) }, /* mov %rbx,%rdi: Go */
	{ 3, 3, { 0x44, 0x89, 0xc0 }, COPY, REG(orig_ax), REG(r8) },
	{ 3, 3, { 0x44, 0x89, 0xc8 }, COPY, REG(orig_ax), REG(r9) },
	{ 3, 3, { 0x44, 0x89, 0xe0 }, COPY, REG(orig_ax), REG(r12) },
	{ 2, 2, { 0x89, 0xd0 }, COPY, REG(orig_ax), REG(dx) },
	{ 2, 2, { 0x31, 0xc0 }, ZERO }, /* xor %eax,%eax */
	{ 2, 2, { 0x33, 0xc0 }, ZERO },
};

static unsigned long reg(const struct pt_regs *regs, u8 offset)
{
	return *(const unsigned long *)((const void *)regs + offset);
}

static bool effect_seen(const struct insn *i, const u8 *end, const struct pt_regs *regs)
{
	unsigned long value = 0;
	u32 imm;

	switch (i->effect) {
	case NUMBER:
		memcpy(&imm, end - sizeof(imm), sizeof(imm));
		return imm == regs->orig_ax;
	case ZERO:
		return !regs->orig_ax;
	case COPY:
		return (u32)reg(regs, i->a) == (u32)reg(regs, i->b);
	}
	if (copy_from_user(&value, (void __user *)regs->sp + (s8)end[-1],
			   i->effect == LOAD32 ? sizeof(u32) : sizeof(u64)))
		return false;
	return reg(regs, i->a) == value;
}

/* The length of the instruction that ends where the syscall begins; 0: none that is known. */
static unsigned int insn_before(const u8 *end, const struct pt_regs *regs)
{
	const struct insn *i;

	for (i = insns; i < insns + ARRAY_SIZE(insns); i++) {
		const u8 *start = end - i->length;

		if (memcmp(start, i->code, i->code_length) || !effect_seen(i, end, regs))
			continue;
		/* Without a prefix of its own it may be the end of one that has. */
		if (is_rex(i->code[0]) || (i->length < BEFORE_MOST && !is_rex(start[-1])))
			return i->length;
	}
	return 0;
}

static bool read_site(struct site *site, const struct pt_regs *regs)
{
	unsigned long start = regs->ip - SYSCALL_BYTES - BEFORE_MOST;
	const u8 *syscall = site->code + BEFORE_MOST;
	unsigned int room = sizeof(site->code);

	memset(site->code, 0, sizeof(site->code));
	/* The page may end behind the instruction. */
	if (copy_from_user(site->code, (void __user *)start, room) &&
	    copy_from_user(site->code, (void __user *)start, BEFORE_MOST + SYSCALL_BYTES))
		return false;
	if (syscall[0] != 0x0f || syscall[1] != 0x05)
		return false;
	site->length = insn_before(syscall, regs);
	site->insn = regs->ip - SYSCALL_BYTES - site->length;
	return site->length;
}

/* Where the stub must lie so that the jump's bytes over the syscall equal what is there. */
static bool find_window(const struct site *site, struct window *w)
{
	unsigned long next = site->insn + JUMP_BYTES;
	unsigned int free = min_t(unsigned int, site->length - 1, 4); /* bytes of the distance */
	u32 fixed;

	if (free == 4) {
		w->low = next > SZ_2G ? next - SZ_2G + SZ_1M : FIRST_USER_ADDRESS + SZ_64K;
		w->high = next + SZ_2G - SZ_1M;
		return true;
	}
	memcpy(&fixed, site->code + BEFORE_MOST - site->length + 1, sizeof(fixed));
	fixed &= ~0U << (8 * free);
	w->low = next + (s32)fixed;
	w->high = w->low + (1UL << (8 * free));
	return w->high < TASK_SIZE_MAX;
}

/* A stub may run over the window's end, but must begin in it. */
static unsigned long place_in(struct stubs *s, const struct window *w)
{
	unsigned long start = max(s->page + s->used, ALIGN(w->low, 8));

	if (start >= w->high || start + STUB_BYTES > s->page + PAGE_SIZE)
		return 0;
	s->used = start + STUB_BYTES - s->page;
	return start;
}

static unsigned long find_free(const struct window *w)
{
	struct vm_unmapped_area_info info = {
		.flags = VM_UNMAPPED_AREA_TOPDOWN,
		.length = PAGE_SIZE,
		.low_limit = PAGE_ALIGN(w->low),
		.high_limit = min(w->high & PAGE_MASK, TASK_SIZE_MAX),
	};
	unsigned long addr;

	/* A window of less than two pages: the page it begins in. */
	if (w->high - w->low <= PAGE_SIZE)
		return w->low & PAGE_MASK;
	if (mmap_read_lock_killable(current->mm))
		return 0;
	addr = vm_unmapped_area(&info);
	mmap_read_unlock(current->mm);
	return IS_ERR_VALUE(addr) ? 0 : addr;
}

static struct stubs *new_page(struct call_sites *c, const struct window *w)
{
	unsigned long addr = find_free(w), got;

	if (!addr || c->n == PAGES_MOST)
		return NULL;
	got = vm_mmap(NULL, addr, PAGE_SIZE, PROT_READ | PROT_EXEC,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, 0);
	if (got != addr)
		return NULL;
	c->stubs[c->n] = (struct stubs){ .page = addr };
	return &c->stubs[c->n++];
}

static unsigned long find_place(struct call_sites *c, const struct window *w)
{
	unsigned long place;
	struct stubs *s;
	unsigned int i;

	for (i = 0; i < c->n; i++) {
		place = place_in(&c->stubs[i], w);
		if (place)
			return place;
	}
	s = new_page(c, w);
	return s ? place_in(s, w) : 0;
}

static bool write_code(unsigned long addr, const void *code, int size)
{
	return access_process_vm(current, addr, (void *)code, size, FOLL_WRITE | FOLL_FORCE) ==
	       size;
}

/* The replaced instruction; lea back(%rip),%rcx; jmp *entry(%rip); entry: .quad entry_syscall */
static bool write_stub(unsigned long at, const struct site *site)
{
	unsigned long entry = (unsigned long)entry_syscall;
	u8 stub[STUB_BYTES], *p = stub;
	s32 distance;

	memcpy(p, site->code + BEFORE_MOST - site->length, site->length);
	p += site->length;
	distance = site->insn + site->length + SYSCALL_BYTES - (at + site->length + 7);
	memcpy(p, "\x48\x8d\x0d", 3);
	memcpy(p + 3, &distance, sizeof(distance));
	p += 7;
	memcpy(p, "\xff\x25\0\0\0\0", 6);
	memcpy(p + 6, &entry, sizeof(entry));
	p += 6 + sizeof(entry);
	return write_code(at, stub, p - stub);
}

static bool write_jump(unsigned long at, const struct site *site)
{
	s32 distance = at - (site->insn + JUMP_BYTES);
	u8 jump[BEFORE_MOST] = { 0xe9 };

	memcpy(jump + 1, &distance, sizeof(distance));
	/* What is left of a longer instruction is not reached any more. */
	memset(jump + JUMP_BYTES, 0x90, sizeof(jump) - JUMP_BYTES);
	return write_code(site->insn, jump, max_t(int, site->length, JUMP_BYTES));
}

static bool patch(struct call_sites *c, const struct pt_regs *regs)
{
	struct window window;
	struct site site;
	unsigned long at;

	if (!read_site(&site, regs) || !find_window(&site, &window))
		return false;
	at = find_place(c, &window);
	return at && write_stub(at, &site) && write_jump(at, &site);
}

static LIST_HEAD(all_sites); /* one a program */

static struct call_sites *find_sites(struct mm_struct *mm)
{
	struct call_sites *c;

	list_for_each_entry(c, &all_sites, list) if (c->mm == mm) return c;
	return NULL;
}

static struct call_sites *call_sites(void)
{
	struct call_sites *c = find_sites(current->mm);

	if (c)
		return c;
	c = kzalloc(sizeof(*c), GFP_KERNEL);
	if (c) {
		c->mm = current->mm;
		list_add(&c->list, &all_sites);
	}
	return c;
}

/* Not while another thread of the program is at it: then the host traps it once more. */
void calls_patch(struct pt_regs *regs)
{
	static struct mm_struct *busy;
	struct call_sites *c;
	unsigned long *failed;
	u8 *met;

	if (busy)
		return;
	c = call_sites();
	if (!c)
		return;
	met = &c->met[(regs->ip >> 1) % MET_MOST];
	if (*met < MET_OFTEN - 1) {
		++*met;
		return;
	}
	failed = &c->failed[(regs->ip >> 1) % FAILED_MOST];
	if (*failed == regs->ip)
		return;
	busy = current->mm;
	if (!patch(c, regs))
		*failed = regs->ip;
	busy = NULL;
}

void calls_forget(struct mm_struct *mm)
{
	struct call_sites *c = find_sites(mm);

	if (!c)
		return;
	list_del(&c->list);
	kfree(c);
}
