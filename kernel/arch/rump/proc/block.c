// SPDX-License-Identifier: GPL-2.0
/* Block devices over the platform's. Each request is done when the call comes back. */
#include <linux/blkdev.h>
#include <linux/init.h>
#include <linux/slab.h>
#include <linux/sysfs.h>
#include <asm/rumpuser.h>

struct disk {
	unsigned int n;
	struct rumpuser_block info;
};

static ssize_t serial_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct disk *d = dev_to_disk(dev)->private_data;

	return sysfs_emit(buf, "%s\n", d->info.serial);
}
static DEVICE_ATTR_RO(serial);

static struct attribute *disk_attrs[] = { &dev_attr_serial.attr, NULL };
ATTRIBUTE_GROUPS(disk);

static int transfer_segment(struct disk *d, struct bio_vec *bv, enum req_op op, u64 offset)
{
	void *buf = bvec_kmap_local(bv);
	int err;

	if (op == REQ_OP_WRITE)
		err = rumpuser_block_write(d->n, buf, bv->bv_len, offset);
	else
		err = rumpuser_block_read(d->n, buf, bv->bv_len, offset);
	kunmap_local(buf);
	return err;
}

static int transfer(struct disk *d, struct bio *bio)
{
	u64 offset = bio->bi_iter.bi_sector << SECTOR_SHIFT;
	struct bvec_iter iter;
	struct bio_vec bv;

	/* Of a run of pages that lie side by side, one call. */
	bio_for_each_bvec(bv, bio, iter)
	{
		if (transfer_segment(d, &bv, bio_op(bio), offset))
			return -EIO;
		offset += bv.bv_len;
	}
	return 0;
}

static void submit(struct bio *bio)
{
	struct disk *d = bio->bi_bdev->bd_disk->private_data;
	int err = 0;

	if (bio->bi_opf & REQ_PREFLUSH)
		err = rumpuser_block_flush(d->n);
	if (!err && bio_has_data(bio))
		err = transfer(d, bio);
	if (!err && bio->bi_opf & REQ_FUA)
		err = rumpuser_block_flush(d->n);
	if (err)
		bio->bi_status = BLK_STS_IOERR;
	bio_endio(bio);
}

static const struct block_device_operations block_ops = {
	.owner = THIS_MODULE,
	.submit_bio = submit,
};

static int __init add(unsigned int n, const struct rumpuser_block *info)
{
	struct queue_limits limits = {
		.logical_block_size = SECTOR_SIZE,
		.physical_block_size = PAGE_SIZE,
		.features = BLK_FEAT_WRITE_CACHE | BLK_FEAT_FUA | BLK_FEAT_SYNCHRONOUS,
	};
	struct disk *d = kzalloc(sizeof(*d), GFP_KERNEL);
	struct gendisk *disk;
	int err;

	if (!d)
		return -ENOMEM;
	d->n = n;
	d->info = *info;
	disk = blk_alloc_disk(&limits, NUMA_NO_NODE);
	if (IS_ERR(disk)) {
		kfree(d);
		return PTR_ERR(disk);
	}
	disk->fops = &block_ops;
	disk->private_data = d;
	snprintf(disk->disk_name, sizeof(disk->disk_name), "host%u", n);
	set_capacity(disk, info->size >> SECTOR_SHIFT);
	set_disk_ro(disk, info->read_only);
	err = device_add_disk(NULL, disk, disk_groups);
	if (err) {
		put_disk(disk);
		kfree(d);
	}
	return err;
}

static int __init blocks_init(void)
{
	struct rumpuser_block info;
	unsigned int n;
	int err = 0;

	for (n = 0; !err && !rumpuser_block(n, &info); n++)
		err = add(n, &info);
	return err;
}
device_initcall(blocks_init);
