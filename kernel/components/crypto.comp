# SPDX-License-Identifier: GPL-2.0
component cryptomgr
	text    Builds algorithms out of templates on demand
	faction crypto
	option  CRYPTO=m CRYPTO_MANAGER=m CRYPTO_MANAGER_DISABLE_TESTS=y
	module  cryptomgr

component crc32c
	text    CRC-32C checksums
	faction crypto
	option  CRYPTO_CRC32C=m
	module  crc32c_generic

component aes
	text    AES
	faction crypto
	option  CRYPTO_AES=m
	module  aes_generic

component sha256
	text    SHA-224 and SHA-256
	faction crypto
	option  CRYPTO_SHA256=m
	module  sha256_generic

component sha512
	text    SHA-384 and SHA-512
	faction crypto
	option  CRYPTO_SHA512=m
	module  sha512_generic

component hmac
	text    Keyed hashes
	faction crypto
	option  CRYPTO_HMAC=m
	module  hmac
	needs   cryptomgr

component cbc
	text    Cipher block chaining
	faction crypto
	option  CRYPTO_CBC=m
	module  cbc
	needs   cryptomgr

component ctr
	text    Counter mode
	faction crypto
	option  CRYPTO_CTR=m
	module  ctr
	needs   cryptomgr

component xts
	text    XTS mode, for disks
	faction crypto
	option  CRYPTO_XTS=m CRYPTO_ECB=m
	module  xts
	needs   cryptomgr ecb

component ecb
	text    Electronic code book mode
	faction crypto
	option  CRYPTO_ECB=m
	module  ecb
	needs   cryptomgr

component essiv
	text    Encrypted salt-sector initialisation vectors, for disks
	faction crypto
	option  CRYPTO_ESSIV=m
	module  essiv
	needs   cryptomgr

component gcm
	text    Galois counter mode
	faction crypto
	option  CRYPTO_GCM=m
	module  gcm
	needs   cryptomgr ctr aes ghash-generic

component af_alg
	text    Algorithms for programs, by AF_ALG sockets
	faction crypto
	base    net
	option  CRYPTO_USER_API_HASH=m CRYPTO_USER_API_SKCIPHER=m
	module  algif_hash algif_skcipher
