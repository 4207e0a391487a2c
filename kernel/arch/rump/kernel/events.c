// SPDX-License-Identifier: GPL-2.0
/*
 * Linux has tracepoints only together with events, which are made of them for people to look at.
 * KASAN's tests want the former; nobody ever asks for the latter here, so that none of this is
 * called.
 */
#include <linux/blktrace_api.h>
#include <linux/trace_events.h>

#define CREATE_TRACE_POINTS
#include "../../../drivers/base/trace.h"

int trace_event_raw_init(struct trace_event_call *call)
{
	return -ENOSYS;
}

int trace_event_reg(struct trace_event_call *event, enum trace_reg type, void *data)
{
	return -ENOSYS;
}

void *trace_event_buffer_reserve(struct trace_event_buffer *fbuffer,
				 struct trace_event_file *trace_file, unsigned long len)
{
	return NULL;
}

void trace_event_buffer_commit(struct trace_event_buffer *fbuffer)
{
}

bool __trace_trigger_soft_disabled(struct trace_event_file *file)
{
	return true;
}

int trace_raw_output_prep(struct trace_iterator *iter, struct trace_event *event)
{
	return TRACE_TYPE_UNHANDLED;
}

enum print_line_t trace_handle_return(struct trace_seq *s)
{
	return TRACE_TYPE_UNHANDLED;
}

void trace_event_printf(struct trace_iterator *iter, const char *fmt, ...)
{
}

int trace_output_call(struct trace_iterator *iter, char *name, char *fmt, ...)
{
	return TRACE_TYPE_UNHANDLED;
}

const char *trace_print_flags_seq(struct trace_seq *p, const char *delim, unsigned long flags,
				  const struct trace_print_flags *flag_array)
{
	return "";
}

const char *trace_print_symbols_seq(struct trace_seq *p, unsigned long val,
				    const struct trace_print_flags *symbol_array)
{
	return "";
}

const char *trace_print_bitmask_seq(struct trace_seq *p, void *bitmask_ptr,
				    unsigned int bitmask_size)
{
	return "";
}

const char *trace_print_hex_seq(struct trace_seq *p, const unsigned char *buf, int len,
				bool concatenate)
{
	return "";
}

void blk_fill_rwbs(char *rwbs, blk_opf_t opf)
{
	rwbs[0] = 0;
}
