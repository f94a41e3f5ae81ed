#ifndef CLI_CMD_GATEWAY_H
#define CLI_CMD_GATEWAY_H

#include "cli/command.h"

/* The register of gateways: who accepts credentials of the union. */
extern const struct option cmd_gateway_all[];

int cmd_gateway_list(const struct call *call);
int cmd_gateway_show(const struct call *call);

#endif
