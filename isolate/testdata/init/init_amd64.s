#include "textflag.h"

// Process 1: waits for any signal (all are blocked); SIGCHLD means that somebody died, everything else goes to process 2.
TEXT ·code(SB), NOSPLIT|NOFRAME, $0-0
	ADDQ $-16, SP
	MOVQ $-1, 0(SP)         // all signals; above it is room for a status
wait:
	MOVQ $128, AX           // rt_sigtimedwait(all, NULL, NULL, 8)
	MOVQ SP, DI
	XORL SI, SI
	XORL DX, DX
	MOVQ $8, R10
	SYSCALL
	CMPQ AX, $17            // SIGCHLD
	JEQ  reap
	CMPQ AX, $0
	JLE  wait
	MOVQ AX, SI
	MOVQ $62, AX            // kill(2, signal)
	MOVQ $2, DI
	SYSCALL
	JMP  wait
reap:
	MOVQ $61, AX            // wait4(-1, status, WNOHANG, NULL)
	MOVQ $-1, DI
	LEAQ 8(SP), SI
	MOVQ $1, DX
	XORL R10, R10
	SYSCALL
	CMPQ AX, $0
	JLE  wait
	CMPQ AX, $2
	JNE  reap
	MOVL 8(SP), DI
	MOVL DI, AX
	ANDL $127, AX
	JNE  killed
	SHRL $8, DI
	ANDL $255, DI
	JMP  exit
killed:
	MOVL AX, DI
	ADDL $128, DI
exit:
	MOVQ $231, AX           // exit_group(as process 2 did)
	SYSCALL
	JMP  exit
