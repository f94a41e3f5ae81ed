#ifndef BALLOTS_RECORD_QUERY_H
#define BALLOTS_RECORD_QUERY_H

#include <stdbool.h>

#include "ballots/base/bytes.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"

/*
 * What a stranger asks of a holder: the data of an OpenID4VP request, with the
 * part of DCQL that asks for one credential:
 *
 *     {"client_id": text, "dcql_query": {"credentials": [
 *       {"claims"?: [{"id"?, "path": [...], "values"?: [...]}, ...],
 *        "format": "ldp_vc", "id": text,
 *        "meta": {"type_values": [[name, ...], ...]}}]}, "nonce": text}
 *
 * A type is asked for by its name alone or with its vocabulary in front.  A
 * path steps into members by name, into lists by number, or by null into each
 * element; what it reaches must be one of values, if there are any.
 */
struct query {
	struct bytes nonce;     /* without quotes, as they stand */
	struct bytes client_id; /* the same */
	struct bytes id;        /* of the credential that is asked for */
	struct bytes types;     /* type_values, as it stands */
	struct bytes claims;    /* as it stands; empty where there is none */
};

/*
 * Read any bytes; *out borrows them.  TOO_LARGE, what jcs_check() says, and
 * MALFORMED for anything else and for questions beyond the above.
 */
enum verdict query_read(struct bytes doc, struct query *out);

/* True when a credential's types are asked for; it was read. */
bool query_wants_type(const struct query *q, struct bytes credential);

/* True when a credential has all claims that are asked for; it was read. */
bool query_has_claims(const struct query *q, struct bytes credential);

#endif
