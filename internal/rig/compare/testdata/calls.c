// calls PLAN makes the system calls of a plan of isolate's, as a C program would: the least that a container can cost. With `-` after it, it
// starts a container for every line it reads and prints the nanoseconds and the microseconds of processor time each took. One step is a line of the
// file: actor, call, tolerated errno, steps to skip, result, number of arguments, and the arguments; see plan.go beside it.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CALL(name) {#name, SYS_##name},
static const struct { const char *name; long number; } numbers[] = {
	CALL(capset) CALL(chdir) CALL(clone3) CALL(close) CALL(close_range) CALL(dup3) CALL(execve) CALL(fchdir) CALL(fcntl) CALL(fsconfig)
	CALL(fsmount) CALL(fsopen) CALL(ioctl) CALL(keyctl) CALL(landlock_add_rule)
	CALL(landlock_create_ruleset) CALL(landlock_restrict_self) CALL(mkdirat) CALL(mknodat) CALL(mount) CALL(mount_setattr) CALL(move_mount)
	CALL(open_tree) CALL(openat) CALL(openat2) CALL(pivot_root) CALL(prctl) CALL(prlimit64) CALL(rt_sigprocmask) CALL(seccomp) CALL(setgroups)
	CALL(sethostname) CALL(setresgid) CALL(setresuid) CALL(setsid) CALL(socket) CALL(symlinkat) CALL(umask) CALL(umount2) CALL(unlinkat)
	CALL(unshare) CALL(write)
};

enum { STEPS = 512, RESULTS = 512 };
struct step { char by; long number, tolerate, skip, result; int from[6]; uint64_t value[6]; };
static struct step steps[STEPS];
static uint64_t results[RESULTS], *placed[RESULTS]; // some results lie in a structure too
static int count;

static void die(const char *what, int at) {
	fprintf(stderr, "calls: step %d: %s: %s\n", at + 1, what, strerror(errno));
	exit(1);
}

static char *hex(FILE *f) { // text in hexadecimal, with a zero after it
	int length, c;
	if (fscanf(f, "%d:", &length) != 1) die("no length", count);
	char *text = aligned_alloc(8, (length + 8) & ~7);
	for (int i = 0; i < length; i++) {
		if (fscanf(f, "%2x", &c) != 1) die("no text", count);
		text[i] = c;
	}
	text[length] = 0;
	return text;
}

static void argument(FILE *f, struct step *s, int i) {
	char kind;
	uint64_t n;
	if (fscanf(f, " %c", &kind) != 1) die("no argument", count);
	switch (kind) {
	case 'n': if (fscanf(f, "%lu", &s->value[i]) != 1) die("no number", count); break;
	case 'r': if (fscanf(f, "%d", &s->from[i]) != 1) die("no result", count); break;
	case 'q': { // a number and a result
		uint64_t *pair = calloc(2, 8);
		int result;
		if (fscanf(f, "%lu:%d", &pair[0], &result) != 2) die("no pair", count);
		placed[result] = &pair[1], s->value[i] = (uint64_t)pair;
		break;
	}
	case 's': s->value[i] = (uint64_t)hex(f); break;
	case 'p': { // struct sock_fprog
		uint64_t *program = calloc(2, 8);
		if (fscanf(f, "%lu ", &program[0]) != 1) die("no length", count);
		program[1] = (uint64_t)hex(f), s->value[i] = (uint64_t)program;
		break;
	}
	case 'l':
		if (fscanf(f, "%lu ", &n) != 1) die("no length", count);
		char **list = calloc(n + 1, sizeof *list);
		for (uint64_t j = 0; j < n; j++) list[j] = hex(f);
		s->value[i] = (uint64_t)list;
		break;
	default: errno = EINVAL, die("unknown argument", count);
	}
}

static void load(const char *path) {
	FILE *f = fopen(path, "r");
	char by, name[32];
	long tolerate, skip, result;
	int arguments;
	if (!f) die(path, 0);
	while (fscanf(f, " %c %31s %ld %ld %ld %d", &by, name, &tolerate, &skip, &result, &arguments) == 6) {
		struct step *s = &steps[count];
		*s = (struct step){by, -1, tolerate, skip, result};
		for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
			if (!strcmp(numbers[i].name, name)) s->number = numbers[i].number;
		if (s->number < 0) errno = ENOSYS, die(name, count);
		for (int i = 0; i < arguments; i++) argument(f, s, i);
		if (++count == STEPS) errno = E2BIG, die("too many steps", count);
	}
	fclose(f);
	results[3] = 1, results[4] = 2; // stdout and stderr; stdin is 0
}

