#include "ballots/machine/files.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"
#include "ballots/machine/trouble.h"

enum {
	NAME_BYTES = 4096, /* PATH_MAX of Linux */
	READ_BYTES = 65536,
};

/* Search permission wherever there is read permission. */
static mode_t
directory_mode(enum files_mode mode)
{
	return (mode_t)mode | ((mode_t)mode & 0444) >> 2;
}

static int
open_one(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd >= 0 ? fd : trouble_errno("cannot open directory", name);
}

/* Open the directory called name below dir, made where it is missing. */
static int
enter_one(int dir, const char *name, enum files_mode mode)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0 || errno != ENOENT)
		return fd >= 0 ? fd : trouble_errno("cannot open", name);
	if (mkdirat(dir, name, directory_mode(mode)) != 0 && errno != EEXIST)
		return trouble_errno("cannot make directory", name);
	return files_flush_dir(dir, name) == 0 ? open_one(dir, name) : -1;
}

/*
 * Walk down path, a step at a time, so that each directory made on the way is
 * flushed into its parent.  Returns the last one, open.  Spoils path.
 */
static int
walk(int dir, char *path, enum files_mode mode)
{
	int at = open_one(dir, *path == '/' ? "/" : ".");
	char *step;

	while (at >= 0 && (step = strtok_r(path, "/", &path)) != NULL) {
		int next = enter_one(at, step, mode);

		close(at);
		at = next;
	}
	return at;
}

/* Open the directory that name lies in; *last is its last part. */
static int
open_parent(int dir, const char *name, enum files_mode mode, const char **last)
{
	const char *slash = strrchr(name, '/');
	char path[NAME_BYTES];
	size_t len;

	if (slash == NULL) {
		*last = name;
		return open_one(dir, ".");
	}
	*last = slash + 1;
	len = (size_t)(slash - name) + 1;
	if (len >= sizeof(path))
		return trouble_say("a file name is too long");
	memcpy(path, name, len);
	path[len] = '\0';
	return walk(dir, path, mode);
}

int
files_open_dir(const char *path)
{
	return open_one(AT_FDCWD, path);
}

int
files_make_dir(const char *path, enum files_mode mode)
{
	char *steps = mem_copy(path, strlen(path));
	int dir = walk(AT_FDCWD, steps, mode);

	mem_free(steps);
	return dir;
}

void
files_close(int fd)
{
	if (fd >= 0)
		close(fd);
}

/* Some file systems cannot flush a directory and say so with EINVAL. */
int
files_flush_dir(int dir, const char *name)
{
	if (fsync(dir) != 0 && errno != EINVAL)
		return trouble_errno("cannot flush the directory of", name);
	return 0;
}

static int
put_all(int fd, struct bytes content)
{
	while (content.len > 0) {
		ssize_t n = write(fd, content.data, content.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		content = bytes_slice(content, (size_t)n, content.len);
	}
	return fsync(fd);
}

/*
 * Write content under a name that no other process uses, then call it last.
 * parent is the directory of both; name is for messages.
 */
static int
put_in_place(int parent, const char *last, const char *name,
	enum files_mode mode, struct bytes content)
{
	char passing[64];
	int fd;

	snprintf(passing, sizeof(passing), ".new-%jd", (intmax_t)getpid());
	unlinkat(parent, passing, 0); /* left by a process that was killed */
	fd = openat(
		parent, passing, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		return trouble_errno("cannot make", name);
	if (put_all(fd, content) != 0)
		goto failed;
	close(fd);
	fd = -1;
	if (renameat(parent, passing, parent, last) != 0)
		goto failed;
	return files_flush_dir(parent, name);

failed:
	trouble_errno("cannot write", name);
	files_close(fd);
	unlinkat(parent, passing, 0);
	return -1;
}

int
files_replace(
	int dir, const char *name, enum files_mode mode, struct bytes content)
{
	const char *last;
	int parent = open_parent(dir, name, mode, &last);
	int rc;

	if (parent < 0)
		return -1;
	rc = put_in_place(parent, last, name, mode, content);
	close(parent);
	return rc;
}

static int
must_be_equal(int dir, const char *name, struct bytes content)
{
	struct writer there = {0};
	int rc = files_read(dir, name, content.len + 1, &there);

	if (rc == 0 && !bytes_equal(writer_view(&there), content))
		rc = trouble_say("%s is there already and differs", name);
	writer_clear(&there);
	return rc;
}

int
files_write_once(
	int dir, const char *name, enum files_mode mode, struct bytes content)
{
	if (files_exist(dir, name))
		return must_be_equal(dir, name, content);
	return files_replace(dir, name, mode, content);
}

/* Append what fd holds, at most max_bytes, to out.  It may be a secret. */
static int
get_all(int fd, size_t max_bytes, struct writer *out)
{
	uint8_t part[READ_BYTES];
	size_t total = 0;
	ssize_t n;

	while ((n = read(fd, part, sizeof(part))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		total += (size_t)n;
		if (total > max_bytes) {
			errno = EFBIG;
			return -1;
		}
		writer_put(out, bytes_of(part, (size_t)n));
		crypt_wipe(part, (size_t)n);
	}
	return 0;
}

int
files_read(int dir, const char *name, size_t max_bytes, struct writer *out)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return trouble_errno("cannot open", name);
	rc = get_all(fd, max_bytes, out);
	if (rc != 0)
		trouble_errno("cannot read", name);
	close(fd);
	return rc;
}

bool
files_exist(int dir, const char *name)
{
	return faccessat(dir, name, F_OK, 0) == 0;
}

int
files_remove(int dir, const char *name)
{
	const char *last;
	int parent, rc = 0;

	if (!files_exist(dir, name))
		return 0;
	parent = open_parent(dir, name, FILES_PRIVATE, &last);
	if (parent < 0)
		return -1;
	if (unlinkat(parent, last, 0) != 0 && errno != ENOENT)
		rc = trouble_errno("cannot remove", name);
	if (rc == 0)
		rc = files_flush_dir(parent, name);
	close(parent);
	return rc;
}

int
files_lock(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
		FILES_PRIVATE);

	if (fd < 0)
		return trouble_errno("cannot open", name);
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (errno == EWOULDBLOCK)
		trouble_say(
			"%s is locked: another process is at work here", name);
	else
		trouble_errno("cannot lock", name);
	close(fd);
	return -1;
}

int
files_room(int dir, uint64_t *bytes)
{
	struct statvfs fs;

	if (fstatvfs(dir, &fs) != 0)
		return trouble_errno("cannot measure", "the disk");
	*bytes = (uint64_t)fs.f_bavail * fs.f_frsize;
	return 0;
}
