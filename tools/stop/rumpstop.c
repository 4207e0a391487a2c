// SPDX-License-Identifier: GPL-2.0
/* rumpstop: stop guests in the background, or list them. doc/man/rumpstop.1 describes it. */
#include <dirent.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "report.h"
#include "state.h"
#include "util.h"
#include "version.h"

static const char usage_text[] =
	"usage: rumpstop [-k] COOKIE...   stop guests: SIGTERM to the program, then power off\n"
	"       rumpstop -l [--json]      list them\n"
	"\n"
	"  -k   at once, as if the power failed\n"
	"  -l   list the guests in the background, and those whose end nobody has asked for\n"
	"  -h, --help, --version\n";

enum { OPT_JSON = 256, OPT_VERSION };

static const struct option long_options[] = {
	{ "json", no_argument, NULL, OPT_JSON },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ 0 },
};

/* The supervisor of a guest, or -1 when there is none any more. */
static int call(const char *cookie)
{
	struct sockaddr_un address;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || state_address(cookie, &address))
		return -1;
	if (!connect(fd, (struct sockaddr *)&address, sizeof(address)))
		return fd;
	close(fd);
	return -1;
}

static const char *state_of(const char *cookie, const json_t *info)
{
	const char *state = json_string_value(json_object_get(info, "state")) ?: "";
	int fd;

	if (strcmp(state, "running"))
		return state;
	fd = call(cookie);
	if (fd < 0)
		return "lost";
	close(fd);
	return state;
}

/* What there is of a crash report goes to its end. */
enum { TAIL = 4096 };

/* Not of a stop, by SIGTERM or SIGKILL. */
static bool is_crash(int status)
{
	return status == STATUS_CRASH ||
	       (status > 128 && status != 128 + SIGTERM && status != STATUS_KILLED);
}

/* Whole lines of the log's end; log may be NULL. To stderr, since rumpstop's own words go to
 * stdout. */
static void show_tail(FILE *log)
{
	char buf[TAIL];
	char *from = buf;
	size_t n;

	if (!log)
		return;
	if (!fseek(log, -TAIL, SEEK_END)) {
		n = fread(buf, 1, sizeof(buf), log);
		from = memchr(buf, '\n', n);
		from = from ? from + 1 : buf;
	} else {
		rewind(log);
		n = fread(buf, 1, sizeof(buf), log);
	}
	fwrite(from, 1, buf + n - from, stderr);
}

static void report_end(const char *cookie, int status, FILE *log)
{
	if (is_crash(status))
		show_tail(log);
	if (report_json)
		printf("{\"cookie\":\"%s\",\"exit\":%d}\n", cookie, status);
	else if (status)
		printf("%s: exit %d\n", cookie, status);
}

/* Return the status. */
static int wait_for_end(int fd, const char *cookie, bool kill)
{
	char answer[32] = "";

	if (write(fd, kill ? "kill\n" : "stop\n", 5) != 5 || read(fd, answer, 31) <= 0 ||
	    strncmp(answer, "exit ", 5))
		quit(STATUS_SYSTEM, "%s: its supervisor did not answer", cookie);
	return atoi(answer + 5);
}

/* Stop it if it runs; in any case there is nothing left of it afterwards. */
static void stop(const char *cookie, bool kill)
{
	json_t *info = state_read(cookie), *status;
	FILE *log;
	char *path;
	int fd;

	if (!info)
		quit(STATUS_NO_INPUT, "there is no guest %s: rumpstop -l lists them", cookie);
	/* Before the guest that is forgotten at its end takes it along. */
	path = state_path(cookie, "log");
	log = fopen(path, "r");
	free(path);
	fd = call(cookie);
	status = json_object_get(info, "exit");
	if (fd >= 0) {
		report_end(cookie, wait_for_end(fd, cookie, kill), log);
		close(fd);
	} else if (status) {
		report_end(cookie, json_integer_value(status), log);
	}
	if (log)
		fclose(log);
	state_remove(cookie);
	json_decref(info);
}

static json_t *list_all(void)
{
	DIR *dir = opendir(state_base());
	json_t *all = json_array(), *info;
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		info = state_read(entry->d_name);
		if (!info)
			continue;
		json_object_set_new(info, "state", json_string(state_of(entry->d_name, info)));
		json_array_append_new(all, info);
	}
	if (dir)
		closedir(dir);
	return all;
}

static void list(void)
{
	const char *cookie, *state, *image;
	json_t *all = list_all(), *info;
	size_t i;

	if (report_json) {
		json_dumpf(all, stdout, JSON_INDENT(2));
		putchar('\n');
		return;
	}
	json_array_foreach (all, i, info) {
		json_unpack(info, "{ss, ss, ss}", "cookie", &cookie, "state", &state, "image",
			    &image);
		printf("%-24s %-8s %s\n", cookie, state, image);
	}
}

int main(int argc, char **argv)
{
	bool kill = false, listing = false;
	int c;

	prog_name = "rumpstop";
	while ((c = getopt_long(argc, argv, "klh", long_options, NULL)) >= 0) {
		switch (c) {
		case 'k':
			kill = true;
			break;
		case 'l':
			listing = true;
			break;
		case OPT_JSON:
			report_json = true;
			break;
		case 'h':
			fputs(usage_text, stdout);
			return 0;
		case OPT_VERSION:
			puts("rumpstop " RUMPRUN_VERSION);
			return 0;
		default:
			fputs(usage_text, stderr);
			return STATUS_USAGE;
		}
	}
	if (listing == (optind < argc)) {
		fputs(usage_text, stderr);
		return STATUS_USAGE;
	}
	if (listing)
		list();
	for (; optind < argc; optind++)
		stop(argv[optind], kill);
	return 0;
}
