//go:build amd64 || arm64

package isolate

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// escapes are the ways out of containers that were found so far, and for each the tests that go them.
var escapes = []struct {
	way   string
	tests []func(*testing.T)
}{
	{"1 the runtime's own program (CVE-2019-5736, CVE-2016-9962)", []func(*testing.T){TestKernelTheStartingProgramIsNotExecutedInside, TestKernelTheDefaultHasNoHole}},
	{"2 a working directory through a leaked descriptor (CVE-2024-21626)", []func(*testing.T){TestKernelTheWorkingDirectoryIsInside}},
	{"3 inherited descriptors", []func(*testing.T){TestKernelOpenFilesStayOutside}},
	{"4 links and races on /proc and the places of mounts (CVE-2021-30465, CVE-2019-19921, CVE-2023-27561, CVE-2024-45310)",
		[]func(*testing.T){TestKernelARaceOfLinksLeadsNowhere, TestKernelLinksInTheFolderLeadNowhere, TestKernelTheFolderIsExchangedWhileContainersStart}},
	{"5 /dev as a link (CVE-2026-41579)", []func(*testing.T){TestKernelLinksInTheFolderLeadNowhere}},
	{"6 masks through links in /dev (CVE-2025-31133, CVE-2025-52565)", []func(*testing.T){TestKernelMasksAreNotReadThroughLinks, TestKernelDevicesAreOurOwn}},
	{"7 writes to /proc that go elsewhere (CVE-2025-52881)", []func(*testing.T){TestKernelWhatIsWrittenToProcGoesToProc, TestNothingIsWrittenByNameOnceThereIsARoot}},
	{"8 release_agent of cgroup v1 (CVE-2022-0492)", []func(*testing.T){TestKernelNoReleaseAgentCanBeNamed}},
	{"9 inheritable capabilities (CVE-2022-29162, CVE-2022-24769)", []func(*testing.T){TestKernelNothingIsInherited}},
	{"10 abstract sockets (CVE-2020-15257)", []func(*testing.T){TestKernelNobodyConnectsToAnAbstractSocketOutside}},
	{"11 code loaded from the folder (CVE-2019-14271)", []func(*testing.T){TestKernelNothingOfTheFolderIsReadButTheCommand}},
	{"12 typing into a terminal (CVE-2017-5226)", []func(*testing.T){TestKernelNobodyTypesIntoTheCallersTerminal}},
	{"13 keyrings", []func(*testing.T){TestKernelNobodyFindsTheCallersKeys}},
	{"14 writable /proc/sys, sysrq and /sys", []func(*testing.T){TestKernelTheDefaultHasNoHole, TestKernelEachWallTurnsItsRows}},
	{"15 device nodes", []func(*testing.T){TestKernelDeviceNodesOfTheFolderAreDead, TestKernelEachWallTurnsItsRows}},
	{"16 ptrace, /proc and pidfds of processes outside", []func(*testing.T){TestKernelNobodyReachesProcessesOutside}},
	{"17 leaving a chroot", []func(*testing.T){TestKernelAChrootIsLeftAndTheRootIsNot, TestKernelTheOldRootIsGone}},
	{"18 mounts that propagate", []func(*testing.T){TestKernelMountsDoNotCross}},
	{"19 the kernel's surface, clone3 and x32", []func(*testing.T){TestKernelTheFilterRefusesWhatItSays, TestTheFilterLooksAtArguments}},
	{"20 setuid programs", []func(*testing.T){TestKernelSetuidGivesNothing}},
	{"21 exhaustion", []func(*testing.T){TestKernelAMemoryLimitKills, TestKernelAPIDsLimitStopsForks, TestKernelAQuotaThrottles, TestKernelMemoryLooksLikeAFolder, TestKernelRlimitsAreSet}},
	{"22 escape codes in what is printed", []func(*testing.T){TestNothingPrintedReachesATerminalRaw}},
}

// The table is the checklist; tests it names exist, or it would not compile.
func TestEveryKnownWayOutHasATest(t *testing.T) {
	require.Len(t, escapes, 22)
	for i, e := range escapes {
		require.Regexp(t, `^`+num(uint64(i+1)).String()+` \S`, e.way)
		require.NotEmpty(t, e.tests, e.way)
	}
}
