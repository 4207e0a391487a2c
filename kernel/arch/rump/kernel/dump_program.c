// SPDX-License-Identifier: GPL-2.0
/*
 * The report of a program that dies of a signal. No core dump: where would it
 * go? Called with preemption off, so everything has to be in memory already;
 * what is not stays out of the report.
 */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include <asm/stacktrace.h>
#include <asm/traps.h>

#define MAX_FRAMES 24
#define SCAN_BYTES 16384UL

static const char *signal_name(int sig)
{
	static const char *const names[] = {
		[SIGQUIT] = "SIGQUIT", [SIGILL] = "SIGILL",   [SIGTRAP] = "SIGTRAP",
		[SIGABRT] = "SIGABRT", [SIGBUS] = "SIGBUS",   [SIGFPE] = "SIGFPE",
		[SIGSEGV] = "SIGSEGV", [SIGXCPU] = "SIGXCPU", [SIGXFSZ] = "SIGXFSZ",
		[SIGSYS] = "SIGSYS",
	};

	return sig < ARRAY_SIZE(names) && names[sig] ? names[sig] : "signal";
}

static void show_signal(void)
{
	const struct kernel_siginfo *info = current->thread.siginfo;

	if (!info)
		return;
	if (siginfo_layout(info->si_signo, info->si_code) == SIL_FAULT)
		pr_err("%s[%d] died of %s (%d), code %d, address %016lx\n", current->comm,
		       task_pid_nr(current), signal_name(info->si_signo), info->si_signo,
		       info->si_code, (unsigned long)info->si_addr);
	else
		pr_err("%s[%d] died of %s (%d), code %d\n", current->comm, task_pid_nr(current),
		       signal_name(info->si_signo), info->si_signo, info->si_code);
}

static void show_program_regs(struct pt_regs *r)
{
	pr_err("rip %016lx rsp %016lx rbp %016lx flags %08lx\n", r->ip, r->sp, r->bp, r->flags);
	pr_err("rax %016lx rbx %016lx rcx %016lx rdx %016lx\n", r->ax, r->bx, r->cx, r->dx);
	pr_err("rsi %016lx rdi %016lx r8  %016lx r9  %016lx\n", r->si, r->di, r->r8, r->r9);
	pr_err("r10 %016lx r11 %016lx r12 %016lx r13 %016lx\n", r->r10, r->r11, r->r12, r->r13);
	pr_err("r14 %016lx r15 %016lx\n", r->r14, r->r15);
}

/* The mmap lock is held. An address that is not in a file's text is told as it is. */
static void show_frame(int nr, unsigned long addr)
{
	static char path[128]; /* one report at a time: the caller holds a lock */
	struct vm_area_struct *vma = vma_lookup(current->mm, addr);
	char *name = NULL;

	if (vma && vma->vm_file)
		name = file_path(vma->vm_file, path, sizeof(path));
	if (IS_ERR_OR_NULL(name))
		pr_err("#%-2d %016lx\n", nr, addr);
	else
		pr_err("#%-2d %016lx %s+%#lx\n", nr, addr, name,
		       addr - vma->vm_start + (vma->vm_pgoff << PAGE_SHIFT));
}

static bool is_program_return(unsigned long addr)
{
	struct vm_area_struct *vma = vma_lookup(current->mm, addr - CALL_BYTES);
	unsigned long target;
	u8 code[CALL_BYTES];

	return vma && vma->vm_flags & VM_EXEC &&
	       !copy_from_user_nofault(code, (void __user *)(addr - CALL_BYTES), CALL_BYTES) &&
	       is_after_call(addr, code, &target);
}

/* Debian's programs have no frame pointers: look for return addresses. */
static void show_program_trace(struct pt_regs *regs)
{
	unsigned long sp = ALIGN(regs->sp, sizeof(long)), end = sp + SCAN_BYTES, addr;
	int nr = 0;

	show_frame(nr++, regs->ip);
	for (; sp < end && nr < MAX_FRAMES; sp += sizeof(long)) {
		if (copy_from_user_nofault(&addr, (void __user *)sp, sizeof(addr)))
			break;
		if (is_program_return(addr))
			show_frame(nr++, addr);
	}
}

void dump_program(struct pt_regs *regs)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	show_signal();
	show_program_regs(regs);
	if (current->mm && mmap_read_trylock(current->mm)) {
		show_program_trace(regs);
		mmap_read_unlock(current->mm);
	}
	spin_unlock(&lock);
}

static int __init enable_reports(void)
{
	print_fatal_signals = 1;
	return 0;
}
early_initcall(enable_reports);
