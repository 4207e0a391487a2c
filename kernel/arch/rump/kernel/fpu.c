// SPDX-License-Identifier: GPL-2.0
/*
 * FPU, SSE and AVX state of programs. Saved at each switch away from a task,
 * restored only on the way back to the program, and not even then if nobody
 * else used the registers. Formats: Intel SDM vol. 1, 10.5 and 13.4.
 */
#include <linux/init.h>
#include <linux/pagemap.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/uaccess.h>
#include <asm/cpuid.h>
#include <asm/fpu.h>
#include <asm/fpu_enable.h>
#include <asm/trapnr.h>
#include <uapi/asm/sigcontext.h>

#define FXSAVE_SIZE	   512
#define FXSAVE_MXCSR	   24
#define FXSAVE_MXCSR_MASK  28
#define FXSAVE_SW_BYTES	   464 /* left to software: struct _fpx_sw_bytes */
#define XSAVE_HEADER_SIZE  64
#define MXCSR_DEFAULT	   0x1f80 /* all exceptions masked */
#define MXCSR_MASK_DEFAULT 0xffbf /* if the CPU stores 0 (SDM vol. 1, 11.6.6) */

#define XFEATURE_FPSSE	   0x03
/* x87, SSE, AVX, AVX-512. Not AMX, which is enabled task by task, nor PKRU. */
#define XFEATURES_SUPPORTED 0xe7

unsigned int fpu_size __ro_after_init = FXSAVE_SIZE;
u64 fpu_xfeatures __ro_after_init;
static bool fpu_xsaveopt __ro_after_init;
static u32 fpu_mxcsr_mask __ro_after_init = MXCSR_MASK_DEFAULT;

static DEFINE_PER_CPU(struct task_struct *, fpu_owner);

struct xsave_header {
	u64 xstate_bv;
	u64 xcomp_bv;
	u64 reserved[6];
};

static struct xsave_header *xsave_header(void *image)
{
	return image + FXSAVE_SIZE;
}

static void save(void *image)
{
	if (fpu_xsaveopt)
		asm volatile("xsaveopt64 %0" : "+m"(*(u8 *)image) : "a"(-1), "d"(-1) : "memory");
	else if (fpu_xfeatures)
		asm volatile("xsave64 %0" : "+m"(*(u8 *)image) : "a"(-1), "d"(-1) : "memory");
	else
		asm volatile("fxsave64 %0" : "+m"(*(u8 *)image)::"memory");
}

static void restore(const void *image)
{
	if (fpu_xfeatures)
		asm volatile("xrstor64 %0" ::"m"(*(const u8 *)image), "a"(-1), "d"(-1) : "memory");
	else
		asm volatile("fxrstor64 %0" ::"m"(*(const u8 *)image) : "memory");
}

static bool fpu_is_live(struct task_struct *t)
{
	return task_has_fpu(t) && !test_tsk_thread_flag(t, TIF_NEED_FPU_LOAD);
}

void fpu_switch(struct task_struct *prev)
{
	if (fpu_is_live(prev)) {
		save(prev->thread.fpu);
		set_tsk_thread_flag(prev, TIF_NEED_FPU_LOAD);
	}
}

void fpu_load(void)
{
	struct task_struct *t = current;
	int cpu = raw_smp_processor_id();

	if (!task_has_fpu(t))
		return;
	if (__this_cpu_read(fpu_owner) != t || t->thread.fpu_cpu != cpu) {
		restore(t->thread.fpu);
		__this_cpu_write(fpu_owner, t);
		t->thread.fpu_cpu = cpu;
	}
	clear_thread_flag(TIF_NEED_FPU_LOAD);
}

/* The image in memory is the truth from here on, whatever the registers hold. */
static void fpu_image_changed(struct task_struct *t)
{
	t->thread.fpu_cpu = -1;
	set_tsk_thread_flag(t, TIF_NEED_FPU_LOAD);
}

const void *fpu_image(struct task_struct *t)
{
	preempt_disable();
	if (t == current && fpu_is_live(t))
		save(t->thread.fpu);
	preempt_enable();
	return t->thread.fpu;
}

void fpu_dup(struct task_struct *child)
{
	memcpy(child->thread.fpu, fpu_image(current), fpu_size);
	fpu_image_changed(child);
}

