#ifndef BALLOTS_BASE_LIMITS_H
#define BALLOTS_BASE_LIMITS_H

/*
 * Every limit that input meets, with its unit and its reason.  Limits of what
 * is signed or kept stand in specs/ledger.md and change only with a new
 * rules version.
 */

/* Records and acts (specs/ledger.md). */
#define LIMIT_RECORD_BYTES 32768 /* fits a tile entry (65,535) with room */
#define LIMIT_STAMP_BYTES  110   /* 20 digits, SP, 88 characters, LF */
#define LIMIT_ACT_BYTES    (LIMIT_RECORD_BYTES - LIMIT_STAMP_BYTES)
#define LIMIT_JSON_DEPTH   16               /* nested arrays and objects */
#define LIMIT_JSON_INT     9007199254740991 /* 2^53 - 1, both signs */
#define LIMIT_TEXT_BYTES   65535        /* a text beside the ledger, UTF-8 */
#define LIMIT_TEXT_SALT    32           /* bytes */
#define LIMIT_TEXTS        16           /* languages of one text */
#define LIMIT_LANG_BYTES   35           /* a language tag, BCP 47 */
#define LIMIT_NAME_BYTES   64           /* the union's name, a-z 0-9 . - */
#define LIMIT_TIME_S       253402300799 /* of records: the year 9999 */
#define LIMIT_UNTIL_S      (90 * 86400) /* an act's life after its seq */
#define LIMIT_SEQ_AHEAD_S  86400        /* how far seq may lead the record */
#define LIMIT_CLOCKS_S     300 /* how far a stranger's clock may be off */

/* The assembly (specs/charter.md, specs/proposals.md). */
#define LIMIT_MEMBERS        (1 << 24) /* products fit 128 bits */
#define LIMIT_RATIO_TERM     10000     /* numerators, denominators */
#define LIMIT_FOUNDERS       64
#define LIMIT_CLASSES        32
#define LIMIT_SECTIONS       1024 /* chapters and topics together */
#define LIMIT_CHAPTERS_EACH  8    /* chapters of one member */
#define LIMIT_OPTIONS        100  /* options of one question, status quo too */
#define LIMIT_EFFECTS        16   /* effects of one option */
#define LIMIT_RIVALS         32   /* proposals on one question */
#define LIMIT_DELEGATES      32   /* delegates of one mandate */
#define LIMIT_GUARDIANS      7    /* of one member */
#define LIMIT_COUNTERPARTIES 32   /* counterparties of one mandate */
#define LIMIT_CEILINGS       32   /* ceilings of one mandate */

/* Checkpoints and receipts (specs/ledger.md). */
#define LIMIT_NOTE_BYTES    49152  /* a note, signatures too: one page */
#define LIMIT_NOTE_LINES    100    /* signatures of a note, as in Go */
#define LIMIT_SIG_BYTES     8192   /* a signature of an unknown kind */
#define LIMIT_KEY_NAME      255    /* bytes of the name of a key */
#define LIMIT_RECEIPT_BYTES 131072 /* one request holds it */
#define LIMIT_POLICY_KEYS   96     /* logs and witnesses of a trust policy */
#define LIMIT_POLICY_NODES  128    /* witnesses and groups of the same */

/* Credentials (specs/credentials.md). */
#define LIMIT_CREDENTIAL_BYTES 65536  /* room for a status list */
#define LIMIT_ANSWER_BYTES     98304  /* a credential in a presentation */
#define LIMIT_ASK_BYTES        16384  /* a request for a presentation */
#define LIMIT_CONTEXTS         8      /* of a document */
#define LIMIT_PROOFS           8      /* of a document */
#define LIMIT_NONCE            512    /* bytes of a challenge, of a domain */
#define LIMIT_CLAIM_BYTES      512    /* of a text in a claim */
#define LIMIT_ASKED_CLAIMS     32     /* of one request, and their values */
#define LIMIT_RESOURCES        8      /* texts that a credential binds */
#define LIMIT_STATUS_BYTES     131072 /* of a status list, unpacked */
#define LIMIT_TRUST_KEYS       64     /* of one line of trust */

/* Capsules (specs/capsule.md). */
#define LIMIT_CAPSULE_BYTES 131072  /* a mandate's proof, with its text */
#define LIMIT_CAPSULE_NAME  512     /* a name in it, as it stands in JSON */
#define LIMIT_FRAMES        512     /* slices of one capsule */
#define LIMIT_FRAMES_BYTES  262144  /* of their text; lines may stand twice */
#define LIMIT_FRESH_S       7776000 /* how old a statement may ever be */

/* Talking (specs/protocol.md). */
#define LIMIT_REQUEST_BYTES 131072
#define LIMIT_PAGE_BYTES    49152 /* one page of a reply */
#define LIMIT_PAGE_RECORDS  256   /* records of the same */
#define LIMIT_PAGE_ITEMS    100   /* items of a list */
#define LIMIT_SUBMIT_ACTS   256   /* acts of one request */

#endif
