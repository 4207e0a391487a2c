/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_BARRIER_H
#define _ASM_RUMP_BARRIER_H
#include <linux/compiler.h>
/*
 * x86 orders everything but a store before a later load (Intel SDM vol. 3,
 * 9.2.2 "Memory Ordering in P6 and More Recent Processor Families").
 * A locked instruction is a full barrier for write-back memory and cheaper than
 * mfence; the mandatory barriers must also order write-combining memory.
 */
#define mb()	    asm volatile("mfence" ::: "memory")
#define rmb()	    asm volatile("lfence" ::: "memory")
#define wmb()	    asm volatile("sfence" ::: "memory")
#define dma_rmb()   barrier()
#define dma_wmb()   barrier()
#define __smp_mb()  asm volatile("lock; addl $0,-4(%%rsp)" ::: "memory", "cc")
#define __smp_rmb() barrier()
#define __smp_wmb() barrier()
#define __smp_store_mb(var, value)         \
	do {                               \
		(void)xchg(&(var), value); \
	} while (0)
#define __smp_store_release(p, v)                     \
	do {                                          \
		compiletime_assert_atomic_type(*(p)); \
		barrier();                            \
		WRITE_ONCE(*(p), v);                  \
	} while (0)
#define __smp_load_acquire(p)                         \
	({                                            \
		typeof(*(p)) ___p1 = READ_ONCE(*(p)); \
		compiletime_assert_atomic_type(*(p)); \
		barrier();                            \
		___p1;                                \
	})
/* Atomic read-modify-write instructions are barriers themselves. */
#define __smp_mb__before_atomic() barrier()
#define __smp_mb__after_atomic()  barrier()
#include <asm-generic/barrier.h>
#endif