void fpu_reset(struct task_struct *t)
{
	void *image = t->thread.fpu;

	preempt_disable();
	memset(image, 0, fpu_size);
	*(u16 *)image = 0x37f; /* FCW after fninit */
	*(u32 *)(image + FXSAVE_MXCSR) = MXCSR_DEFAULT;
	fpu_image_changed(t);
	preempt_enable();
}

/* The bits of SWD and MXCSR: invalid, denormal, division by 0, overflow, underflow, precision. */
static int first_exception(unsigned int raised)
{
	if (raised & BIT(0))
		return FPE_FLTINV;
	if (raised & BIT(2))
		return FPE_FLTDIV;
	if (raised & BIT(3))
		return FPE_FLTOVF;
	if (raised & (BIT(1) | BIT(4)))
		return FPE_FLTUND;
	return FPE_FLTRES;
}

int fpu_exception_code(unsigned long vector)
{
	const void *image = fpu_image(current);
	u32 mxcsr = *(const u32 *)(image + FXSAVE_MXCSR);
	u16 control = *(const u16 *)image, status = *(const u16 *)(image + 2);

	/* Masks stand 7 bits above the flags in MXCSR. */
	return first_exception(vector == X86_TRAP_MF ? status & ~control : mxcsr & ~(mxcsr >> 7));
}

unsigned int fpu_frame_size(void)
{
	return fpu_size + (fpu_xfeatures ? FP_XSTATE_MAGIC2_SIZE : 0);
}

static int xsave_user(void __user *fp)
{
	int err = 0;

	if (fpu_xfeatures)
		asm volatile("1: xsave64 %[fp]\n2:\n" EXTABLE_ERR
			     : [err] "+r"(err), [fp] "+m"(*(u8 __force *)fp)
			     : "a"(-1), "d"(-1)
			     : "memory");
	else
		asm volatile("1: fxsave64 %[fp]\n2:\n" EXTABLE_ERR
			     : [err] "+r"(err), [fp] "+m"(*(u8 __force *)fp)::"memory");
	return err;
}

static int xrstor_user(const void __user *fp)
{
	int err = 0;

	if (fpu_xfeatures)
		asm volatile("1: xrstor64 %[fp]\n2:\n" EXTABLE_ERR
			     : [err] "+r"(err)
			     : [fp] "m"(*(u8 __force *)fp), "a"(-1), "d"(-1)
			     : "memory");
	else
		asm volatile("1: fxrstor64 %[fp]\n2:\n" EXTABLE_ERR
			     : [err] "+r"(err)
			     : [fp] "m"(*(u8 __force *)fp)
			     : "memory");
	return err;
}

/* What tells a program which format it has before it. */
static int put_sw_bytes(void __user *fp)
{
	struct _fpx_sw_bytes sw = {
		.magic1 = FP_XSTATE_MAGIC1,
		.extended_size = fpu_frame_size(),
		.xfeatures = fpu_xfeatures,
		.xstate_size = fpu_size,
	};
	u64 bv;

	if (!fpu_xfeatures)
		return clear_user(fp + FXSAVE_SW_BYTES, sizeof(sw)) ? -EFAULT : 0;
	if (copy_to_user(fp + FXSAVE_SW_BYTES, &sw, sizeof(sw)) ||
	    put_user(FP_XSTATE_MAGIC2, (u32 __user *)(fp + fpu_size)) ||
	    get_user(bv, (u64 __user *)(fp + FXSAVE_SIZE)))
		return -EFAULT;
	/* Old programs change x87 and SSE state without looking at the header. */
	return put_user(bv | XFEATURE_FPSSE, (u64 __user *)(fp + FXSAVE_SIZE));
}

/*
 * Straight from the registers. No sleeping in a page fault meanwhile: the
 * instruction would be restarted with another task's state. So fault in first.
 */
int fpu_save_to_user(void __user *fp)
{
	int err;

	if (!access_ok(fp, fpu_frame_size()))
		return -EFAULT;
	/* xsave leaves most of its header as it is; xrstor wants it zero. */
	if (fpu_xfeatures && clear_user(fp + FXSAVE_SIZE, XSAVE_HEADER_SIZE))
		return -EFAULT;
	for (;;) {
		preempt_disable();
		if (test_thread_flag(TIF_NEED_FPU_LOAD))
			fpu_load();
		pagefault_disable();
		err = xsave_user(fp);
		pagefault_enable();
		preempt_enable();
		if (!err)
			return put_sw_bytes(fp);
		if (fault_in_safe_writeable(fp, fpu_size))
			return -EFAULT;
	}
}

