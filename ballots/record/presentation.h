#ifndef BALLOTS_RECORD_PRESENTATION_H
#define BALLOTS_RECORD_PRESENTATION_H

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/record/integrity.h"
#include "ballots/record/query.h"

/*
 * A holder's answer to a request: one credential, signed for the one who asked
 * and for this time, so that nobody can show it on (OpenID4VP, ldp_vc):
 *
 *     {"vp_token": {id of what was asked for: [presentation]}}
 *
 * and the presentation:
 *
 *     {"@context": ["https://www.w3.org/ns/credentials/v2"], "holder": did,
 *      "proof": see integrity.h; challenge is the nonce, domain the client_id,
 *      "type": ["VerifiablePresentation"], "verifiableCredential": [one]}
 */
struct presentation {
	struct bytes id;       /* of what was asked for */
	struct bytes document; /* the presentation */
	struct bytes credential;
	uint8_t holder[CRYPT_KEY];
	struct integrity_proof proof;
};

/*
 * Read any bytes; *out borrows them.  TOO_LARGE, what jcs_check() and
 * integrity_read() say, MALFORMED.  Nothing is checked, and the credential not
 * read.
 */
enum verdict presentation_read(struct bytes doc, struct presentation *out);

/*
 * Read a presentation alone, of which jcs_check() said OK; id is empty then.
 */
enum verdict presentation_open(struct bytes document, struct presentation *out);

/*
 * Begin an answer to q: append the presentation of credential by holder, to be
 * signed with what is put into *proof, as integrity_message() says.
 */
void presentation_begin(const struct query *q, struct bytes credential,
	const uint8_t holder[static CRYPT_KEY], uint64_t now_s,
	struct integrity_proof *proof, struct writer *out);

/* Append the whole answer, with what presentation_begin() gave, signed. */
void presentation_end(const struct query *q, struct bytes unsigned_document,
	const struct integrity_proof *proof, struct writer *out);

#endif
