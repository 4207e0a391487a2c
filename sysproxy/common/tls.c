// SPDX-License-Identifier: GPL-2.0
#include "tls.h"

#include <cpuid.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>

#define IDENTITY "rumpctrl"
/* The key is bound to the first one's hash, which the other has as well. */
#define AES    "TLS_AES_128_GCM_SHA256"
#define CHACHA "TLS_CHACHA20_POLY1305_SHA256"

struct tls {
	struct key key;
	SSL_CTX *context;
	SSL *ssl;
	BIO *in, *out;
	BIO_METHOD *method;
	tls_send *send;
	void *arg;
};

static int out_write(BIO *b, const char *data, int size)
{
	const struct tls *t = BIO_get_data(b);

	BIO_clear_retry_flags(b);
	return size > 0 && !t->send(t->arg, data, size) ? size : -1;
}

static long out_ctrl(BIO *b, int what, long number, void *pointer)
{
	(void)b;
	(void)number;
	(void)pointer;
	return what == BIO_CTRL_FLUSH;
}

/*
 * OpenSSL's own BIO in memory clears all of its buffer each time that it is emptied: where
 * "rep stosb" is emulated, that was a fifth of the instructions of a large reply.
 */
static BIO *out_new(struct tls *t)
{
	BIO *b = NULL;

	t->method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "link");
	if (t->method && BIO_meth_set_write(t->method, out_write) &&
	    BIO_meth_set_ctrl(t->method, out_ctrl))
		b = BIO_new(t->method);
	if (!b)
		return NULL;
	BIO_set_data(b, t);
	BIO_set_init(b, 1);
	return b;
}

static SSL_SESSION *key_session(SSL *ssl)
{
	const struct tls *t = SSL_get_app_data(ssl);
	SSL_SESSION *session = SSL_SESSION_new();
	const unsigned char suite[] = { 0x13, 0x01 };
	const SSL_CIPHER *cipher = SSL_CIPHER_find(ssl, suite);

	if (session && cipher &&
	    SSL_SESSION_set1_master_key(session, t->key.data, t->key.size) == 1 &&
	    SSL_SESSION_set_cipher(session, cipher) == 1 &&
	    SSL_SESSION_set_protocol_version(session, TLS1_3_VERSION) == 1)
		return session;
	SSL_SESSION_free(session);
	return NULL;
}

static int use_key(SSL *ssl, const EVP_MD *md, const unsigned char **id, size_t *idlen,
		   SSL_SESSION **session)
{
	(void)md;
	*session = key_session(ssl);
	*id = (const unsigned char *)IDENTITY;
	*idlen = strlen(IDENTITY);
	return *session != NULL;
}

/* No session means that the handshake fails, as there is no certificate either. */
static int find_key(SSL *ssl, const unsigned char *id, size_t idlen, SSL_SESSION **session)
{
	*session = NULL;
	if (idlen == strlen(IDENTITY) && !memcmp(id, IDENTITY, idlen))
		*session = key_session(ssl);
	return 1;
}

/*
 * ChaCha20 is the faster one where a processor has no instructions for AES, or where they are
 * emulated: under QEMU's TCG it is five times as fast. Leaf 0x40000000 is the hypervisor's.
 */
static const char *suites(void)
{
	unsigned int a, b, c, d, name[3];

	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_AES))
		return CHACHA ":" AES;
	__cpuid(0x40000000, a, name[0], name[1], name[2]);
	return c >> 31 && !memcmp(name, "TCGTCGTCGTCG", sizeof(name)) ? CHACHA ":" AES
								      : AES ":" CHACHA;
}

static int configure(struct tls *t, bool server)
{
	SSL_CTX *c = t->context;

	if (!SSL_CTX_set_min_proto_version(c, TLS1_3_VERSION) ||
	    !SSL_CTX_set_max_proto_version(c, TLS1_3_VERSION) ||
	    !SSL_CTX_set_ciphersuites(c, suites()) || !SSL_CTX_set1_groups_list(c, "X25519") ||
	    !SSL_CTX_set_num_tickets(c, 0) || !SSL_CTX_set_max_early_data(c, 0))
		return -1;
	/* The server's order counts: it is the one that may be emulated. */
	SSL_CTX_set_options(c, SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
	SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_mode(c, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	/* A client that meets another server than one that knows the key must not go on. */
	SSL_CTX_set_verify(c, server ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
	if (server)
		SSL_CTX_set_psk_find_session_callback(c, find_key);
	else
		SSL_CTX_set_psk_use_session_callback(c, use_key);
	return 0;
}

struct tls *tls_new(const struct key *key, bool server, tls_send *send, void *arg)
{
	struct tls *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, NULL);
	t->key = *key;
	t->send = send;
	t->arg = arg;
	t->context = SSL_CTX_new(server ? TLS_server_method() : TLS_client_method());
	if (t->context && !configure(t, server))
		t->ssl = SSL_new(t->context);
	t->in = BIO_new(BIO_s_mem());
	t->out = out_new(t);
	if (!t->ssl || !t->in || !t->out) {
		tls_free(t);
		return NULL;
	}
	SSL_set_app_data(t->ssl, t);
	SSL_set_bio(t->ssl, t->in, t->out);
	if (server)
		SSL_set_accept_state(t->ssl);
	else
		SSL_set_connect_state(t->ssl);
	return t;
}

void tls_free(struct tls *t)
{
	if (!t)
		return;
	/* The BIOs belong to it. */
	SSL_free(t->ssl);
	BIO_meth_free(t->method);
	SSL_CTX_free(t->context);
	OPENSSL_cleanse(&t->key, sizeof(t->key));
	free(t);
}

int tls_receive(struct tls *t, const void *data, size_t size)
{
	return BIO_write(t->in, data, size) == (int)size ? 0 : -1;
}

static int outcome(struct tls *t, int result)
{
	int error = SSL_get_error(t->ssl, result);

	ERR_clear_error();
	return error == SSL_ERROR_WANT_READ ? 0 : -1;
}

int tls_handshake(struct tls *t)
{
	int n = SSL_do_handshake(t->ssl);

	return n == 1 ? 1 : outcome(t, n);
}

long tls_read(struct tls *t, void *data, size_t size)
{
	int n = SSL_read(t->ssl, data, size);

	return n > 0 ? n : outcome(t, n);
}

int tls_write(struct tls *t, const void *data, size_t size)
{
	for (size_t done = 0; done < size;) {
		int n = SSL_write(t->ssl, (const char *)data + done, size - done);

		if (n <= 0)
			return -1;
		done += n;
	}
	return 0;
}
