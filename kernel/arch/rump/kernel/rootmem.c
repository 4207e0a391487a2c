// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/rumproot: the root file system that was baked into the image, a read-only
 * block device over memory the loader filled. A file system that can (EROFS with
 * -o dax=always) maps its pages in place; no byte is copied or unpacked.
 */
#include <linux/blkdev.h>
#include <linux/dax.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/pfn_t.h>

/* Set by the linker where there is a root; the page it begins in is its own. */
extern const char __rump_root_start[] __weak, __rump_root_end[] __weak;

/* Not the symbols' difference: the compiler knows that two objects differ in address. */
static size_t root_size(void)
{
	unsigned long start = (unsigned long)__rump_root_start;

	OPTIMIZER_HIDE_VAR(start);
	return (unsigned long)__rump_root_end - start;
}

static void copy_segment(struct bio_vec *bv, sector_t sector)
{
	void *to = bvec_kmap_local(bv);

	memcpy(to, __rump_root_start + (sector << SECTOR_SHIFT), bv->bv_len);
	kunmap_local(to);
}

static void submit(struct bio *bio)
{
	sector_t sector = bio->bi_iter.bi_sector;
	struct bvec_iter iter;
	struct bio_vec bv;

	if (bio_op(bio) != REQ_OP_READ) {
		bio_io_error(bio);
		return;
	}
	bio_for_each_segment(bv, bio, iter)
	{
		copy_segment(&bv, sector);
		sector += bv.bv_len >> SECTOR_SHIFT;
	}
	bio_endio(bio);
}

static const struct block_device_operations block_ops = {
	.owner = THIS_MODULE,
	.submit_bio = submit,
};

#ifdef CONFIG_FS_DAX
/*
 * The frames have page structs, but reserved ones without reference counts: they
 * are mapped as special, which keeps everybody from taking references.
 */
static long direct_access(struct dax_device *dax, pgoff_t page, long pages,
			  enum dax_access_mode mode, void **kaddr, pfn_t *pfn)
{
	phys_addr_t at = __pa(__rump_root_start) + PFN_PHYS(page);

	if (kaddr)
		*kaddr = (void *)__rump_root_start + PFN_PHYS(page);
	if (pfn)
		*pfn = phys_to_pfn_t(at, PFN_DEV | PFN_MAP);
	return PFN_UP(root_size()) - page;
}

static int zero_page_range(struct dax_device *dax, pgoff_t page, size_t pages)
{
	return -EROFS;
}

static const struct dax_operations dax_ops = {
	.direct_access = direct_access,
	.zero_page_range = zero_page_range,
};

static int __init add_dax(struct gendisk *disk)
{
	struct dax_device *dax = alloc_dax(NULL, &dax_ops);

	if (IS_ERR(dax))
		return PTR_ERR(dax);
	set_dax_synchronous(dax);
	return dax_add_host(dax, disk);
}
#define ROOT_FEATURES (BLK_FEAT_SYNCHRONOUS | BLK_FEAT_DAX)
#else
static int __init add_dax(struct gendisk *disk)
{
	return 0;
}
#define ROOT_FEATURES BLK_FEAT_SYNCHRONOUS
#endif

static int __init rootmem_init(void)
{
	struct queue_limits limits = {
		.logical_block_size = SECTOR_SIZE,
		.physical_block_size = PAGE_SIZE,
		.features = ROOT_FEATURES,
	};
	struct gendisk *disk;
	int err;

	if (!root_size())
		return 0;
	disk = blk_alloc_disk(&limits, NUMA_NO_NODE);
	if (IS_ERR(disk))
		return PTR_ERR(disk);
	disk->fops = &block_ops;
	disk->flags |= GENHD_FL_NO_PART;
	strscpy(disk->disk_name, "rumproot");
	set_capacity(disk, root_size() >> SECTOR_SHIFT);
	set_disk_ro(disk, true);
	err = add_dax(disk);
	if (!err)
		err = add_disk(disk);
	if (err)
		put_disk(disk);
	return err;
}
device_initcall(rootmem_init);
