// SPDX-License-Identifier: GPL-2.0
/*
 * A plugin for QEMU that counts instructions by the block of guest code they are in. It writes a
 * line "ADDRESS INSTRUCTIONS TIMES" a block to the file "out", counting from the first execution of
 * the address "from" to the first one of "until" (both optional, hexadecimal).
 *
 * QEMU's header is in no Debian package; what is used of it is declared here, as version 1 of the
 * interface has it (docs/devel/tcg-plugins.rst).
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum { QEMU_PLUGIN_INLINE_ADD_U64, QEMU_PLUGIN_CB_NO_REGS = 0 };

void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id,
					   void (*f)(uint64_t id, struct qemu_plugin_tb *tb));
void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *tb, int op, void *counter,
					      uint64_t add);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
					    void (*f)(unsigned int cpu, void *arg), int flags,
					    void *arg);
void qemu_plugin_register_atexit_cb(uint64_t id, void (*f)(uint64_t id, void *arg), void *arg);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv);

struct block {
	uint64_t address, size, times;
	struct block *next;
};

static struct block *blocks;
static uint64_t from, until;
static bool begun;
static FILE *out;

static void write_counts(void)
{
	if (!out)
		return;
	for (struct block *b = blocks; b; b = b->next)
		if (b->times)
			fprintf(out, "%" PRIx64 " %" PRIu64 " %" PRIu64 "\n", b->address, b->size,
				b->times);
	fclose(out);
	out = NULL;
}

static void at_from(unsigned int cpu, void *arg)
{
	if (begun)
		return;
	begun = true;
	for (struct block *b = blocks; b; b = b->next)
		b->times = 0;
}

static void at_until(unsigned int cpu, void *arg)
{
	write_counts();
}

static void translated(uint64_t id, struct qemu_plugin_tb *tb)
{
	struct block *b = calloc(1, sizeof(*b));

	if (!b)
		abort();
	b->address = qemu_plugin_tb_vaddr(tb);
	b->size = qemu_plugin_tb_n_insns(tb);
	b->next = blocks;
	blocks = b;
	qemu_plugin_register_vcpu_tb_exec_inline(tb, QEMU_PLUGIN_INLINE_ADD_U64, &b->times, 1);
	for (size_t i = 0; i < b->size; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		uint64_t address = qemu_plugin_insn_vaddr(insn);

		if (from && address == from)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, at_from,
							       QEMU_PLUGIN_CB_NO_REGS, NULL);
		if (until && address == until)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, at_until,
							       QEMU_PLUGIN_CB_NO_REGS, NULL);
	}
}

static void at_exit(uint64_t id, void *arg)
{
	write_counts();
}

int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		if (!strncmp(argv[i], "out=", 4))
			out = fopen(argv[i] + 4, "w");
		else if (!strncmp(argv[i], "from=", 5))
			from = strtoull(argv[i] + 5, NULL, 16);
		else if (!strncmp(argv[i], "until=", 6))
			until = strtoull(argv[i] + 6, NULL, 16);
		else
			return -1;
	}
	if (!out)
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	qemu_plugin_register_atexit_cb(id, at_exit, NULL);
	return 0;
}
