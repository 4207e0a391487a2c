// SPDX-License-Identifier: GPL-2.0
/* Boot record, firmware tables and CMOS clock as platform/hw reads them, from made-up hardware. */
#include "hw.h"
#include "unit.h"
#include "x86.h"

#include <stdarg.h>
#include <stdlib.h>

#define MEMORY_SIZE 0x200000
#define RECORD	    0x1000
#define TABLES	    0x100000
#define DAY	    86400ull
#define OWN_DATA    0x8000000000

static uint8_t *memory;
static uint8_t cmos[128];
static uint8_t cmos_index;
static struct hw_machine machine;

/* ---- the hardware -------------------------------------------------------- */

uint8_t hw_inb(uint16_t port)
{
	return port == 0x71 ? cmos[cmos_index & 127] : 0xff;
}

uint16_t hw_inw(uint16_t port)
{
	return hw_inb(port) | 0xff00;
}

uint32_t hw_inl(uint16_t port)
{
	return hw_inw(port) | 0xffff0000;
}

void hw_outb(uint8_t v, uint16_t port)
{
	if (port == 0x70)
		cmos_index = v;
}

void hw_outw(uint16_t v, uint16_t port)
{
	(void)v;
	(void)port;
}

void hw_outl(uint32_t v, uint16_t port)
{
	(void)v;
	(void)port;
}

void hw_outsb(const void *s, uint64_t n, uint16_t port)
{
	(void)s;
	(void)n;
	(void)port;
}

void hw_console_init(void)
{
}

const struct hw_machine *hw_machine(void)
{
	return &machine;
}

static const void *own_data; /* the platform's own, which is not in that memory */

static uint64_t physical(const void *p)
{
	own_data = p;
	return OWN_DATA;
}

static void *map_memory(uint64_t pa, size_t size)
{
	if (pa == OWN_DATA)
		return (void *)own_data;
	return pa < MEMORY_SIZE && size <= MEMORY_SIZE - pa ? memory + pa : NULL;
}

static const struct rumpuser_hyperup up = { .map_memory = map_memory, .physical = physical };

/* ---- writing tables -------------------------------------------------------- */

static void put(uint64_t pa, uint64_t v, unsigned int bytes)
{
	for (; bytes--; v >>= 8)
		memory[pa++] = v;
}

static void put_text(uint64_t pa, const char *s)
{
	memcpy(memory + pa, s, strlen(s));
}

static void put_bytes(uint64_t pa, unsigned int n, ...)
{
	va_list list;

	va_start(list, n);
	while (n--)
		memory[pa++] = va_arg(list, int);
	va_end(list);
}

static void header(uint64_t pa, const char *name, uint32_t size)
{
	put_text(pa, name);
	put(pa + 4, size, 4);
}

static void forget(void)
{
	memset(memory, 0, MEMORY_SIZE);
	memset(&machine, 0, sizeof(machine));
}

/* Root pointer, RSDT and the tables at TABLES + 0x1000 * i. */
static void root(unsigned int tables)
{
	unsigned int i;

	put_text(0xf0010, "RSD PTR ");
	put(0xf0010 + 16, TABLES, 4);
	header(TABLES, "RSDT", 36 + 4 * tables);
	for (i = 1; i <= tables; i++)
		put(TABLES + 32 + 4 * i, TABLES + 0x1000 * i, 4);
}

/* ---- the tests -------------------------------------------------------------- */

static void record(uint32_t version, const char *command_line)
{
	forget();
	put(RECORD, 0x336ec578, 4);
	put(RECORD + 4, version, 4);
	put(RECORD + 12, 1, 4);
	put(RECORD + 16, 0x2000, 8);
	put(RECORD + 24, 0x3000, 8);
	put(RECORD + 40, 0x4000, 8);
	put(RECORD + 48, version ? 2 : 0, 4);
	put(0x2000, 0x50000, 8);
	put(0x2008, 0x1234, 8);
	put_text(0x3000, command_line);
	put(0x4000, 0x100000, 8);
	put(0x4008, 0x40000000, 8);
	put(0x4010, 1, 4);
	put(0x4018, 0x50000000, 8);
	put(0x4020, 0x1000, 8);
	put(0x4028, 3, 4);
}

