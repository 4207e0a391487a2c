// SPDX-License-Identifier: GPL-2.0
/* What came of a session: the exit status, and the report when it was a crash. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "session.h"

/* With -v it was shown as it came. */
static void show_klog(const struct session *s)
{
	if (s->guest->opt->verbose || !s->klog.size)
		return;
	fwrite(s->klog.data, 1, s->klog.size, stderr);
	if (s->klog.data[s->klog.size - 1] != '\n')
		fputc('\n', stderr);
}

static int crash(const struct session *s, const char *what)
{
	show_klog(s);
	say("%s", what);
	return STATUS_CRASH;
}

static bool qemu_failed(const struct session *s)
{
	return !WIFEXITED(s->qemu_status) || WEXITSTATUS(s->qemu_status);
}

static int qemu_failure(const struct session *s)
{
	if (WIFSIGNALED(s->qemu_status))
		say("QEMU was ended by signal %d%s%s", WTERMSIG(s->qemu_status),
		    s->qemu_text_size ? ": " : "", s->qemu_text);
	else
		say("QEMU could not run the guest: %s", s->qemu_text);
	if (s->guest->kvm)
		say("without KVM it may work: rumprun qemu ...");
	return STATUS_NO_QEMU;
}

int session_outcome(struct session *s)
{
	while (s->qemu_text_size && s->qemu_text[s->qemu_text_size - 1] == '\n')
		s->qemu_text[--s->qemu_text_size] = '\0';
	if (s->panicked)
		return crash(s, "the guest's kernel has crashed");
	if (s->status_known)
		return s->status;
	if (s->killed)
		return STATUS_KILLED;
	if (qemu_failed(s))
		return qemu_failure(s);
	return crash(s, "the guest ended without a word: it was reset, its kernel crashed, or it "
			"has too little memory (-M)");
}
