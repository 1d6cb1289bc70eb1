package isolate

// What the kernel's headers call it, for the calls plans are made of. The values are the same on amd64 and arm64, except those in
// arch.go; they are here because a plan is made on any platform, and the packages that know them exist on Linux only.
// Source: include/uapi/linux in Linux 6.12.

const atFDCWD = ^uint64(99) // -100

// Flags of open and openat2.
const (
	oWRONLY   = 0x1
	oRDWR     = 0x2
	oNOCTTY   = 0x100
	oNONBLOCK = 0x800
	oCREAT    = 0x40
	oCLOEXEC  = 0x80000
	oPATH     = 0x200000
)

// Flags of openat2's resolution.
const (
	resolveNoMagicLinks = 0x02
	resolveNoSymlinks   = 0x04
	resolveInRoot       = 0x10
)

// Flags of clone3 and unshare.
const (
	cloneVM           = 0x100
	cloneParent       = 0x8000
	cloneParentSetTID = 0x100000
	clonePIDFD        = 0x1000
	cloneNewTime      = 0x80
	cloneNewNS        = 0x20000
	cloneNewCgroup    = 0x2000000
	cloneNewUTS       = 0x4000000
	cloneNewIPC       = 0x8000000
	cloneNewUser      = 0x10000000
	cloneNewPID       = 0x20000000
	cloneNewNet       = 0x40000000
	cloneClearSighand = 0x100000000
	cloneIntoCgroup   = 0x200000000
)

// The mount API of Linux 5.2, mount_setattr of 5.12, and what is left of mount(2).
const (
	msRec     = 0x4000
	msPrivate = 0x40000

	atEmptyPath      = 0x1000
	atRecursive      = 0x8000
	openTreeClone    = 0x1
	openTreeCloexec  = oCLOEXEC
	moveFromEmpty    = 0x4
	moveToEmpty      = 0x40
	fsopenCloexec    = 0x1
	fsmountCloexec   = 0x1
	fsconfigFlag     = 0
	fsconfigString   = 1
	fsconfigCreate   = 6
	attrReadOnly     = 0x1
	attrNosuid       = 0x2
	attrNodev        = 0x4
	attrNoexec       = 0x8
	attrIDMap        = 0x100000
	umountDetach     = 0x2
	modeCharacter    = 0x2000
	statxTypeAndRdev = 0x1 // STATX_TYPE; the device numbers come in any case
)

// Operations of prctl, keyctl, fcntl, ioctl, close_range, sigprocmask.
const (
	prSetPdeathsig   = 1
	prSetDumpable    = 4
	prSetKeepCaps    = 8
	prCapbsetDrop    = 24
	prSetNoNewPrivs  = 38
	prCapAmbient     = 47
	capAmbientRaise  = 2
	capAmbientClear  = 4
	keyctlJoin       = 1
	fDupFDCloexec    = 1030
	fAddSeals        = 1033
	fSetLock         = 6
	fSetLockWait     = 7
	lockWrite        = 1   // F_WRLCK
	allSeals         = 0xf // nothing is written, made longer or shorter, or unsealed
	mfdCloexec       = 0x1
	mfdAllowSealing  = 0x2
	tiocSetCTTY      = 0x540e
	tiocSetSize      = 0x5414     // TIOCSWINSZ
	tiocUnlock       = 0x40045431 // TIOCSPTLCK
	tiocPeer         = 0x5441     // TIOCGPTPEER, Linux 4.13
	siocAddRoute     = 0x890b
	siocSetFlags     = 0x8914
	siocSetAddr      = 0x8916
	siocSetMask      = 0x891c
	siocGetIndex     = 0x8933
	iffUpRunning     = 0x41
	closeRangeCloseX = 0x4
	sigSetMask       = 2
	seccompFilter    = 1 // SECCOMP_SET_MODE_FILTER
	sigKill          = 9
	sigChld          = 17
	afInet           = 2
	sockDgram        = 2
	rlimitNoFile     = 7
)
