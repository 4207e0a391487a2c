// SPDX-License-Identifier: GPL-2.0
/*
 * Walking the kernel's stack. Without frame pointers each word is taken for a
 * return address that points into the kernel's text behind a call instruction.
 * If symbols are there, a direct call must go to the function found before.
 */
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched/debug.h>
#include <linux/sched/task_stack.h>
#include <linux/stacktrace.h>
#include <linux/uaccess.h>
#include <asm/stacktrace.h>
#include <asm/switch_to.h>

bool is_after_call(unsigned long addr, const u8 *code, unsigned long *target)
{
	/* Lengths of call *mem and call *reg: opcode ff /2, Intel SDM vol. 2 */
	static const u8 lengths[] = { 2, 3, 4, 6, 7 };
	s32 rel;
	int i;

	*target = 0;
	if (code[CALL_BYTES - 5] == 0xe8) {
		memcpy(&rel, code + CALL_BYTES - 4, sizeof(rel));
		*target = addr + rel;
		return true;
	}
	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		const u8 *insn = code + CALL_BYTES - lengths[i];

		if (insn[0] == 0xff && (insn[1] & 0x38) == 0x10)
			return true;
	}
	return false;
}

static bool is_return_address(unsigned long addr, unsigned long *target)
{
	u8 code[CALL_BYTES];

	return __kernel_text_address(addr) &&
	       !copy_from_kernel_nofault(code, (void *)(addr - CALL_BYTES), CALL_BYTES) &&
	       is_after_call(addr, code, target);
}

static unsigned long function_of(unsigned long addr)
{
	unsigned long size, offset;

	return kallsyms_lookup_size_offset(addr, &size, &offset) ? addr - offset : 0;
}

static bool on_stack(struct task_struct *task, unsigned long *p)
{
	unsigned long base = (unsigned long)task_stack_page(task);

	return (unsigned long)p >= base && (unsigned long)p <= base + THREAD_SIZE - sizeof(*p);
}

/* Into the guard page below. */
static bool ran_over(struct task_struct *task, unsigned long sp)
{
	unsigned long base = (unsigned long)task_stack_page(task);

	return sp < base && sp >= base - PAGE_SIZE;
}

#ifdef CONFIG_FRAME_POINTER
static void walk_frames(struct task_struct *task, unsigned long *fp, walk_fn fn, void *cookie)
{
	while (on_stack(task, fp + 1) && !((unsigned long)fp & 7)) {
		unsigned long *next = (unsigned long *)READ_ONCE_NOCHECK(fp[0]);

		if (!__kernel_text_address(fp[1]) || !fn(cookie, fp[1], true) || next <= fp)
			return;
		fp = next;
	}
}
#endif

static void scan_stack(struct task_struct *task, unsigned long *p, unsigned long callee, walk_fn fn,
		       void *cookie)
{
	unsigned long target;
	bool sure;

	for (; on_stack(task, p); p++) {
		unsigned long addr = READ_ONCE_NOCHECK(*p);

		if (!is_return_address(addr, &target))
			continue;
		sure = !target || !callee || target == callee;
		if (!fn(cookie, addr, sure))
			return;
		callee = function_of(addr - 1);
	}
}

void walk_stack(struct task_struct *task, struct pt_regs *regs, unsigned long *sp, walk_fn fn,
		void *cookie)
{
	unsigned long ip = 0, *fp = NULL;

	if (regs) {
		ip = regs->ip;
		sp = (unsigned long *)regs->sp;
		fp = (unsigned long *)regs->bp;
		if (ran_over(task, regs->sp))
			sp = task_stack_page(task);
		if (!fn(cookie, ip, true))
			return;
	} else if (task != current) {
		sp = (unsigned long *)task->thread.sp;
		fp = (unsigned long *)((struct switch_frame *)sp)->bp;
	} else if (!sp) {
		sp = __builtin_frame_address(0);
		fp = sp;
	}
#ifdef CONFIG_FRAME_POINTER
	if (fp && on_stack(task, fp)) {
		walk_frames(task, fp, fn, cookie);
		return;
	}
#endif
	scan_stack(task, PTR_ALIGN(sp, sizeof(*sp)), function_of(ip), fn, cookie);
}

struct consume {
	stack_trace_consume_fn fn;
	void *cookie;
};

static bool consume(void *cookie, unsigned long addr, bool sure)
{
	struct consume *c = cookie;

	return !sure || c->fn(c->cookie, addr);
}

void arch_stack_walk(stack_trace_consume_fn fn, void *cookie, struct task_struct *task,
		     struct pt_regs *regs)
{
	struct consume c = { fn, cookie };

	walk_stack(task ?: current, regs, NULL, consume, &c);
}

static bool first_outside_sched(void *cookie, unsigned long addr, bool sure)
{
	if (in_sched_functions(addr))
		return true;
	*(unsigned long *)cookie = addr;
	return false;
}

unsigned long __get_wchan(struct task_struct *task)
{
	unsigned long addr = 0;

	if (!try_get_task_stack(task))
		return 0;
	walk_stack(task, NULL, NULL, first_outside_sched, &addr);
	put_task_stack(task);
	return addr;
}
