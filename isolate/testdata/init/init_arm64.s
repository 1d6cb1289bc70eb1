#include "textflag.h"

// Process 1: waits for any signal (all are blocked); SIGCHLD means that somebody died, everything else goes to process 2.
TEXT ·code(SB), NOSPLIT|NOFRAME, $0-0
	SUB  $16, RSP
	MOVD $-1, R9
	MOVD R9, 0(RSP)         // all signals; above it is room for a status
wait:
	MOVD $137, R8           // rt_sigtimedwait(all, NULL, NULL, 8)
	MOVD RSP, R0
	MOVD $0, R1
	MOVD $0, R2
	MOVD $8, R3
	SVC
	CMP  $17, R0            // SIGCHLD
	BEQ  reap
	CMP  $0, R0
	BLE  wait
	MOVD R0, R1
	MOVD $129, R8           // kill(2, signal)
	MOVD $2, R0
	SVC
	B    wait
reap:
	MOVD $260, R8           // wait4(-1, status, WNOHANG, NULL)
	MOVD $-1, R0
	ADD  $8, RSP, R1
	MOVD $1, R2
	MOVD $0, R3
	SVC
	CMP  $0, R0
	BLE  wait
	CMP  $2, R0
	BNE  reap
	MOVWU 8(RSP), R0
	AND  $127, R0, R9
	CBNZ R9, killed
	LSR  $8, R0, R0
	AND  $255, R0, R0
	B    exit
killed:
	ADD  $128, R9, R0
exit:
	MOVD $94, R8            // exit_group(as process 2 did)
	SVC
	B    exit
