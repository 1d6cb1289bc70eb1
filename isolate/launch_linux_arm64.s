#include "textflag.h"

// The layout of table and row is that of launch_linux.go; a test holds it.

// func launch(clone *cloneArgs, size uintptr, t *table) (pid int)
//
// The child lives on its parent's stack and therefore must not touch it: it uses registers, and memory that t points to. R19 is t, R20 the row, R21
// the row's index.
TEXT ·launch(SB), NOSPLIT, $0-32
	MOVD t+16(FP), R19
	MOVD $135, R8           // rt_sigprocmask(SIG_SETMASK, all, old, 8): no handler may run on the shared stack
	MOVD $2, R0
	ADD  $40, R19, R1
	ADD  $32, R19, R2
	MOVD $8, R3
	SVC
	MOVD $435, R8           // clone3
	MOVD clone+0(FP), R0
	MOVD size+8(FP), R1
	SVC
	CBZ  R0, child
	MOVD R0, pid+24(FP)
	MOVD $135, R8           // rt_sigprocmask(SIG_SETMASK, old, NULL, 8)
	MOVD $2, R0
	ADD  $32, R19, R1
	MOVD $0, R2
	MOVD $8, R3
	SVC
	RET

child:
	MOVD 0(R19), R20
	MOVD $0, R21

next:
	MOVD 8(R19), R9
	CMP  R9, R21
	BHS  exit
	MOVD R21, 16(R19)       // where the child is
	MOVD 8(R20), R0
	MOVD (R0), R0
	MOVD 16(R20), R1
	MOVD (R1), R1
	MOVD 24(R20), R2
	MOVD (R2), R2
	MOVD 0(R20), R8
	CMN  $1, R8
	BEQ  check
	MOVD 32(R20), R3
	MOVD (R3), R3
	MOVD 40(R20), R4
	MOVD (R4), R4
	MOVD 48(R20), R5
	MOVD (R5), R5
	CMN  $2, R8
	BEQ  part
	SVC
	CMN  $4095, R0
	BHS  failed
	MOVD 72(R20), R9
	MOVD R0, (R9)

advance:
	ADD  $1, R21
	ADD  $80, R20
	B    next

check:
	AND  R1, R0, R0
	CMP  R2, R0
	BEQ  advance
	MOVD $-4096, R0         // no errno: the comparison failed

failed:
	NEG  R0, R0
	MOVD 56(R20), R9
	CMP  R9, R0
	BNE  fatal

leave:
	MOVD 64(R20), R9        // tolerated: leave out what depends on it
	ADD  $1, R9
	ADD  R9, R21
	MOVD $80, R10
	MUL  R10, R9, R9
	ADD  R9, R20
	B    next

part:
	MOVD $220, R8           // clone: two go on, with the same memory or with copies
	SVC
	CMN  $4095, R0
	BHS  failed
	CBZ  R0, leave          // the new one leaves out what is for the old one
	MOVD 48(R19), R19       // which notes where it is in a table of its own
	B    advance

fatal:
	MOVD R0, 24(R19)

exit:
	MOVD $94, R8            // exit_group
	MOVD $125, R0
	SVC
	B    exit
