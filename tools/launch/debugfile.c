// SPDX-License-Identifier: GPL-2.0
#include "debugfile.h"
#include "launch.h"

#include <dirent.h>
#include <elfutils/libdwfl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CALL_BYTES 5 /* opcode e8 and a distance of 4 bytes: Intel SDM vol. 2, CALL */

struct debug_file {
	char *path;
	Dwfl *dwfl;
	Dwfl_Module *module; /* NULL: it cannot be read */
	struct debug_file *next;
};

static const Dwfl_Callbacks callbacks = {
	.find_elf = dwfl_build_id_find_elf,
	.find_debuginfo = dwfl_standard_find_debuginfo,
	.section_address = dwfl_offline_section_address,
};

static Dwfl_Module *open_module(struct debug_file *f)
{
	Dwfl_Module *module;

	/* Else libdw asks servers of that name for what is not on this machine. */
	unsetenv("DEBUGINFOD_URLS");
	f->dwfl = dwfl_begin(&callbacks);
	if (!f->dwfl)
		return NULL;
	dwfl_report_begin(f->dwfl);
	module = dwfl_report_elf(f->dwfl, f->path, f->path, -1, 0, true);
	dwfl_report_end(f->dwfl, NULL, NULL);
	return module;
}

struct debug_file *debug_file(const char *path)
{
	static struct debug_file *files;
	struct debug_file *f;

	for (f = files; f; f = f->next) {
		if (!strcmp(f->path, path))
			return f->module ? f : NULL;
	}
	f = xcalloc(1, sizeof(*f));
	f->path = xstrdup(path);
	f->module = open_module(f);
	f->next = files;
	files = f;
	return f->module ? f : NULL;
}

/* Libraries stand there by the name that programs ask for: libz.so.1, where the file is
 * libz.so.1.2. */
static char *find_library(const char *dir, const char *name)
{
	char *folder = xasprintf("%s/lib", dir), *found = NULL;
	DIR *d = opendir(folder);
	struct dirent *e;

	while (d && !found && (e = readdir(d))) {
		if (e->d_name[0] != '.' && starts_with(name, e->d_name))
			found = xasprintf("%s/%s", folder, e->d_name);
	}
	if (d)
		closedir(d);
	free(folder);
	return found;
}

struct debug_file *debug_file_of(const char *dir, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	char *own = xasprintf("%s/%s", dir, name);
	struct debug_file *file;

	if (access(own, R_OK)) {
		free(own);
		own = find_library(dir, name);
	}
	file = own ? debug_file(own) : NULL;
	free(own);
	return file;
}

/* The loaded segment that holds an address, or, with by_offset, an offset in the file. */
static Elf *segment(struct debug_file *f, unsigned long long at, bool by_offset, GElf_Phdr *phdr)
{
	GElf_Addr bias;
	Elf *elf = dwfl_module_getelf(f->module, &bias);
	size_t n = 0;

	if (!elf || elf_getphdrnum(elf, &n))
		return NULL;
	for (size_t i = 0; i < n; i++) {
		GElf_Addr start;

		if (!gelf_getphdr(elf, i, phdr) || phdr->p_type != PT_LOAD)
			continue;
		start = by_offset ? phdr->p_offset : phdr->p_vaddr;
		if (at >= start && at - start < phdr->p_filesz)
			return elf;
	}
	return NULL;
}

unsigned long long debug_file_address(struct debug_file *f, unsigned long long offset)
{
	GElf_Phdr phdr;

	return segment(f, offset, true, &phdr) ? offset - phdr.p_offset + phdr.p_vaddr : 0;
}

/* Paths as the compiler saw them: the kernel's from the folder of its sources on. */
static const char *short_path(const char *path)
{
	static const char tree[] = "/linux/";
	const char *in_tree = path ? strstr(path, tree) : NULL;

	return in_tree ? in_tree + strlen(tree) : path;
}

bool debug_file_place(struct debug_file *f, unsigned long long address, struct debug_place *place)
{
	GElf_Off offset;
	GElf_Sym sym;
	Dwfl_Line *line;

	*place = (struct debug_place){ .function = dwfl_module_addrinfo(f->module, address, &offset,
									&sym, NULL, NULL, NULL) };
	if (!place->function)
		return false;
	place->offset = offset;
	line = dwfl_module_getsrc(f->module, address);
	if (line)
		place->file = short_path(dwfl_lineinfo(line, NULL, &place->line, NULL, NULL, NULL));
	return true;
}

/* "copy_page.cold" is a part of copy_page(). */
static bool same_function(const char *a, const char *b)
{
	size_t n = strcspn(a, ".");

	return n == strcspn(b, ".") && !strncmp(a, b, n);
}

/* Bytes of the file as they are loaded at an address, or NULL. */
static const unsigned char *code_at(struct debug_file *f, unsigned long long address, size_t size)
{
	GElf_Phdr phdr;
	Elf *elf = segment(f, address, false, &phdr);
	Elf_Data *data;

	if (!elf)
		return NULL;
	data = elf_getdata_rawchunk(elf, address - phdr.p_vaddr + phdr.p_offset, size, ELF_T_BYTE);
	return data ? data->d_buf : NULL;
}

/* The function that begins at an address. Elsewhere may be a linkage table, which leads anywhere.
 */
static const char *function_at(struct debug_file *f, unsigned long long address, GElf_Sym *sym)
{
	GElf_Off offset;
	const char *name = dwfl_module_addrinfo(f->module, address, &offset, sym, NULL, NULL, NULL);

	return name && !offset ? name : NULL;
}

static unsigned long long target(const unsigned char *distance, unsigned long long next)
{
	int n;

	memcpy(&n, distance, sizeof(n));
	return next + n;
}

/* A last call that the compiler has made a jump, be it a conditional one: Intel SDM vol. 2, Jcc. */
static bool ends_in_jump_to(struct debug_file *f, unsigned long long start, size_t size,
			    const char *function)
{
	const unsigned char *code = code_at(f, start, size);
	GElf_Sym sym;

	for (size_t i = 1; code && i + 4 <= size; i++) {
		const char *name;

		if (code[i - 1] != 0xe9 && (i < 2 || code[i - 2] != 0x0f || code[i - 1] >> 4 != 8))
			continue;
		name = function_at(f, target(code + i, start + i + 4), &sym);
		if (name && same_function(name, function))
			return true;
	}
	return false;
}

bool debug_file_calls(struct debug_file *f, unsigned long long address, const char *function)
{
	const unsigned char *code = code_at(f, address - CALL_BYTES, CALL_BYTES);
	unsigned long long start;
	const char *name;
	GElf_Sym sym;

	if (!code || code[0] != 0xe8)
		return true;
	start = target(code + 1, address);
	name = function_at(f, start, &sym);
	return !name || same_function(name, function) ||
	       ends_in_jump_to(f, start, sym.st_size, function);
}

unsigned long long debug_file_symbol(struct debug_file *f, const char *wanted)
{
	int n = f ? dwfl_module_getsymtab(f->module) : 0;

	for (int i = 0; i < n; i++) {
		GElf_Sym sym;
		GElf_Addr address;
		const char *name =
			dwfl_module_getsym_info(f->module, i, &sym, &address, NULL, NULL, NULL);

		if (name && !strcmp(name, wanted))
			return address;
	}
	return 0;
}
