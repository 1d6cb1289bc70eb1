package model

import "strconv"

// Errno is the result of a system call: 0 if it did what was asked, or the number of the error, as on every Linux.
type Errno uint16

// The errors the model's calls return. Source: errno(3), asm-generic/errno*.h.
const (
	OK            Errno = 0
	EPERM         Errno = 1
	ENOENT        Errno = 2
	ESRCH         Errno = 3
	EINTR         Errno = 4
	EIO           Errno = 5
	ENXIO         Errno = 6
	E2BIG         Errno = 7
	ENOEXEC       Errno = 8
	EBADF         Errno = 9
	ECHILD        Errno = 10
	EAGAIN        Errno = 11
	ENOMEM        Errno = 12
	EACCES        Errno = 13
	EFAULT        Errno = 14
	ENOTBLK       Errno = 15
	EBUSY         Errno = 16
	EEXIST        Errno = 17
	EXDEV         Errno = 18
	ENODEV        Errno = 19
	ENOTDIR       Errno = 20
	EISDIR        Errno = 21
	EINVAL        Errno = 22
	ENFILE        Errno = 23
	EMFILE        Errno = 24
	ENOTTY        Errno = 25
	ETXTBSY       Errno = 26
	EFBIG         Errno = 27
	ENOSPC        Errno = 28
	ESPIPE        Errno = 29
	EROFS         Errno = 30
	EMLINK        Errno = 31
	EPIPE         Errno = 32
	EDOM          Errno = 33
	ERANGE        Errno = 34
	EDEADLK       Errno = 35
	ENAMETOOLONG  Errno = 36
	ENOSYS        Errno = 38
	ENOTEMPTY     Errno = 39
	ELOOP         Errno = 40
	ENODATA       Errno = 61
	EUSERS        Errno = 87
	EOPNOTSUPP    Errno = 95
	ENOTSOCK      Errno = 88
	EADDRINUSE    Errno = 98
	EADDRNOTAVAIL Errno = 99
	ENETDOWN      Errno = 100
	ENETUNREACH   Errno = 101
	ENOTCONN      Errno = 107
	ETIMEDOUT     Errno = 110
	ECONNREFUSED  Errno = 111
	EHOSTUNREACH  Errno = 113
	ESTALE        Errno = 116
)

// errnoTexts are what strerror(3) of the GNU C library says.
var errnoTexts = map[Errno]string{
	OK: "Success", EPERM: "Operation not permitted", ENOENT: "No such file or directory", ESRCH: "No such process",
	EINTR: "Interrupted system call", EIO: "Input/output error", ENXIO: "No such device or address", E2BIG: "Argument list too long",
	ENOEXEC: "Exec format error", EBADF: "Bad file descriptor", ECHILD: "No child processes", EAGAIN: "Resource temporarily unavailable",
	ENOMEM: "Cannot allocate memory", EACCES: "Permission denied", EFAULT: "Bad address", ENOTBLK: "Block device required",
	EBUSY: "Device or resource busy", EEXIST: "File exists", EXDEV: "Invalid cross-device link", ENODEV: "No such device",
	ENOTDIR: "Not a directory", EISDIR: "Is a directory", EINVAL: "Invalid argument", ENFILE: "Too many open files in system",
	EMFILE: "Too many open files", ENOTTY: "Inappropriate ioctl for device", ETXTBSY: "Text file busy", EFBIG: "File too large",
	ENOSPC: "No space left on device", ESPIPE: "Illegal seek", EROFS: "Read-only file system", EMLINK: "Too many links",
	EPIPE: "Broken pipe", EDOM: "Numerical argument out of domain", ERANGE: "Numerical result out of range",
	EDEADLK: "Resource deadlock avoided", ENAMETOOLONG: "File name too long", ENOSYS: "Function not implemented",
	ENOTEMPTY: "Directory not empty", ELOOP: "Too many levels of symbolic links", ENODATA: "No data available", EUSERS: "Too many users",
	EOPNOTSUPP: "Operation not supported", ENOTSOCK: "Socket operation on non-socket", ENOTCONN: "Transport endpoint is not connected", ETIMEDOUT: "Connection timed out", EADDRINUSE: "Address already in use", EADDRNOTAVAIL: "Cannot assign requested address",
	ENETDOWN: "Network is down", ENETUNREACH: "Network is unreachable", ECONNREFUSED: "Connection refused",
	EHOSTUNREACH: "No route to host", ESTALE: "Stale file handle",
}

// Text is what strerror(3) says of the error: "No such file or directory".
func (e Errno) Text() string {
	if text, ok := errnoTexts[e]; ok {
		return text
	}
	return "Unknown error " + strconv.Itoa(int(e))
}
