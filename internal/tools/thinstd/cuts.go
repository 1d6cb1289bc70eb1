package main

// cut is a function of the standard library and what it does in the engine instead.
type cut struct{ function, instead string }

// never marks a function that the engine does not call: it stops the program.
const never = "\x00"

// file is a file of the standard library and what is cut from it.
type file struct {
	name string
	cuts []cut
}

// files are the cuts by file, below GOROOT/src.
var files = []file{
	// GODEBUG: a page sets none, and the metrics that count its uses nobody reads.
	{"internal/godebug/godebug.go", []cut{
		{"init", ""},
		{"(*Setting).Value", `return ""`},
		{"(*Setting).IncNonDefault", ""},
		{"(*Setting).register", never},
		{"update", never},
	}},
	{"runtime/runtime1.go", []cut{
		{"parsegodebug", ""},
	}},
	{"runtime/proc.go", []cut{
		{"schedtrace", never},
		{"newm", never}, // WebAssembly has one thread
		{"newextram", never},
		{"saveAncestors", "return nil"},
	}},
	{"runtime/mgc.go", []cut{
		{"findGoroutineLeaks", never},
	}},
	{"runtime/mcheckmark.go", []cut{
		{"runCheckmark", never},
		{"setCheckmark", never},
		{"checkFinalizersAndCleanups", never},
	}},
	{"runtime/mgcmark_greenteagc.go", []cut{
		{"dumpScanStats", never},
	}},
	// Types are the same in all modules, of which there is one.
	{"runtime/type.go", []cut{
		{"typelinksinit", ""},
	}},
	// The function table is the linker's, packed and unpacked by us.
	{"runtime/symtab.go", []cut{
		{"moduledataverify1", ""},
		{"expandCgoFrames", never},
	}},
	// Nothing in the engine traces or profiles.
	{"runtime/trace.go", []cut{
		{"traceAdvance", never},
	}},
	{"runtime/traceruntime.go", []cut{
		{"traceAcquireEnabled", "return traceLocker{}"},
	}},
	{"runtime/traceevent.go", []cut{
		{"traceLocker.eventWriter", never},
	}},
	{"runtime/mprof.go", []cut{
		{"mProf_Malloc", ""},
		{"mProf_Free", ""},
		{"saveblockevent", never},
	}},
	// There is no C.
	{"runtime/cgocall.go", []cut{
		{"cgocall", never},
	}},
	{"runtime/traceback.go", []cut{
		{"printCgoTraceback", never},
		{"printOneCgoTraceback", never},
		{"callCgoSymbolizer", never},
		{"cgoContextPCs", never},
		{"printAncestorTraceback", never},
		{"tracebackHexdump", ""},
	}},
	// Memory goes back to nobody, so nobody has to look for some.
	{"runtime/mgcscavenge.go", []cut{
		{"bgscavenge", "c <- 1"},
		{"(*pageAlloc).scavenge", "return 0"},
	}},
	// What a broken heap looks like is told by the bytes in it, in a debugger.
	{"runtime/hexdump.go", []cut{
		{"hexdumpWords", ""},
	}},
	// Nothing takes the method of a value by reflection.
	{"reflect/makefunc.go", []cut{
		{"makeMethodValue", never},
		{"methodValueCallCodePtr", never},
	}},
	// What panics of reflect say of their caller they find in names, which the engine has none of.
	{"reflect/value.go", []cut{
		{"valueMethodName", `return "unknown method"`},
	}},
	// The engine speaks to the page by two functions of its own. syscall/js is there because time and syscall ask it, when they start, what
	// they would need for files and zones; they hear nothing.
	{"syscall/js/func.go", []cut{
		{"handleEvent", "return false"},
	}},
	{"syscall/js/js.go", []cut{
		{"Value.Get", "return Value{}"},
		{"Value.Int", "return 0"},
	}},
}
