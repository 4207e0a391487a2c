// SPDX-License-Identifier: GPL-2.0
/*
 * Reports for a person: registers and stack of the kernel, and oopses. The image has no symbols;
 * rumprun puts names behind addresses that look like [<this>], from IMAGE.debug.
 */
#include <linux/console.h>
#include <linux/kdebug.h>
#include <linux/printk.h>
#include <linux/sched/debug.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/uaccess.h>
#include <asm/stacktrace.h>
#include <asm/traps.h>

#define MAX_TRACE 48

struct trace {
	const char *level;
	int left;
	bool first; /* what comes next is where the CPU was, not a return address */
};

static bool print_entry(void *cookie, unsigned long addr, bool sure)
{
	struct trace *t = cookie;

	printk("%s %s[<%016lx>]\n", t->level, t->first ? "rip " : sure ? "    " : "  ? ", addr);
	t->first = false;
	return --t->left > 0;
}

static void show_trace(struct task_struct *task, struct pt_regs *regs, unsigned long *sp,
		       const char *level)
{
	struct trace t = { level, MAX_TRACE, regs };

	if (!try_get_task_stack(task))
		return;
	printk("%sCall trace:\n", level);
	walk_stack(task, regs, sp, print_entry, &t);
	put_task_stack(task);
}

void show_stack(struct task_struct *task, unsigned long *sp, const char *level)
{
	show_trace(task ?: current, NULL, sp, level);
}

static void show_code(struct pt_regs *regs)
{
	u8 code[16];

	if (!copy_from_kernel_nofault(code, (void *)regs->ip, sizeof(code)))
		printk(KERN_EMERG "code: %*ph\n", (int)sizeof(code), code);
}

static void show_kernel_regs(struct pt_regs *r)
{
	show_regs_print_info(KERN_EMERG);
	printk(KERN_EMERG "rip %016lx rsp %016lx flags %08lx cr2 %016lx\n", r->ip, r->sp, r->flags,
	       current->thread.cr2);
	printk(KERN_EMERG "rax %016lx rbx %016lx rcx %016lx rdx %016lx\n", r->ax, r->bx, r->cx,
	       r->dx);
	printk(KERN_EMERG "rsi %016lx rdi %016lx rbp %016lx r8  %016lx\n", r->si, r->di, r->bp,
	       r->r8);
	printk(KERN_EMERG "r9  %016lx r10 %016lx r11 %016lx r12 %016lx\n", r->r9, r->r10, r->r11,
	       r->r12);
	printk(KERN_EMERG "r13 %016lx r14 %016lx r15 %016lx\n", r->r13, r->r14, r->r15);
	show_code(r);
	show_trace(current, r, NULL, KERN_EMERG);
}

void show_regs(struct pt_regs *regs)
{
	if (user_mode(regs))
		dump_program(regs);
	else
		show_kernel_regs(regs);
}

void die(const char *what, struct pt_regs *regs, long err)
{
	static atomic_t count = ATOMIC_INIT(0);
	int nr = atomic_inc_return(&count);

	oops_enter();
	console_verbose();
	bust_spinlocks(1);
	pr_emerg("%s: %04lx [#%d]\n", what, err, nr);
	notify_die(DIE_OOPS, what, regs, err, current->thread.trap_nr, SIGSEGV);
	show_regs(regs);
	bust_spinlocks(0);
	add_taint(TAINT_DIE, LOCKDEP_NOW_UNRELIABLE);
	oops_exit();
	if (in_interrupt() || nr > 1)
		panic("Fatal exception");
	if (panic_on_oops)
		panic("Fatal exception");
	make_task_dead(SIGSEGV);
}
