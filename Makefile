# One Makefile for the whole house; nothing recurses.
#
#   make demo              show a whole union decide, on the ballots of Debian 2007
#   make                   build the daemon and the command-line tool
#   make check             run every test this machine can run
#   make MODE=asan check   the same under address and undefined sanitizers
#   make fuzz-act          fuzz one target for FUZZ_S seconds
#   make MODE=release bench   print what this machine can do
#   make install           honours DESTDIR, PREFIX and the *DIR names below

NAME    := union
VERSION := 0.1.0

## Yours to set on the command line ##########################################

PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
SBINDIR    ?= $(PREFIX)/sbin
DATADIR    ?= $(PREFIX)/share
MANDIR     ?= $(PREFIX)/share/man
SYSCONFDIR ?= /etc
UNITDIR    ?= $(PREFIX)/lib/systemd/system
BASHDIR    ?= $(PREFIX)/share/bash-completion/completions
INSTALL    ?= install
PKG_CONFIG ?= pkg-config
FUZZ_S     ?= 60

## The rooms, from the ground up #############################################

# Pure: bytes in, verdicts out.
BALLOTS := $(addprefix ballots/, \
	base/limits base/bytes base/mem base/reader base/writer base/verdict \
	base/ratio base/need base/wide base/sha256 base/crypt base/coding base/utf8 base/pack \
	record/jcs record/fields record/stamp record/text record/origin \
	record/form record/effect record/act record/scope \
	record/wire \
	record/tree record/prover record/tile record/note record/checkpoint \
	record/policy record/receipt record/witness \
	record/utc record/integrity record/credential record/statuslist \
	record/advocacy record/status record/checks \
	record/query record/presentation record/trust record/verify \
	record/outcome record/capsule record/capsule_parts record/capsule_judge \
	record/capsule_check \
	record/frames \
	count/profile count/steps count/result count/method count/totals \
	count/ranks count/scale count/threshold count/pairwise count/lot \
	count/yes_no count/plurality count/approval count/score \
	count/schulze count/ranked_pairs count/judgment \
	count/piles count/rounds count/branches count/irv count/wigm count/meek \
	count/fraction count/price count/budget count/equal_shares \
	count/methods \
	count/report count/explain count/document count/svg count/flow count/picture \
	file/scan file/election file/blt file/preflib file/pabulib file/tally \
	file/csv file/formats \
	rules/charter rules/idmap rules/clocks rules/timers \
	rules/lifecycle rules/roster rules/delegation rules/marks rules/lots \
	rules/draw rules/question rules/tally rules/minutes rules/model \
	assembly/world assembly/panel assembly/mandate_life assembly/agreement_life \
	assembly/mandate_acts assembly/mandate_terms assembly/mandate_course assembly/mandate \
	assembly/agreement_acts assembly/agreement \
	assembly/office assembly/proposal assembly/embedded assembly/admission assembly/enact \
	assembly/request assembly/recovery_life assembly/recovery assembly/measure \
	assembly/contest assembly/decision assembly/people assembly/opening assembly/drafting assembly/calling \
	assembly/voting assembly/ruling assembly/foundation assembly/transition assembly/entry assembly/describe \
	assembly/docket assembly/statement assembly/bearer assembly/assembly)

# What both programs need of the machine: files and threads.
MACHINE := $(addprefix ballots/machine/, trouble clock files texts crew secret \
	publication audit inspect)

DAEMON := $(addprefix daemon/, \
	log config signals timekeeper testimony signer rival batch known mark tables \
	store ledger scrub replay check export founding enclosure clerk queries sorts \
	items endpoint dispatch loop)
