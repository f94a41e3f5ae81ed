#include "ballots/record/act.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/record/effect.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"
#include "ballots/record/shape.h"

/* What a member can hold; specs/acts.md section 1. */
enum type {
	TYPE_AFTER,
	TYPE_AUTHOR,
	TYPE_BLOB,
	TYPE_BOOL,
	TYPE_CEILINGS,
	TYPE_COUNTERPARTIES,
	TYPE_DID,
	TYPE_DIDS,
	TYPE_HASH,
	TYPE_ID,
	TYPE_IDS,
	TYPE_INT,
	TYPE_LOG,
	TYPE_MARKS,
	TYPE_OBJECT,
	TYPE_OPTIONS,
	TYPE_PAIR,
	TYPE_SIG,
	TYPE_TARGET,
	TYPE_TEXTS,
	TYPE_WORD,
	TYPE_WORDS,
};
