// SPDX-License-Identifier: GPL-2.0
/* Puts the vDSO into each new program: a page of clock data, then the shared object. */
#include <linux/elf.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <vdso/datapage.h>
#include <asm/vdso.h>

/* The page is all that a program may read of it: nothing else may lie there. */
static union {
	struct vdso_data data[CS_BASES];
	u8 page[PAGE_SIZE];
} vdso_page __page_aligned_data;
struct vdso_data *vdso_data = vdso_page.data;

static vm_fault_t data_fault(const struct vm_special_mapping *sm, struct vm_area_struct *vma,
			     struct vm_fault *vmf)
{
	return vmf_insert_pfn(vma, vmf->address, __pa_symbol(&vdso_page) >> PAGE_SHIFT);
}

static vm_fault_t image_fault(const struct vm_special_mapping *sm, struct vm_area_struct *vma,
			      struct vm_fault *vmf)
{
	vmf->page = virt_to_page(vdso_image + (vmf->pgoff << PAGE_SHIFT));
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

int arch_setup_additional_pages(struct linux_binprm *bprm, int uses_interp)
{
	unsigned long size = vdso_image_end - vdso_image, addr;
	struct mm_struct *mm = current->mm;
	int err;

	if (mmap_write_lock_killable(mm))
		return -EINTR;
	addr = get_unmapped_area(NULL, 0, size + PAGE_SIZE, 0, 0);
	err = IS_ERR_VALUE(addr) ? (int)addr : map_both(mm, addr, size);
	mmap_write_unlock(mm);
	return err;
}