CLI    := $(addprefix cli/, plain complain when options table output names \
	pairs paper prompt keyfile home belief session contact ask command call desk \
	canon terms words reading title subject lines standing listing alarm filing application \
	evidence card pact fill draft proposing effects consequence choice sheet \
	ballot_file rules saying notice proof replica recall recount \
	exchange credence checklist practice vouched envoy assay \
	cmd_help cmd_key cmd_home cmd_file cmd_found cmd_member cmd_act \
	cmd_propose cmd_authorise cmd_vote cmd_delegate cmd_show cmd_proposal cmd_result \
	cmd_mandate cmd_agreement cmd_counterparty cmd_case cmd_guardians cmd_recover \
	cmd_report cmd_watch cmd_digest cmd_verify cmd_receipt cmd_count cmd_replay cmd_cosign \
	cmd_mirror cmd_gateway \
	qr whom advocates captions gather cmd_publish cmd_gather cmd_trust \
	issuer book lookup making cmd_issue cmd_status cmd_credential cmd_check \
	stage troupe play scene_founding scene_ballot scene_mandate scene_agreement \
	scene_capsule \
	cmd_rehearse commands)

## How to build: each MODE has a tree of its own #############################

MODE ?= debug
O    := build/$(MODE)

MODE_debug   := -O1 -g3
MODE_release := -O2 -g -fPIE -fstack-protector-strong -D_FORTIFY_SOURCE=2
LINK_release := -pie -Wl,-z,relro,-z,now
MODE_asan    := -O1 -g3 -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=all
MODE_cover   := -O0 -g3 --coverage
MODE_fuzz    := -O1 -g3 -fsanitize=fuzzer-no-link,address,undefined
ifeq ($(MODE_$(MODE)),)
$(error MODE is debug, release, asan, cover or fuzz, not '$(MODE)')
endif
ifeq ($(MODE),fuzz)
CC := clang
endif

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wpointer-arith -Wvla -Wformat=2
LIBS     := libsodium jansson nanomsg lmdb gmp zlib libqrencode

# Some goals install the libraries before they call for others.
ifneq ($(filter-out check ci clean demo deps,$(or $(MAKECMDGOALS),all)),)
LIBS_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(LIBS))
LIBS_LDLIBS := $(shell $(PKG_CONFIG) --libs $(LIBS))
endif

# CPPFLAGS, CFLAGS, LDFLAGS and LDLIBS stay the caller's; these add to them.
HOUSE_CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L -pthread -I. \
	-DVERSION='"$(VERSION)"' $(WARNINGS) $(MODE_$(MODE)) -MMD -MP $(LIBS_CFLAGS)
HOUSE_LDFLAGS := -pthread $(MODE_$(MODE)) $(LINK_$(MODE))
HOUSE_LDLIBS := $(LIBS_LDLIBS)

compile = $(CC) $(HOUSE_CFLAGS) $(CPPFLAGS) $(CFLAGS)
link    = $(CC) $(HOUSE_LDFLAGS) $(LDFLAGS) $(filter %.o %.a,$^)
Q       = $(if $(V),,@printf '  %-4s %s\n' '$1' '$@';)

## Programs ##################################################################

.PHONY: all
all: $(O)/$(NAME)d $(O)/$(NAME) $(O)/$(NAME).1 $(O)/completion.bash \
	$(O)/$(NAME)d.conf $(O)/$(NAME)d.conf.5 $(O)/$(NAME)d.service

$(O)/%.o: %.c Makefile
	$(call Q,CC)mkdir -p $(@D) && $(compile) -c $< -o $@

# A room without a .c is a header alone.
objects = $(patsubst %.c,$(O)/%.o,$(wildcard $(addsuffix .c,$1)))

$(O)/ballots.a: $(call objects,$(BALLOTS))
$(O)/daemon.a: $(call objects,$(DAEMON))
$(O)/cli.a: $(call objects,$(CLI))
$(O)/machine.a: $(call objects,$(MACHINE))
HOUSE := $(O)/daemon.a $(O)/cli.a $(O)/machine.a $(O)/ballots.a

$(HOUSE):
	$(call Q,AR)rm -f $@ && $(AR) rcs $@ $^

