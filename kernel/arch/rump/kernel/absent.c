// SPDX-License-Identifier: GPL-2.0
/*
 * What the base kernel calls in parts of Linux that an image may be without (kernel/components,
 * "object"). Weak: where the part is linked, its own functions are taken and these are dropped.
 * Each does what Linux's headers have instead when the part is not configured.
 */
#include <linux/aio.h>
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/dax.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/io_uring.h>
#include <linux/io_uring/cmd.h>
#include <linux/io_uring/net.h>
#include <linux/iocontext.h>
#include <linux/ioprio.h>
#include <linux/ipc_namespace.h>
#include <linux/sem.h>
#include <linux/shm.h>
#include "../../../fs/internal.h"
#include "../../../io_uring/io-wq.h"

#ifdef CONFIG_AIO
void __weak exit_aio(struct mm_struct *mm)
{
}
#endif

#ifdef CONFIG_IO_URING
void __weak __io_uring_cancel(bool cancel_all)
{
}

void __weak __io_uring_free(struct task_struct *task)
{
}

bool __weak io_is_uring_fops(struct file *file)
{
	return false;
}

void __weak io_wq_worker_running(struct task_struct *task)
{
}

void __weak io_wq_worker_sleeping(struct task_struct *task)
{
}

void __weak io_uring_cmd_done(struct io_uring_cmd *cmd, ssize_t ret, u64 res2,
			      unsigned int issue_flags)
{
}

void __weak __io_uring_cmd_do_in_task(struct io_uring_cmd *cmd,
				      void (*callback)(struct io_uring_cmd *, unsigned int),
				      unsigned int flags)
{
}

void __weak io_uring_cmd_issue_blocking(struct io_uring_cmd *cmd)
{
}

int __weak io_uring_cmd_sock(struct io_uring_cmd *cmd, unsigned int issue_flags)
{
	return -EOPNOTSUPP;
}
#endif

#ifdef CONFIG_SYSVIPC
struct ipc_namespace init_ipc_ns __weak;

int __weak copy_semundo(unsigned long clone_flags, struct task_struct *task)
{
	return 0;
}

void __weak exit_sem(struct task_struct *task)
{
}

void __weak exit_shm(struct task_struct *task)
{
}
#endif

#ifdef CONFIG_BLOCK
/* No inode is on this one, and no device of these kinds. */
struct super_block *blockdev_superblock __weak;
const struct class block_class __weak = { .name = "block" };
const struct device_type part_type __weak = { .name = "partition" };

static int no_device(struct inode *inode, struct file *file)
{
	return -ENXIO;
}

const struct file_operations def_blk_fops __weak = { .open = no_device };

struct block_device *__weak I_BDEV(struct inode *inode)
{
	return NULL;
}

void __init __weak bdev_cache_init(void)
{
}

void __weak bdev_statx(struct path *path, struct kstat *stat, u32 mask)
{
}

void __weak invalidate_bdev(struct block_device *bdev)
{
}

long __weak nr_blockdev_pages(void)
{
	return 0;
}

void __weak sync_bdevs(bool wait)
{
}

int __weak sync_blockdev(struct block_device *bdev)
{
	return 0;
}

int __weak sync_blockdev_nowait(struct block_device *bdev)
{
	return 0;
}

int __init __weak early_lookup_bdev(const char *path, dev_t *dev)
{
	return -ENODEV;
}

void __init __weak printk_all_partitions(void)
{
}

void __weak blkdev_show(struct seq_file *seq, off_t offset)
{
}

void __weak blk_start_plug(struct blk_plug *plug)
{
}

void __weak blk_start_plug_nr_ios(struct blk_plug *plug, unsigned short nr_ios)
{
}

void __weak blk_finish_plug(struct blk_plug *plug)
{
}

void __weak __blk_flush_plug(struct blk_plug *plug, bool from_schedule)
{
}

int __weak __copy_io(unsigned long clone_flags, struct task_struct *task)
{
	return 0;
}

void __weak exit_io_context(struct task_struct *task)
{
}

int __weak ioprio_check_cap(int ioprio)
{
	return -ENOTBLK;
}

#ifdef CONFIG_BUFFER_HEAD
int buffer_heads_over_limit __weak;

void __init __weak buffer_init(void)
{
}

bool __weak has_bh_in_lru(int cpu, void *dummy)
{
	return false;
}

int __weak inode_has_buffers(struct inode *inode)
{
	return 0;
}

void __weak invalidate_bh_lrus_cpu(void)
{
}

int __weak remove_inode_buffers(struct inode *inode)
{
	return 1;
}

bool __weak try_to_free_buffers(struct folio *folio)
{
	return true;
}
#endif
#endif

#ifdef CONFIG_FS_DAX
int __weak dax_delete_mapping_entry(struct address_space *mapping, pgoff_t index)
{
	return 0;
}

int __weak dax_invalidate_mapping_entry_sync(struct address_space *mapping, pgoff_t index)
{
	return 0;
}
#endif
