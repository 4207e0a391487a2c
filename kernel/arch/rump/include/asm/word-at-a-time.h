/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_WORD_AT_A_TIME_H
#define _ASM_RUMP_WORD_AT_A_TIME_H
#include <linux/bitops.h>
#include <linux/wordpart.h>
#include <asm/asm.h>

/* Finding a zero byte in a little-endian word; see "Bit Twiddling Hacks". */
struct word_at_a_time {
	const unsigned long one_bits, high_bits;
};

#define WORD_AT_A_TIME_CONSTANTS                     \
	{                                            \
		REPEAT_BYTE(0x01), REPEAT_BYTE(0x80) \
	}

static inline unsigned long has_zero(unsigned long a, unsigned long *bits,
				     const struct word_at_a_time *c)
{
	*bits = (a - c->one_bits) & ~a & c->high_bits;
	return *bits;
}

static inline unsigned long prep_zero_mask(unsigned long a, unsigned long bits,
					   const struct word_at_a_time *c)
{
	return bits;
}

#define create_zero_mask(bits) (bits)
#define find_zero(bits)	       (__ffs(bits) >> 3)

static inline unsigned long zero_bytemask(unsigned long bits)
{
	bits = (bits - 1) & ~bits;
	return bits >> 7;
}

/*
 * A word that may run over the end of the mapped page. If it does, shift what
 * the aligned word before holds into place; the rest reads as zero.
 */
static inline unsigned long load_unaligned_zeropad(const void *addr)
{
	unsigned long ret;

	asm volatile("1:	movq	(%[addr]),%[ret]\n"
		     "2:\n"
		     ".pushsection .fixup,\"ax\"\n"
		     "3:	movl	%k[addr],%%ecx\n"
		     "	andq	$-8,%[addr]\n"
		     "	movq	(%[addr]),%[ret]\n"
		     "	andl	$7,%%ecx\n"
		     "	shll	$3,%%ecx\n"
		     "	shrq	%%cl,%[ret]\n"
		     "	jmp	2b\n"
		     ".popsection\n" _ASM_EXTABLE(1b, 3b)
		     : [ret] "=&r"(ret), [addr] "+&r"(addr)::"rcx", "cc", "memory");
	return ret;
}
#endif