static void boot_record(void)
{
	struct rumpuser_memory m;
	uint64_t start, size, kept = 0;
	unsigned int i;

	record(1, "quiet rump.control=0x2f8,3");
	check("another magic is refused", rumpuser_init(RUMPUSER_VERSION, memory, &up) == -1);
	check("another version is refused",
	      rumpuser_init(RUMPUSER_VERSION + 1, memory + RECORD, &up) == -1);
	check("a boot record is taken", !rumpuser_init(RUMPUSER_VERSION, memory + RECORD, &up));
	check_text("command line", "quiet rump.control=0x2f8,3", rumpuser_command_line());
	check("boot module",
	      !rumpuser_boot_module(&start, &size) && start == 0x50000 && size == 0x1234);
	check("RAM", !rumpuser_memory(0, &m) && m.type == RUMPUSER_MEMORY_RAM &&
			     m.start == 0x100000 && m.size == 0x40000000);
	check("firmware's memory",
	      !rumpuser_memory(1, &m) && m.type == RUMPUSER_MEMORY_FIRMWARE && m.size == 0x1000);
	for (i = 2; !rumpuser_memory(i, &m); i++)
		kept += m.type == RUMPUSER_MEMORY_KEEP && m.start == 0x50000 && m.size == 0x1234;
	check("the module is kept", kept == 1);
}

static void boot_record_without_map(void)
{
	struct rumpuser_memory m;

	record(0, "");
	memset(cmos, 0, sizeof(cmos));
	cmos[0x35] = 0x03; /* 48 MiB above 16 */
	cmos[0x5d] = 0x01; /* 4 GiB above 4 */
	check("version 0 is taken", !rumpuser_init(RUMPUSER_VERSION, memory + RECORD, &up));
	check("low memory", !rumpuser_memory(0, &m) && m.size == 640 << 10);
	check("memory by the CMOS", !rumpuser_memory(1, &m) && m.start + m.size == 64 << 20);
	check("memory above 4 GiB",
	      !rumpuser_memory(2, &m) && m.start == 1ull << 32 && m.size == 1ull << 32);
}

/* The tags that GRUB has in front of its information's end, and one that says nothing to us. */
static void multiboot_information(uint64_t pa, uint32_t entry_size)
{
	put(RECORD + 4, pa, 4);
	put(pa, 0x80, 4);
	put(pa + 0x08, 1, 4); /* command line: 8 bytes and padding */
	put(pa + 0x0c, 8 + 9, 4);
	put_text(pa + 0x10, "loglevel");
	put(pa + 0x20, 3, 4); /* module */
	put(pa + 0x24, 17, 4);
	put(pa + 0x28, 0x50000, 4);
	put(pa + 0x2c, 0x51234, 4);
	put(pa + 0x38, 4, 4); /* basic memory information */
	put(pa + 0x3c, 16, 4);
	put(pa + 0x48, 6, 4); /* memory map */
	put(pa + 0x4c, 16 + 24, 4);
	put(pa + 0x50, entry_size, 4);
	put(pa + 0x58, 0x100000, 8);
	put(pa + 0x60, 0x3000000, 8);
	put(pa + 0x68, 1, 4);
	put(pa + 0x70, 0, 4);
	put(pa + 0x74, 8, 4);
}

static void multiboot(void)
{
	const uint64_t at = 0x20000;
	struct rumpuser_memory m;
	uint64_t start, size, kept = 0;
	unsigned int i;

	forget();
	put(RECORD, 0x36d76289, 4);
	put(RECORD + 4, 0x80000000, 4);
	check("information out of reach is refused",
	      rumpuser_init(RUMPUSER_VERSION, memory + RECORD, &up) == -1);
	multiboot_information(at, 32);
	check("a memory map in another form is refused",
	      rumpuser_init(RUMPUSER_VERSION, memory + RECORD, &up) == -1);
	multiboot_information(at, 24);
	check("GRUB's information is taken",
	      !rumpuser_init(RUMPUSER_VERSION, memory + RECORD, &up));
	check_text("GRUB's command line", "loglevel", rumpuser_command_line());
	check("GRUB's module",
	      !rumpuser_boot_module(&start, &size) && start == 0x50000 && size == 0x1234);
	check("GRUB's memory map", !rumpuser_memory(0, &m) && m.type == RUMPUSER_MEMORY_RAM &&
					   m.start == 0x100000 && m.size == 0x3000000);
	for (i = 1; !rumpuser_memory(i, &m); i++)
		kept += m.type == RUMPUSER_MEMORY_KEEP && m.start == at && m.size == 0x80;
	check("the information is kept", kept == 1);
}