$(O)/$(NAME)d: $(O)/daemon/main.o $(O)/daemon.a $(O)/machine.a $(O)/ballots.a
$(O)/$(NAME): $(O)/cli/main.o $(O)/cli.a $(O)/machine.a $(O)/ballots.a
$(O)/$(NAME)d $(O)/$(NAME):
	$(call Q,LD)$(link) $(HOUSE_LDLIBS) $(LDLIBS) -o $@

# The table of commands tells the manual page and the shell what there is.
$(O)/$(NAME).1: cli/$(NAME).1 $(O)/$(NAME)
	$(call Q,MAN)$(O)/$(NAME) help --mdoc >$@.table && \
	    sed '/^\.\\" The table of commands/r $@.table' $< >$@ && rm $@.table

# So does the table of options.
$(O)/$(NAME)d.conf: $(O)/$(NAME)d
	$(call Q,CONF)$(O)/$(NAME)d config >$@

$(O)/$(NAME)d.conf.5: daemon/$(NAME)d.conf.5 $(O)/$(NAME)d.conf
	$(call Q,MAN)sed '/^\.\\" The table of options/r $(O)/$(NAME)d.conf' $< >$@

$(O)/$(NAME)d.service: daemon/$(NAME)d.service Makefile
	$(call Q,SED)sed 's|/usr/local/sbin|$(SBINDIR)|; s|/etc/|$(SYSCONFDIR)/|' $< >$@

$(O)/completion.bash: $(O)/$(NAME)
	$(call Q,SH)$(O)/$(NAME) completion >$@

## Checks ####################################################################

