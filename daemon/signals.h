#ifndef DAEMON_SIGNALS_H
#define DAEMON_SIGNALS_H

#include <stdbool.h>

/*
 * Signals as something to wait for: SIGTERM and SIGINT ask the process to
 * finish what it is at and stop; SIGPIPE is ignored.
 */

/*
 * From now on catch them.  Returns a descriptor, kept to the end of the
 * process, that becomes readable for good when one came; -1 once it has told
 * why.
 */
int signals_catch(void);

/* True once the process was asked to stop. */
bool signals_stop(void);

#endif
