// SPDX-License-Identifier: GPL-2.0
/* Puts the vDSO into each new program: a page of clock data, then the shared object. */
#include <linux/elf.h>
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <vdso/datapage.h>
#include <asm/vdso.h>

/* The page is all that a program may read of it: nothing else may lie there. */
static union {
	struct vdso_data data[CS_BASES];
	u8 page[PAGE_SIZE];
} vdso_page __page_aligned_bss;
struct vdso_data *vdso_data = vdso_page.data;
static char *vdso_text = vdso_image;

#ifdef CONFIG_RUMP_PROC
static void *__init copy_to_ram(const void *from, size_t size)
{
	void *to = memblock_alloc(size, PAGE_SIZE);

	if (!to)
		panic("no memory for the vDSO");
	return memcpy(to, from, size);
}

void __init vdso_move(void)
{
	vdso_data = copy_to_ram(&vdso_page, sizeof(vdso_page));
	vdso_text = copy_to_ram(vdso_image, vdso_image_end - vdso_image);
}
#endif

static vm_fault_t data_fault(const struct vm_special_mapping *sm, struct vm_area_struct *vma,
			     struct vm_fault *vmf)
{
	return vmf_insert_pfn(vma, vmf->address, virt_to_pfn(vdso_data));
}

static vm_fault_t image_fault(const struct vm_special_mapping *sm, struct vm_area_struct *vma,
			      struct vm_fault *vmf)
{
	vmf->page = virt_to_page(vdso_text + (vmf->pgoff << PAGE_SHIFT));
	get_page(vmf->page);
	return 0;
}

static int image_moved(const struct vm_special_mapping *sm, struct vm_area_struct *vma)
{
	current->mm->context.vdso = (void __user *)vma->vm_start;
	return 0;
}

static const struct vm_special_mapping data_mapping = {
	.name = "[vvar]",
	.fault = data_fault,
};

static const struct vm_special_mapping image_mapping = {
	.name = "[vdso]",
	.fault = image_fault,
	.mremap = image_moved,
};

static int map_both(struct mm_struct *mm, unsigned long addr, unsigned long size)
{
	struct vm_area_struct *vma;

	vma = _install_special_mapping(mm, addr + PAGE_SIZE, size,
				       VM_READ | VM_EXEC | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC,
				       &image_mapping);
	if (IS_ERR(vma))
		return PTR_ERR(vma);
	vma = _install_special_mapping(mm, addr, PAGE_SIZE,
				       VM_READ | VM_MAYREAD | VM_IO | VM_DONTDUMP | VM_PFNMAP,
				       &data_mapping);
	if (IS_ERR(vma)) {
		do_munmap(mm, addr + PAGE_SIZE, size, NULL);
		return PTR_ERR(vma);
	}
	mm->context.vdso = (void __user *)(addr + PAGE_SIZE);
	return 0;
}

#ifdef CONFIG_RUMP_PROC
static vm_fault_t no_fault(const struct vm_special_mapping *sm, struct vm_area_struct *vma,
			   struct vm_fault *vmf)
{
	return VM_FAULT_SIGSEGV;
}

static const struct vm_special_mapping kernel_mapping = {
	.name = "[rump]",
	.fault = no_fault,
};

/* Where the kernel is nothing of the program can be. */
static int map_kernel(struct mm_struct *mm)
{
	return PTR_ERR_OR_ZERO(_install_special_mapping(mm, IMAGE_START, IMAGE_END - IMAGE_START,
							VM_PFNMAP, &kernel_mapping));
}
#else
static int map_kernel(struct mm_struct *mm)
{
	return 0;
}
#endif

int arch_setup_additional_pages(struct linux_binprm *bprm, int uses_interp)
{
	unsigned long size = vdso_image_end - vdso_image, addr;
	struct mm_struct *mm = current->mm;
	int err;

	if (mmap_write_lock_killable(mm))
		return -EINTR;
	addr = get_unmapped_area(NULL, 0, size + PAGE_SIZE, 0, 0);
	err = IS_ERR_VALUE(addr) ? (int)addr : map_both(mm, addr, size);
	if (!err)
		err = map_kernel(mm);
	mmap_write_unlock(mm);
	return err;
}