static bool frame_has_xstate(const void __user *fp)
{
	struct _fpx_sw_bytes sw;
	u32 magic2;

	if (!fpu_xfeatures || copy_from_user(&sw, fp + FXSAVE_SW_BYTES, sizeof(sw)))
		return false;
	if (sw.magic1 != FP_XSTATE_MAGIC1 || sw.xstate_size != fpu_size ||
	    sw.extended_size != fpu_frame_size())
		return false;
	return !get_user(magic2, (u32 __user *)(fp + fpu_size)) && magic2 == FP_XSTATE_MAGIC2;
}

/* A frame that a program made itself, in the format of 1999. */
static int restore_legacy(const void __user *fp)
{
	struct thread_struct *thread = &current->thread;
	int err = 0;

	preempt_disable();
	set_thread_flag(TIF_NEED_FPU_LOAD); /* or a switch would overwrite the image */
	preempt_enable();
	if (copy_from_user(thread->fpu, fp, FXSAVE_SIZE))
		err = -EFAULT;
	*(u32 *)(thread->fpu + FXSAVE_MXCSR) &= fpu_mxcsr_mask;
	if (fpu_xfeatures) {
		memset(thread->fpu + FXSAVE_SIZE, 0, fpu_size - FXSAVE_SIZE);
		xsave_header(thread->fpu)->xstate_bv = XFEATURE_FPSSE;
	}
	fpu_image_changed(current);
	return err;
}

int fpu_restore_from_user(const void __user *fp)
{
	int err;

	if (!access_ok(fp, fpu_frame_size()))
		return -EFAULT;
	if (!frame_has_xstate(fp))
		return restore_legacy(fp);
	for (;;) {
		preempt_disable();
		pagefault_disable();
		err = xrstor_user(fp);
		pagefault_enable();
		if (!err) {
			__this_cpu_write(fpu_owner, current);
			current->thread.fpu_cpu = raw_smp_processor_id();
			clear_thread_flag(TIF_NEED_FPU_LOAD);
		} else {
			/* Registers may be half loaded: nobody's. */
			__this_cpu_write(fpu_owner, NULL);
		}
		preempt_enable();
		if (!err)
			return 0;
		if (current->thread.trap_nr != X86_TRAP_PF) {
			fpu_reset(current); /* #GP: not an XSAVE image at all */
			return -EINVAL;
		}
		if (fault_in_readable(fp, fpu_size)) {
			fpu_reset(current);
			return -EFAULT;
		}
	}
}

static void __init find_mxcsr_mask(void)
{
	static u8 image[FXSAVE_SIZE] __initdata __aligned(16);

	asm volatile("fxsave64 %0" : "+m"(image));
	if (*(u32 *)(image + FXSAVE_MXCSR_MASK))
		fpu_mxcsr_mask = *(u32 *)(image + FXSAVE_MXCSR_MASK);
}

static void __init find_xfeatures(void)
{
	if (!cpu_has(CPU_HAS_XSAVE))
		return;
	fpu_xfeatures = fpu_enable_xfeatures(XFEATURES_SUPPORTED);
	if (!fpu_xfeatures)
		return;
	fpu_size = cpuid_reg(0xd, 0, CPUID_EBX); /* for what is enabled in XCR0 */
	fpu_xsaveopt = cpuid_reg(0xd, 1, CPUID_EAX) & 1;
}

void fpu_init_cpu(void)
{
	u32 mxcsr = MXCSR_DEFAULT;

	fpu_enable();
	asm volatile("fninit; ldmxcsr %0" ::"m"(mxcsr));
	if (fpu_xfeatures)
		fpu_enable_xfeatures(fpu_xfeatures);
}

/* Before there is a second task. */
void __init fpu_detect(void)
{
	fpu_init_cpu();
	find_mxcsr_mask();
	find_xfeatures();
	/* task_struct ends in the image. */
	arch_task_struct_size = sizeof(struct task_struct) + fpu_size;
}
