#include "textflag.h"

// The layout of table and row is that of launch_linux.go; a test holds it.

// func launch(clone *cloneArgs, size uintptr, t *table) (pid int)
//
// The child lives on its parent's stack and therefore must not touch it: it uses registers, and memory that t points to. R12 is t, R13 the row, BX
// the row's index.
TEXT ·launch(SB), NOSPLIT, $0-32
	MOVQ t+16(FP), R12
	MOVQ $14, AX            // rt_sigprocmask(SIG_SETMASK, all, old, 8): no handler may run on the shared stack
	MOVQ $2, DI
	LEAQ 40(R12), SI
	LEAQ 32(R12), DX
	MOVQ $8, R10
	SYSCALL
	MOVQ $435, AX           // clone3
	MOVQ clone+0(FP), DI
	MOVQ size+8(FP), SI
	SYSCALL
	TESTQ AX, AX
	JZ   child
	MOVQ AX, pid+24(FP)
	MOVQ $14, AX            // rt_sigprocmask(SIG_SETMASK, old, NULL, 8)
	MOVQ $2, DI
	LEAQ 32(R12), SI
	XORQ DX, DX
	MOVQ $8, R10
	SYSCALL
	RET

child:
	MOVQ 0(R12), R13
	XORQ BX, BX

next:
	CMPQ BX, 8(R12)
	JAE  exit
	MOVQ BX, 16(R12)        // where the child is
	MOVQ 8(R13), DI
	MOVQ (DI), DI
	MOVQ 16(R13), SI
	MOVQ (SI), SI
	MOVQ 24(R13), DX
	MOVQ (DX), DX
	MOVQ 0(R13), AX
	CMPQ AX, $-1
	JEQ  check
	MOVQ 32(R13), R10
	MOVQ (R10), R10
	MOVQ 40(R13), R8
	MOVQ (R8), R8
	MOVQ 48(R13), R9
	MOVQ (R9), R9
	CMPQ AX, $-2
	JEQ  part
	SYSCALL
	CMPQ AX, $-4095
	JCC  failed
	MOVQ 72(R13), DX
	MOVQ AX, (DX)

advance:
	INCQ BX
	ADDQ $80, R13
	JMP  next

check:
	ANDQ SI, DI
	CMPQ DI, DX
	JEQ  advance
	MOVQ $-4096, AX         // no errno: the comparison failed

failed:
	NEGQ AX
	CMPQ AX, 56(R13)
	JNE  fatal

leave:
	MOVQ 64(R13), CX        // tolerated: leave out what depends on it
	INCQ CX
	ADDQ CX, BX
	IMUL3Q $80, CX, CX
	ADDQ CX, R13
	JMP  next

part:
	MOVQ $56, AX            // clone: two go on, with the same memory or with copies
	SYSCALL
	CMPQ AX, $-4095
	JCC  failed
	TESTQ AX, AX
	JZ   leave              // the new one leaves out what is for the old one
	MOVQ 48(R12), R12       // which notes where it is in a table of its own
	JMP  advance

fatal:
	MOVQ AX, 24(R12)

exit:
	MOVQ $231, AX           // exit_group
	MOVQ $125, DI
	SYSCALL
	JMP  exit