static inline __attribute__((always_inline)) long make(const struct step *s) {
	uint64_t a[6];
	for (int i = 0; i < 6; i++) a[i] = s->from[i] ? results[s->from[i]] : s->value[i];
	long r;
#ifdef __x86_64__
	register uint64_t r10 __asm__("r10") = a[3], r8 __asm__("r8") = a[4], r9 __asm__("r9") = a[5];
	__asm__ volatile("syscall" : "=a"(r) : "a"(s->number), "D"(a[0]), "S"(a[1]), "d"(a[2]), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
#else
	register uint64_t x0 __asm__("x0") = a[0], x1 __asm__("x1") = a[1], x2 __asm__("x2") = a[2], x3 __asm__("x3") = a[3], x4 __asm__("x4") = a[4],
		x5 __asm__("x5") = a[5], x8 __asm__("x8") = s->number;
	__asm__ volatile("svc 0" : "+r"(x0) : "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5), "r"(x8) : "memory");
	r = x0;
#endif
	return r;
}

// run makes an actor's steps; the child's last one does not come back. It is compiled into its caller, whose stack the child shares.
static inline __attribute__((always_inline)) int run(char by, volatile int *at, volatile long *error) {
	for (int i = 0; i < count; i++) {
		if (steps[i].by != by || steps[i].number == SYS_clone3) continue;
		*at = i;
		long r = make(&steps[i]);
		if (r >= 0 || r < -4095) {
			if (steps[i].result) results[steps[i].result] = r;
			if (placed[steps[i].result]) *placed[steps[i].result] = r;
		} else if (-r == steps[i].tolerate) {
			i += steps[i].skip;
		} else {
			*error = -r;
			return 0;
		}
	}
	return 1;
}

static volatile int at;
static volatile long failure;

static void check(void) {
	if (failure) errno = failure, die("refused", at);
}

static void container(void) {
	sigset_t all, before;
	uint64_t clone[11] = {0};
	int pidfd = -1;
	static struct step birth = {.number = SYS_clone3};
	run('0', &at, &failure);
	check();
	for (int i = 0; i < count; i++) {
		if (steps[i].number != SYS_clone3) continue;
		clone[0] = steps[i].value[0] | 0x4000; // CLONE_VFORK: the child uses our stack
		clone[1] = (uint64_t)&pidfd, clone[4] = steps[i].value[1], clone[10] = steps[i].from[2] ? results[steps[i].from[2]] : 0;
	}
	birth.value[0] = (uint64_t)clone, birth.value[1] = sizeof clone;
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	long pid = make(&birth);
	if (pid == 0) {
		run('1', &at, &failure);
		for (;;) {
			struct step leave = {.number = SYS_exit_group, .value = {125}};
			make(&leave);
		}
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (pid < 0) failure = -pid;
	check();
	close(pidfd);
	for (int i = 0; i < count; i++) // what the parent opened and kept
		if (steps[i].by == '0' && steps[i].number == SYS_openat) {
			int closed = 0;
			for (int j = i; j < count && steps[j].by == '0'; j++) closed |= steps[j].number == SYS_close && steps[j].from[0] == steps[i].result;
			if (!closed) close(results[steps[i].result]);
		}
	int status;
	if (waitpid(pid, &status, 0) < 0 || status) die("the command failed", at);
	run('3', &at, &failure);
	check();
}

static long long now(clockid_t clock) {
	struct timespec t;
	clock_gettime(clock, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long used(void) {
	long sum = 0;
	for (int who = RUSAGE_CHILDREN; who <= RUSAGE_SELF; who++) {
		struct rusage u;
		getrusage(who, &u);
		sum += (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000L + u.ru_utime.tv_usec + u.ru_stime.tv_usec;
	}
	return sum;
}

int main(int argc, char **argv) {
	if (argc < 2) return 2;
	load(argv[1]);
	if (argc == 2) {
		container();
		return 0;
	}
	char line[16];
	while (fgets(line, sizeof line, stdin)) {
		long long began = now(CLOCK_MONOTONIC);
		long before = used();
		container();
		printf("%lld %ld\n", now(CLOCK_MONOTONIC) - began, used() - before);
		fflush(stdout);
	}
	return 0;
}
