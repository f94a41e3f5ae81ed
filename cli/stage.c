#define _XOPEN_SOURCE 700 /* nftw() */

#include "cli/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "cli/complain.h"

enum { WORDS_MOST = 12 };

struct stage {
	struct writer dir, uniond, path;
	bool temporary;
	pid_t daemon; /* 0: none */
	struct contact *contact;
};

/* What lies beside this program *********************************************/

/* Append the directory of this program, with a slash behind. */
static bool
put_own_directory(struct writer *w)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash;

	if (n <= 0)
		return false;
	self[n] = '\0';
	slash = strrchr(self, '/');
	if (slash == NULL)
		return false;
	writer_put(w, bytes_of(self, (size_t)(slash - self) + 1));
	return true;
}

/* The first of places, seen from this program, that is there. */
static bool
find_beside(const char *const *places, int mode, struct writer *path)
{
	for (; *places != NULL; places++) {
		writer_rewind(path);
		if (!put_own_directory(path))
			return false;
		writer_put_string(path, *places);
		if (access(writer_string(path), mode) == 0)
			return true;
	}
	return false;
}

bool
stage_find_shared(const char *built, const char *installed, struct writer *path)
{
	struct writer in_tree = {0}, shared = {0};
	bool found;

	writer_put_string(&in_tree, "../../");
	writer_put_string(&in_tree, built);
	writer_put_string(&shared, "../share/union/");
	writer_put_string(&shared, installed);
	found = find_beside((const char *[]){writer_string(&in_tree),
				    writer_string(&shared), NULL},
		R_OK, path);
	writer_clear(&in_tree);
	writer_clear(&shared);
	return found;
}

static int
find_uniond(struct stage *s)
{
	static const char *const places[] = {"uniond", "../sbin/uniond", NULL};

	if (find_beside(places, X_OK, &s->uniond))
		return 0;
	return complain_cannot("Install it, or build it with make.",
		"The daemon's program uniond is not beside this one.");
}

/* The directory *************************************************************/

static int
make_temporary(struct stage *s)
{
	const char *top = getenv("TMPDIR");

	writer_put_string(&s->dir, top != NULL && *top == '/' ? top : "/tmp");
	writer_put_string(&s->dir, "/union-rehearsal.XXXXXX");
	writer_string(&s->dir);
	s->temporary = mkdtemp((char *)s->dir.data) != NULL;
	if (s->temporary)
		return 0;
	return complain_cannot("", "Could not make the directory %s: %s.",
		writer_string(&s->dir), strerror(errno));
}

static int
make_named(struct stage *s, const char *dir)
{
	int fd = files_make_dir(dir, FILES_PRIVATE);
	bool used = fd >= 0 && files_exist(fd, "ledger");

	files_close(fd);
	writer_put_string(&s->dir, dir);
	if (fd < 0)
		return -1;
	if (used)
		return complain_no("Name another directory with --dir.",
			"There was a rehearsal in %s before.", dir);
	return 0;
}

const char *
stage_directory(const struct stage *s)
{
	return (const char *)s->dir.data;
}

const char *
stage_path(struct stage *s, const char *name)
{
	writer_rewind(&s->path);
	writer_put(&s->path, writer_view(&s->dir));
	writer_put_u8(&s->path, '/');
	writer_put_string(&s->path, name);
	return writer_string(&s->path);
}

static char *
copy_path(struct stage *s, const char *name)
{
	const char *path = stage_path(s, name);

	return mem_copy(path, strlen(path));
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

struct stage *
stage_open(const char *dir)
{
	struct stage *s = mem_new(sizeof(*s));

	if ((dir == NULL ? make_temporary(s) : make_named(s, dir)) == 0 &&
		find_uniond(s) == 0) {
		writer_string(&s->dir);
		return s;
	}
	stage_close(s);
	return NULL;
}

/* The daemon ****************************************************************/

/* In the child: what it says goes to the log. */
static void
become(const char *const *words, const char *log)
{
	int fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (fd >= 0) {
		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
	}
	execv(words[0], (char *const *)words);
	_exit(127);
}

/* Start uniond for this ledger with a command and its operand. */
static pid_t
start(struct stage *s, const char *command, const char *operand)
{
	char *directory = copy_path(s, "ledger");
	char *socket = copy_path(s, "socket");
	const char *words[WORDS_MOST] = {writer_string(&s->uniond),
		"--directory", directory, "--socket", socket, "--reserve",
		"16M", command, operand, NULL};
	const char *log = stage_path(s, "log");
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child == 0)
		become(words, log);
	mem_free(directory);
	mem_free(socket);
	return child;
}

static int
failed(struct stage *s, const char *command)
{
	s->temporary = false;
	return complain_cannot("Its last lines say why.",
		"uniond %s did not succeed; see %s.", command,
		stage_path(s, "log"));
}

/* Run uniond to its end. */
static int
run(struct stage *s, const char *command, const char *operand)
{
	pid_t child = start(s, command, operand);
	int status = -1;

	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return status == 0 ? 0 : failed(s, command);
}

static int
connect_to(struct stage *s)
{
	struct writer address = {0};
	struct session *session;

	writer_put_string(&address, "ipc://");
	writer_put_string(&address, stage_path(s, "socket"));
	session = session_open(writer_string(&address));
	writer_clear(&address);
	if (session != NULL)
		s->contact = contact_open(session, NULL);
	return s->contact != NULL ? 0 : -1;
}

int
stage_found(struct stage *s, struct bytes founding)
{
	char *file = copy_path(s, "founding");
	int rc = files_replace(AT_FDCWD, file, FILES_PRIVATE, founding);

	if (rc == 0)
		rc = run(s, "init", file);
	mem_free(file);
	if (rc != 0)
		return rc;
	s->daemon = start(s, "serve", NULL);
	if (s->daemon < 0)
		s->daemon = 0;
	return s->daemon > 0 ? connect_to(s) : failed(s, "serve");
}

struct contact *
stage_contact(struct stage *s)
{
	return s->contact;
}

int
stage_export(struct stage *s)
{
	char *dir = copy_path(s, "export");
	int rc = run(s, "export", dir);

	mem_free(dir);
	return rc;
}

void
stage_close(struct stage *s)
{
	if (s == NULL)
		return;
	contact_close(s->contact);
	if (s->daemon > 0) {
		kill(s->daemon, SIGTERM);
		while (waitpid(s->daemon, NULL, 0) < 0 && errno == EINTR)
			;
	}
	if (s->temporary)
		nftw(writer_string(&s->dir), remove_one, 16,
			FTW_DEPTH | FTW_PHYS);
	writer_clear(&s->dir);
	writer_clear(&s->uniond);
	writer_clear(&s->path);
	mem_free(s);
}
