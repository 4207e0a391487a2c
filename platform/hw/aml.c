// SPDX-License-Identifier: GPL-2.0
/*
 * Two constants that firmware keeps in AML only, found without an interpreter: the
 * DSDT is searched for the object's name, behind which the constant is written out.
 */
#include "bytes.h"
#include "hw.h"

/* ACPI 6.5, 20.2: the encodings met here */
enum {
	ZERO = 0x00,
	ONE = 0x01,
	BYTE = 0x0a,
	WORD = 0x0b,
	DWORD = 0x0c,
	QWORD = 0x0e,
	PACKAGE = 0x12,
	RETURN = 0xa4,
};

#define ROOM 16 /* bytes any object here takes at most behind its name */

/* The byte after the name, with ROOM bytes to read; NULL: not in the table. */
static const uint8_t *find(const char *name)
{
	const struct hw_machine *m = hw_machine();
	uint32_t i;

	for (i = 0; m->dsdt && i + 4 + ROOM <= m->dsdt_size; i++)
		if (m->dsdt[i] == (uint8_t)name[0] && hw_same(m->dsdt + i, name))
			return m->dsdt + i + 4;
	return NULL;
}

static uint64_t integer(const uint8_t **p)
{
	const uint8_t *v = *p + 1;

	switch (*(*p)++) {
	case ONE:
		return 1;
	case BYTE:
		*p += 1;
		return v[0];
	case WORD:
		*p += 2;
		return v[0] | v[1] << 8;
	case DWORD:
		*p += 4;
		return hw_get32(v);
	case QWORD:
		*p += 8;
		return hw_get64(v);
	}
	return 0;
}

/* Name (_S5_, Package () {a, b, ..}) */
bool hw_aml_sleep_types(unsigned int *a, unsigned int *b)
{
	const uint8_t *p = find("_S5_");

	if (!p || *p++ != PACKAGE)
		return false;
	p += 1 + (*p >> 6); /* PkgLength: bits 6-7 count its further bytes */
	p++;		    /* NumElements */
	*a = integer(&p);
	*b = integer(&p);
	return true;
}

/* Method (_CBA) { Return (address) } */
uint64_t hw_aml_ecam(void)
{
	const uint8_t *p = find("_CBA");

	if (!p || p[1] != RETURN)
		return 0;
	p += 2;
	return integer(&p);
}
