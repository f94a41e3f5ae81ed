#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <nanomsg/nn.h>
#include <nanomsg/reqrep.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "cli/complain.h"
#include "cli/contact.h"
#include "tests/lib/place.h"

#define ORIGIN "town/00000000000000000000000000000000"
#define ZEROS  "0000000000000000000000000000000000000000000000000000000000000000"
#define ABOUT(vkey)                                                            \
	"{\"ok\":true,\"name\":\"town\",\"origin\":\"" ORIGIN                  \
	"\",\"union\":\"" ZEROS "\",\"vkey\":\"" vkey                          \
	"\",\"rules\":1,\"rehearsal\":false,\"protocol\":1,\"size\":1,"        \
	"\"time\":1,\"now\":1,\"members\":0,\"checkpoint\":\"none\"}"

/* A daemon that says one thing, whatever it is asked. */
struct parrot {
	int socket;
	const char *says;
};

static void *
serve(void *arg)
{
	const struct parrot *p = arg;
	void *request;

	while (nn_recv(p->socket, &request, NN_MSG, 0) >= 0) {
		nn_freemsg(request);
		nn_send(p->socket, p->says, strlen(p->says), 0);
	}
	return NULL;
}

/* What comes of a contact with a daemon that says this. */
static void
assert_not_believed(const char *place, const char *says, const char *complaint)
{
	struct parrot parrot = {nn_socket(AF_SP, NN_REP), says};
	const char *sentence, *hint;
	struct session *session;
	char address[200];
	pthread_t server;

	snprintf(address, sizeof(address), "ipc://%s/s", place);
	assert_true(nn_bind(parrot.socket, address) >= 0);
	assert_int_equal(pthread_create(&server, NULL, serve, &parrot), 0);
	session = session_open(address);
	assert_non_null(session);
	assert_null(contact_open(session, NULL));
	complain_last(&sentence, &hint);
	if (strstr(sentence, complaint) == NULL)
		fail_msg("to '%s' said: '%s'", says, sentence);
	nn_close(parrot.socket);
	pthread_join(server, NULL);
}

static void
a_daemon_that_makes_no_sense_is_not_believed(void **state)
{
	static const char *const nonsense[] = {
		"",
		"hello",
		"[]",
		"{}",
		"{\"ok\":1}",
		"{\"ok\":false}",
		"{\"ok\":true}",
		"{\"ok\":true,\"ok\":true}",
		"{\"ok\":true,\"name\":7}",
		ABOUT("nothing"),
		ABOUT("other+00000000+AAAA"),
	};

	for (size_t i = 0; i < sizeof(nonsense) / sizeof(nonsense[0]); i++)
		assert_not_believed(*state, nonsense[i], "cannot be read");
}

static void
a_refusal_is_told_in_the_words_of_the_daemon(void **state)
{
	assert_not_believed(*state,
		"{\"ok\":false,\"verdict\":\"busy\",\"sentence\":"
		"\"Come back on Sunday.\",\"hint\":\"\"}",
		"Come back on Sunday.");
}

/* A good key, and a founding that does not name it. */
static void
a_key_that_was_not_founded_with_is_not_believed(void **state)
{
	const uint8_t seed[CRYPT_SEED] = {5};
	uint8_t key[CRYPT_KEY], secret[CRYPT_SECRET];
	struct writer says = {0}, vkey = {0};
	struct note_key named;
	const char *about = ABOUT("%s");
	const char *gap = strstr(about, "%s");

	crypt_pair(seed, key, secret);
	assert_int_equal(
		note_make_key(BYTES(ORIGIN), NOTE_ED25519, key, &named),
		VERDICT_OK);
	note_print_key(&named, &vkey);
	writer_put(&says, bytes_of(about, (size_t)(gap - about)));
	writer_put(&says, writer_view(&vkey));
	writer_put_string(&says, gap + 2);
	/* The same reply, asked for record 0, has no records. */
	assert_not_believed(*state, writer_string(&says), "cannot be read");
	says.len--;
	writer_put_string(&says, ",\"records\":[\"bm9uZQ==\"]}");
	assert_not_believed(*state, writer_string(&says), "was founded with");
	writer_clear(&says);
	writer_clear(&vkey);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_daemon_that_makes_no_sense_is_not_believed,
			place_setup, place_teardown),
		cmocka_unit_test_setup_teardown(
			a_refusal_is_told_in_the_words_of_the_daemon,
			place_setup, place_teardown),
		cmocka_unit_test_setup_teardown(
			a_key_that_was_not_founded_with_is_not_believed,
			place_setup, place_teardown),
	};

	assert_true(crypt_init());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
