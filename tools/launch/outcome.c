// SPDX-License-Identifier: GPL-2.0
/* What came of a session: the exit status, and the report when it was a crash. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "session.h"
#include "symbols.h"

/* With -v the kernel's log was shown as it came. */
static void show_crash(const struct session *s)
{
	if (!s->guest->opt->verbose)
		klog_show(&s->klog);
}

/* The program's own status may look the same: then there is no report. */
static void show_death(const struct session *s)
{
	if (!s->guest->opt->verbose && s->status > 128)
		klog_show_death(&s->klog, s->status - 128);
}

static void tell_of_symbols(const struct session *s)
{
	if (symbols_missed(s->klog.symbols))
		say("%s.debug, which rumprun-bake makes beside the image, would give these "
		    "addresses names; it is not there",
		    s->guest->image->path);
}

static int crash(const struct session *s, const char *what)
{
	show_crash(s);
	tell_of_symbols(s);
	say("%s", what);
	return STATUS_CRASH;
}

static int program_status(const struct session *s)
{
	show_death(s);
	tell_of_symbols(s);
	return s->status;
}

static bool qemu_failed(const struct session *s)
{
	return !WIFEXITED(s->qemu_status) || WEXITSTATUS(s->qemu_status);
}

static int qemu_failure(const struct session *s)
{
	const char *what = s->guest->proc ? "the process" : "QEMU";

	if (s->stuck)
		say("KVM cannot run the guest: %s", s->qemu_text);
	else if (WIFSIGNALED(s->qemu_status))
		say("%s was ended by signal %d%s%s", what, WTERMSIG(s->qemu_status),
		    s->qemu_text_size ? ": " : "", s->qemu_text);
	else
		say("%s could not run the guest: %s", what, s->qemu_text);
	if (strstr(s->qemu_text, "Could not set up host forwarding rule"))
		say("the port is in use, or it is one below 1024, which only root may open");
	if (s->guest->kvm)
		say("without KVM it may work: rumprun qemu ...");
	return STATUS_NO_QEMU;
}

static int outcome(struct session *s)
{
	while (s->qemu_text_size && s->qemu_text[s->qemu_text_size - 1] == '\n')
		s->qemu_text[--s->qemu_text_size] = '\0';
	if (s->panicked)
		return crash(s, "the guest's kernel has crashed");
	if (s->status_known)
		return program_status(s);
	if (s->killed && !s->stuck)
		return STATUS_KILLED;
	if (qemu_failed(s))
		return qemu_failure(s);
	return crash(s, "the guest ended without a word: it was reset, its kernel crashed, or it "
			"has too little memory (-M)");
}

/* Return the status for an output that did not reach where it was to go. */
static int check_output(const struct sink *sink, const char *name, int status)
{
	if (!sink->error)
		return status;
	say("%s: %s", name, strerror(sink->error));
	return status ? status : STATUS_OUTPUT;
}

int session_outcome(struct session *s)
{
	int status = outcome(s);

	status = check_output(&s->out, "standard output", status);
	return check_output(&s->err, "standard error", status);
}