static void command_line(void)
{
	unsigned long v[2] = { 0, 0 };

	record(1, "a xrump.control=1,2 rump.control=0x2F8,3 b=7");
	rumpuser_init(RUMPUSER_VERSION, memory + RECORD, &up);
	check("two numbers",
	      hw_command_line_value("rump.control", v, 2) && v[0] == 0x2f8 && v[1] == 3);
	check("the last word", hw_command_line_value("b", v, 1) && v[0] == 7);
	check("too few numbers", !hw_command_line_value("b", v, 2));
	check("a word without a value", !hw_command_line_value("a", v, 1));
	check("a missing word", !hw_command_line_value("control", v, 1));
}

/* Three processors, one off; two I/O APICs; line 0 moved, line 9 level and low. */
static void madt(uint64_t pa)
{
	uint64_t e = pa + 44;

	put_bytes(e, 8, 0, 8, 0, 4, 1, 0, 0, 0);
	put_bytes(e + 8, 8, 0, 8, 1, 5, 0, 0, 0, 0);
	put_bytes(e + 16, 16, 9, 16, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0);
	put_bytes(e + 32, 12, 1, 12, 0, 0, 0, 0, 0xc0, 0xfe, 0, 0, 0, 0);
	put_bytes(e + 44, 12, 1, 12, 1, 0, 0, 0, 0xc1, 0xfe, 24, 0, 0, 0);
	put_bytes(e + 56, 10, 2, 10, 0, 0, 2, 0, 0, 0, 0, 0);
	put_bytes(e + 66, 10, 2, 10, 0, 9, 9, 0, 0, 0, 0x0f, 0);
	header(pa, "APIC", 44 + 76);
}

static void acpi(void)
{
	forget();
	hw_up = up;
	hw_acpi_root = 0;
	check("no tables", !hw_acpi_read(&machine));
	root(4);
	madt(TABLES + 0x1000);
	header(TABLES + 0x2000, "MCFG", 60);
	put(TABLES + 0x2000 + 44, 0xb0000000, 8);
	memory[TABLES + 0x2000 + 55] = 0x7f;
	header(TABLES + 0x3000, "HPET", 56);
	put(TABLES + 0x3000 + 44, 0xfed00000, 8);
	header(TABLES + 0x4000, "FACP", 132);
	put(TABLES + 0x4000 + 64, 0x604, 4);
	put(TABLES + 0x4000 + 76, 0x608, 4);
	check("tables", hw_acpi_read(&machine));
	check("processors",
	      machine.cpus == 2 && machine.cpu_id[0] == 4 && machine.cpu_id[1] == 0x100);
	check("I/O APICs", machine.routers == 2 && machine.router[1].address == 0xfec10000 &&
				   machine.router[1].gsi_base == 24);
	check("a moved line", machine.isa[0].gsi == 2 && !machine.isa[0].level);
	check("a level line",
	      machine.isa[9].gsi == 9 && machine.isa[9].level && machine.isa[9].low);
	check("ECAM", machine.ecam == 0xb0000000 && machine.ecam_last == 0x7f);
	check("HPET", machine.hpet == 0xfed00000);
	check("PM registers", machine.pm1a_control == 0x604 && machine.pm_timer == 0x608);
}

/* Lengths that lie must not lead anywhere; the sanitizer watches. */
static void acpi_broken(void)
{
	forget();
	root(2);
	madt(TABLES + 0x1000);
	memory[TABLES + 0x1000 + 45] = 0;
	header(TABLES + 0x2000, "MCFG", 0xffffffff);
	check("an entry without a length", !hw_acpi_read(&machine));
	forget();
	root(1);
	put(TABLES + 36, 0xfffff000, 4);
	check("a table outside of memory", !hw_acpi_read(&machine));
}

