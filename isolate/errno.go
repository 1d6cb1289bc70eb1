package isolate

import "strconv"

// Errno is a Linux error number, the same on every architecture plans are made for. It exists where Linux does not, unlike syscall.Errno's values.
type Errno uint16

// The errors plans tolerate and causes are known for.
const (
	EPERM        Errno = 1
	ENOENT       Errno = 2
	EAGAIN       Errno = 11
	ENOMEM       Errno = 12
	EACCES       Errno = 13
	EBUSY        Errno = 16
	EFAULT       Errno = 14
	EEXIST       Errno = 17
	ENODEV       Errno = 19
	ENOTDIR      Errno = 20
	EINVAL       Errno = 22
	ENOSPC       Errno = 28
	EROFS        Errno = 30
	ERANGE       Errno = 34
	ENOSYS       Errno = 38
	ELOOP        Errno = 40
	EUSERS       Errno = 87
	EOPNOTSUPP   Errno = 95
	EDQUOT       Errno = 122
	EXDEV        Errno = 18
	ENOEXEC      Errno = 8
	ENAMETOOLONG Errno = 36
)

func (e Errno) String() string {
	switch e {
	case 0:
		return ""
	case EPERM:
		return "EPERM"
	case ENOENT:
		return "ENOENT"
	case EAGAIN:
		return "EAGAIN"
	case ENOMEM:
		return "ENOMEM"
	case EACCES:
		return "EACCES"
	case EBUSY:
		return "EBUSY"
	case EFAULT:
		return "EFAULT"
	case EEXIST:
		return "EEXIST"
	case ENODEV:
		return "ENODEV"
	case ENOTDIR:
		return "ENOTDIR"
	case EINVAL:
		return "EINVAL"
	case ENOSPC:
		return "ENOSPC"
	case EROFS:
		return "EROFS"
	case ERANGE:
		return "ERANGE"
	case ENOSYS:
		return "ENOSYS"
	case ELOOP:
		return "ELOOP"
	case EUSERS:
		return "EUSERS"
	case EOPNOTSUPP:
		return "EOPNOTSUPP"
	case EDQUOT:
		return "EDQUOT"
	case EXDEV:
		return "EXDEV"
	case ENOEXEC:
		return "ENOEXEC"
	case ENAMETOOLONG:
		return "ENAMETOOLONG"
	}
	return "errno " + strconv.Itoa(int(e))
}

// MarshalText writes the error's name.
func (e Errno) MarshalText() ([]byte, error) { return []byte(e.String()), nil }
