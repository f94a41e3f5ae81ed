#ifndef DAEMON_ITEMS_H
#define DAEMON_ITEMS_H

#include "daemon/queries.h"

/*
 * Answers about what the records establish: members, proposals, mandates and
 * the rest, listed, one by one, or found by the beginning of an id.
 */
queries_fn items_get, items_list, items_resolve;

#endif