static void aml(void)
{
	static const uint8_t code[] = { 0x08, '_',  'S',  '5',	'_',  0x12, 0x06, 0x04, 0x0a,
					0x05, 0x01, 0x00, 0x00, 0x14, 0x0b, '_',  'C',	'B',
					'A',  0x00, 0xa4, 0x0c, 0x00, 0x00, 0x00, 0xe0 };
	static uint8_t dsdt[sizeof(code) + 32];
	unsigned int a = 99, b = 99;

	forget();
	check("no DSDT", !hw_aml_sleep_types(&a, &b) && !hw_aml_ecam());
	memcpy(dsdt, code, sizeof(code));
	machine.dsdt = dsdt;
	machine.dsdt_size = sizeof(dsdt);
	check("sleep types", hw_aml_sleep_types(&a, &b) && a == 5 && b == 1);
	check("ECAM by a method", hw_aml_ecam() == 0xe0000000);
	machine.dsdt_size = 13;
	a = b = 99;
	check("sleep types at the DSDT's end", hw_aml_sleep_types(&a, &b) && a == 5 && b == 1);
	machine.dsdt_size = 10;
	check("a short DSDT", !hw_aml_ecam());
}

static void mptable(void)
{
	forget();
	hw_up = up;
	check("no MP table", !hw_mptable_read(&machine));
	put_text(0x9fc00, "_MP_");
	put(0x9fc04, 0x9fd00, 4);
	put_text(0x9fd00, "PCMP");
	put(0x9fd04, 44 + 20 + 20 + 8 + 8, 2);
	put(0x9fd00 + 34, 4, 2);
	put_bytes(0x9fd2c, 4, 0, 0, 0x14, 1);
	put_bytes(0x9fd40, 4, 0, 1, 0x14, 0);
	put_bytes(0x9fd54, 8, 1, 0, 'I', 'S', 'A', ' ', ' ', ' ');
	put_bytes(0x9fd5c, 8, 2, 2, 0x11, 1, 0, 0, 0xc0, 0xfe);
	check("MP table", hw_mptable_read(&machine));
	check("its processors", machine.cpus == 1 && machine.cpu_id[0] == 0);
	check("its I/O APIC", machine.routers == 1 && machine.router[0].address == 0xfec00000);
}

static uint64_t clock(unsigned int status, unsigned int hour, unsigned int minute)
{
	cmos[0] = status & 4 ? 59 : 0x59;
	cmos[2] = minute;
	cmos[4] = hour;
	cmos[7] = status & 4 ? 29 : 0x29;
	cmos[8] = 2;
	cmos[9] = status & 4 ? 24 : 0x24;
	cmos[11] = status;
	return hw_rtc_wall() / 1000000000;
}

static void rtc(void)
{
	const uint64_t day = 19782 * DAY; /* 29 February 2024 */

	forget();
	memset(cmos, 0, sizeof(cmos));
	check("BCD, 24 hours", clock(2, 0x23, 0x58) == day + 23 * 3600 + 58 * 60 + 59);
	check("BCD, p.m.", clock(0, 0x91, 0x07) == day + 23 * 3600 + 7 * 60 + 59);
	check("BCD, midnight", clock(0, 0x12, 0) == day + 59);
	check("BCD, noon", clock(0, 0x92, 0) == day + 12 * 3600 + 59);
	check("binary, 24 hours", clock(6, 17, 30) == day + 17 * 3600 + 30 * 60 + 59);
	machine.century = 0x32;
	cmos[0x32] = 0x21;
	check("century", clock(2, 0, 0) == day + 36524 * DAY + 59);
	cmos[0x32] = 0x19;
	check("before 1970", !clock(2, 0, 0));
	cmos[8] = 0;
	cmos[13] = 0xff;
	check("no clock", !hw_rtc_wall());
}

int main(void)
{
	memory = calloc(1, MEMORY_SIZE);
	boot_record();
	boot_record_without_map();
	multiboot();
	command_line();
	acpi();
	acpi_broken();
	aml();
	mptable();
	rtc();
	free(memory);
	return 0;
}
