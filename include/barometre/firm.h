/* Firms: one keyed hash for a firm, so that it counts once and nobody reads who it is. */
#ifndef BAROMETRE_FIRM_H
#define BAROMETRE_FIRM_H

#include "barometre/scope.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define FIRM_KEY_BYTES 32

/* Reads the observatory's key: 32 bytes, a regular file that its group and others may
 * neither read nor write. Fails with ERROR_UNSAFE, saying what to do. */
bool firm_key_read(const char *file, unsigned char key[static FIRM_KEY_BYTES],
                   GError **error);

/* HMAC-SHA-256 (RFC 2104) under one key; one per thread. Free with firm_hash_free. */
struct firm_hash;
struct firm_hash *firm_hash_new(const unsigned char key[static FIRM_KEY_BYTES]);
void firm_hash_free(struct firm_hash *hash);
SCOPE_DEFINE(firm_hash)

/* The firm of a SIREN (9 digits), and of an identifier that is not one. The first 64 bits
 * of the MAC (RFC 2104 §5 allows truncation): among a million firms, two share a value
 * with probability 3e-8. */
int64_t firm_of_siren(struct firm_hash *hash, const char *siren);
int64_t firm_of_id(struct firm_hash *hash, const char *id);

/* Reads the SIREN out of a SIRET (14 digits) or a SIREN (9), spaces allowed. False where
 * the digits or the Luhn check are wrong (La Poste's SIRETs sum to a multiple of 5). */
bool firm_siren_parse(const char *text, char siren[static 10]);

#endif
