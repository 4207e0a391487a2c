// SPDX-License-Identifier: GPL-2.0
/*
 * A DHCP client (RFC 2131) over plain UDP sockets: replies are asked for by
 * broadcast, which Linux hands to a socket before the interface has an address.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "init.h"
#include "dhcp.h"

enum { RETRY_MS = 500, MAX_RETRY_MS = 8000, REQUESTS = 4, RENEW_MS = 60000, LISTEN_MS = 50 };

static struct dhcp clients[MAX_NETS];
static int nclients;

static void open_socket(struct dhcp *c)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_port = htons(DHCP_CLIENT_PORT) };
	int on = 1;

	c->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (c->fd < 0 ||
	    setsockopt(c->fd, SOL_SOCKET, SO_BINDTODEVICE, c->name, strlen(c->name) + 1) ||
	    setsockopt(c->fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof(on)) ||
	    setsockopt(c->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) ||
	    bind(c->fd, (struct sockaddr *)&sin, sizeof(sin)))
		fatal("DHCP on ", c->tag, ": ", error_name(errno), NULL);
}

static void close_socket(struct dhcp *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}

/* A lost packet is sent again later; the kernel's own refusals count as lost ones. */
static void transmit(struct dhcp *c, int type)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET,
		.sin_port = htons(DHCP_SERVER_PORT),
		.sin_addr.s_addr = c->state == DHCP_RENEWING ? c->server : INADDR_BROADCAST,
	};
	struct dhcp_packet packet;
	size_t size = dhcp_build(c, type, &packet);

	sendto(c->fd, &packet, size, 0, (struct sockaddr *)&to, sizeof(to));
}

static void enter(struct dhcp *c, enum dhcp_state state)
{
	c->state = state;
	c->next = now_ms();
	c->retry = RETRY_MS;
	c->sent = 0;
}

static void begin(struct dhcp *c)
{
	getrandom(&c->xid, sizeof(c->xid), GRND_NONBLOCK);
	close_socket(c);
	open_socket(c);
	enter(c, DHCP_SELECTING);
}

static void give_up_address(struct dhcp *c)
{
	net_set_inet(c->name, 0, 0);
	c->addr = 0;
	begin(c);
}

static void bind_lease(struct dhcp *c, const struct dhcp_reply *r)
{
	long now = now_ms(), lease = r->lease;

	if (c->addr != r->addr || c->mask != r->mask) {
		if (net_set_inet(c->name, r->addr, r->mask))
			fatal("DHCP on ", c->tag, ": cannot take the address ", inet_text(r->addr),
			      ": ", error_name(errno), NULL);
		if (r->router && net_add_gateway(c->name, r->router))
			fatal("DHCP on ", c->tag, ": cannot route by way of ", inet_text(r->router),
			      NULL);
	}
	for (int i = 0; !c->bound && i < r->nservers; i++)
		net_add_nameserver(inet_text(r->servers[i]));
	if (!c->bound && *r->domain && !conf.search)
		conf.search = join(r->domain, NULL);
	c->bound = 1;
	c->addr = r->addr;
	c->mask = r->mask;
	c->server = r->server;
	c->forever = r->lease == DHCP_FOREVER;
	c->t1 = now + (r->t1 ? r->t1 : lease / 2) * 1000;
	c->t2 = now + (r->t2 ? r->t2 : lease * 7 / 8) * 1000;
	c->expiry = now + lease * 1000;
	c->state = DHCP_BOUND;
	close_socket(c);
}

static void handle(struct dhcp *c, const struct dhcp_reply *r)
{
	if (c->state == DHCP_SELECTING && r->type == DHCP_OFFER && r->server) {
		c->offer = r->addr;
		c->server = r->server;
		enter(c, DHCP_REQUESTING);
	} else if (c->state != DHCP_SELECTING && r->type == DHCP_ACK) {
		bind_lease(c, r);
	} else if (c->state != DHCP_SELECTING && r->type == DHCP_NAK) {
		give_up_address(c);
	}
}

static void receive(struct dhcp *c)
{
	struct dhcp_packet packet;
	struct dhcp_reply reply;
	ssize_t n;

	while (c->fd >= 0 && (n = recv(c->fd, &packet, sizeof(packet), 0)) >= 0) {
		if (!dhcp_parse(c, &packet, n, &reply))
			handle(c, &reply);
	}
}

/* Questions for a new lease are repeated soon, for an old one at leisure. */
static void ask(struct dhcp *c)
{
	long now = now_ms(), left;

	if (now < c->next)
		return;
	if (c->state == DHCP_REQUESTING && c->sent >= REQUESTS)
		enter(c, DHCP_SELECTING);
	transmit(c, c->state == DHCP_SELECTING ? DHCP_DISCOVER : DHCP_REQUEST);
	c->sent++;
	if (c->state == DHCP_RENEWING || c->state == DHCP_REBINDING) {
		left = ((c->state == DHCP_RENEWING ? c->t2 : c->expiry) - now) / 2;
		c->next = now + (left > RENEW_MS ? left : RENEW_MS);
	} else {
		c->next = now + c->retry;
		c->retry = c->retry * 2 < MAX_RETRY_MS ? c->retry * 2 : MAX_RETRY_MS;
	}
}

static void age(struct dhcp *c)
{
	long now = now_ms();

	if (c->state == DHCP_BOUND && !c->forever && now >= c->t1) {
		open_socket(c);
		enter(c, DHCP_RENEWING);
	}
	if (c->state == DHCP_RENEWING && now >= c->t2)
		enter(c, DHCP_REBINDING);
	if (c->state == DHCP_REBINDING && now >= c->expiry)
		give_up_address(c);
}

/* How long until the client has something to do. */
static long step(struct dhcp *c)
{
	receive(c);
	age(c);
	if (c->state != DHCP_BOUND) {
		ask(c);
		return LISTEN_MS;
	}
	if (c->forever)
		return -1;
	return c->t1 > now_ms() ? c->t1 - now_ms() : 0;
}

void dhcp_start(const char *name, const unsigned char *mac, const char *tag)
{
	long end = now_ms() + conf.network_timeout * 1000L;
	struct dhcp *c = &clients[nclients++];

	c->name = join(name, NULL);
	c->tag = tag;
	c->fd = -1;
	memcpy(c->mac, mac, sizeof(c->mac));
	begin(c);
	while (step(c), c->state != DHCP_BOUND) {
		if (now_ms() > end)
			fatal("DHCP on ", tag, ": no server answered in ",
			      decimal(conf.network_timeout), " seconds", NULL);
		wait_or_stop(c->fd, LISTEN_MS);
	}
}

long dhcp_tick(void)
{
	long soonest = -1, t;

	for (int i = 0; i < nclients; i++) {
		t = step(&clients[i]);
		if (t >= 0 && (soonest < 0 || t < soonest))
			soonest = t;
	}
	return soonest;
}
