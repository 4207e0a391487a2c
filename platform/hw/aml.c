// SPDX-License-Identifier: GPL-2.0
/*
 * Two constants that firmware keeps in AML only, found without an interpreter: the
 * DSDT is searched for the object's name, behind which the constant is written out.
 */
#include "bytes.h"
#include "hw.h"

/* ACPI 6.5, 20.2: the encodings met here */
enum {
	ONE = 0x01,
	BYTE = 0x0a,
	WORD = 0x0b,
	DWORD = 0x0c,
	QWORD = 0x0e,
	PACKAGE = 0x12,
	RETURN = 0xa4,
};

/* What is still to be read; behind the table's end there are only zeros. */
struct cursor {
	const uint8_t *at, *end;
};

static uint8_t next(struct cursor *c)
{
	return c->at < c->end ? *c->at++ : 0;
}

/* Behind the name; false: not in the table. */
static bool find(const char *name, struct cursor *c)
{
	const struct hw_machine *m = hw_machine();
	uint32_t i;

	for (i = 0; m->dsdt && i + 4 <= m->dsdt_size; i++) {
		if (m->dsdt[i] != (uint8_t)name[0] || !hw_same(m->dsdt + i, name))
			continue;
		c->at = m->dsdt + i + 4;
		c->end = m->dsdt + m->dsdt_size;
		return true;
	}
	return false;
}

static unsigned int integer_size(uint8_t encoding)
{
	switch (encoding) {
	case BYTE:
		return 1;
	case WORD:
		return 2;
	case DWORD:
		return 4;
	case QWORD:
		return 8;
	}
	return 0;
}

static uint64_t integer(struct cursor *c)
{
	uint8_t encoding = next(c);
	unsigned int i, size = integer_size(encoding);
	uint64_t v = 0;

	for (i = 0; i < size; i++)
		v |= (uint64_t)next(c) << 8 * i;
	return encoding == ONE ? 1 : v;
}

/* Name (_S5_, Package () {a, b, ..}) */
bool hw_aml_sleep_types(unsigned int *a, unsigned int *b)
{
	struct cursor c;
	unsigned int more;

	if (!find("_S5_", &c) || next(&c) != PACKAGE)
		return false;
	for (more = next(&c) >> 6; more; more--) /* PkgLength: bits 6-7 count its further bytes */
		next(&c);
	next(&c); /* NumElements */
	*a = integer(&c);
	*b = integer(&c);
	return true;
}

/* Method (_CBA) { Return (address) } */
uint64_t hw_aml_ecam(void)
{
	struct cursor c;

	if (!find("_CBA", &c))
		return 0;
	next(&c); /* MethodFlags */
	return next(&c) == RETURN ? integer(&c) : 0;
}