UNITS   := $(basename $(wildcard tests/unit/*.c tests/property/*.c))
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
RINGS   := house units scenarios guards corpora cli oracle
SCENARIO_RUNNER := $(basename $(wildcard tests/scenario/run.c))

# What a ring needs to be built first.
NEEDS_house     := $(HOUSE)
NEEDS_units     := $(UNITS:%=$(O)/%)
NEEDS_scenarios := $(SCENARIO_RUNNER:%=$(O)/%)
NEEDS_guards    := $(NEEDS_scenarios) $(O)/tests/lib.a
NEEDS_corpora   := $(FUZZERS:%=$(O)/tests/fuzz/replay_%)
TOOLS := $(basename $(wildcard tests/tool/*.c))
NEEDS_cli       := all $(TOOLS:%=$(O)/%)
NEEDS_oracle    := all $(NEEDS_scenarios) $(O)/tests/property/prop_town

.PHONY: check check-tests $(RINGS:%=check-%) house ci deps
check: deps
	$(MAKE) --no-print-directory check-tests

# All rings at once; check-units and the like are one ring alone.
check-tests: $(foreach ring,$(RINGS),$(NEEDS_$(ring)))
	@tests/run.sh $(O) $(RINGS)

.SECONDEXPANSION:
$(RINGS:%=check-%): check-%: $$(NEEDS_%)
	@tests/run.sh $(O) $*

# The plan: who may include whom, what the core may ask, who names what.
house: $(HOUSE)
	tests/house.sh $(BALLOTS) $(MACHINE) $(DAEMON) daemon/main $(CLI) cli/main
	tests/symbols.sh $(HOUSE)

# What CI runs: everything, then what touches memory under the sanitizers.
ci:
	@.ci/run

# Install what building and the tests need, by name, where that is Debian.
deps:
	@.ci/deps build tests

# What tests share.
TEST_LIB := $(patsubst %.c,$(O)/%.o,$(wildcard tests/lib/*.c))
$(O)/tests/lib.a: $(TEST_LIB)
	$(call Q,AR)rm -f $@ && $(AR) rcs $@ $^

$(O)/tests/%: $(O)/tests/%.o $(O)/tests/lib.a $(HOUSE)
	$(call Q,LD)$(link) $(HOUSE_LDLIBS) $(LDLIBS) -lcmocka -o $@

# A runner of scenarios with one source changed; see tests/guards.sh.
.PHONY: guard
guard:
	$(compile) -w -c $(COPY).c -o $(COPY).o
	$(CC) $(HOUSE_LDFLAGS) $(LDFLAGS) $(O)/tests/scenario/run.o $(COPY).o \
	    $(O)/tests/lib.a $(O)/ballots.a $(HOUSE_LDLIBS) $(LDLIBS) -o $(COPY)

$(O)/tests/fuzz/replay_%: $(O)/tests/fuzz/fuzz_%.o $(O)/tests/fuzz/replay.o $(HOUSE)
	$(call Q,LD)$(link) $(HOUSE_LDLIBS) $(LDLIBS) -o $@

# New inputs land in build/; those worth keeping move to tests/fuzz/corpus.
fuzz-%:
	$(MAKE) MODE=fuzz build/fuzz/tests/fuzz/$*
	mkdir -p build/corpus/$*
	build/fuzz/tests/fuzz/$* -max_total_time=$(FUZZ_S) \
	    -artifact_prefix=build/corpus/ build/corpus/$* \
	    tests/fuzz/corpus/$*

build/fuzz/tests/fuzz/%: build/fuzz/tests/fuzz/fuzz_%.o $(HOUSE)
	$(call Q,LD)$(link) -fsanitize=fuzzer $(HOUSE_LDLIBS) $(LDLIBS) -o $@

# A union from its founding to its audit, on 482 real ballots.
.PHONY: demo
demo:
	@.ci/deps build
	@echo "Building a release in build/release" && mkdir -p build
	@$(MAKE) -s -j$$(nproc) --no-print-directory MODE=release all >build/demo.log 2>&1 || \
	    { cat build/demo.log; exit 1; }
	@build/release/$(NAME) rehearse

# What this machine can do; in a directory on the disk that is meant.
BENCHES := $(basename $(wildcard tests/bench/bench_*.c))
.PHONY: bench
bench: all $(BENCHES:%=$(O)/%)
	cd build && for bench in $(BENCHES:%=$(MODE)/%); do $$bench || exit 1; done
	cd build && sh ../tests/bench/others.sh

.PHONY: cover format check-format
cover:
	$(MAKE) MODE=cover check
	gcov -n -r -s $(CURDIR) $$(find build/cover/ballots build/cover/daemon \
	    build/cover/cli -name '*.gcda') | grep -A1 "^File"

SOURCES = $(shell find ballots daemon cli tests -name '*.[ch]')
format:
	clang-format -i $(SOURCES)
check-format:
	clang-format --dry-run --Werror $(SOURCES)

## Installing ################################################################

put = $(INSTALL) -D -m $1 $2 $(DESTDIR)$3

.PHONY: install clean
install: all
	$(call put,755,$(O)/$(NAME),$(BINDIR)/$(NAME))
	$(call put,755,$(O)/$(NAME)d,$(SBINDIR)/$(NAME)d)
	$(call put,644,$(O)/$(NAME).1,$(MANDIR)/man1/$(NAME).1)
	$(call put,644,$(O)/completion.bash,$(BASHDIR)/$(NAME))
	$(call put,644,tests/elections/debian-2007-dpl.csv,$(DATADIR)/$(NAME)/debian-2007-dpl.csv)
	$(call put,644,daemon/$(NAME)d.8,$(MANDIR)/man8/$(NAME)d.8)
	$(call put,644,$(O)/$(NAME)d.conf.5,$(MANDIR)/man5/$(NAME)d.conf.5)
	$(call put,644,$(O)/$(NAME)d.service,$(UNITDIR)/$(NAME)d.service)
	$(call put,644,$(O)/$(NAME)d.conf,$(SYSCONFDIR)/$(NAME)d.conf.sample)

clean:
	rm -rf build

.SECONDARY:
-include $(shell find $(O) -name '*.d' 2>/dev/null)
