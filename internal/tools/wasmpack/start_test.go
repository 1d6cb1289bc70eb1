package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// start loads a module without running Go, and gives its memory.
const start = `
const fs = require('fs');
const [file, to] = process.argv.slice(1);
const module = new WebAssembly.Module(fs.readFileSync(file));
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => { throw new Error(name) };
fs.writeFileSync(to, Buffer.from(new WebAssembly.Instance(module, imports).exports.mem.buffer));
`

func memoryAfterStart(t *testing.T, module []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	file, to := filepath.Join(dir, "a.wasm"), filepath.Join(dir, "mem")
	require.NoError(t, os.WriteFile(file, module, 0o644))
	out, err := exec.Command("node", "-e", start, file, to).CombinedOutput()
	require.NoError(t, err, "%s", out)
	memory, err := os.ReadFile(to)
	require.NoError(t, err)
	return memory
}

func TestTheFunctionTableIsThereAtTheStart(t *testing.T) {
	module := build(t)
	want := memoryOf(t, module)
	table, err := findTable(want)
	require.NoError(t, err)
	all, err := sections(module)
	require.NoError(t, err)
	_, err = rewriteCode(find(all, codeSection).body, table.pcs)
	require.NoError(t, err)
	require.NoError(t, table.strip(true))
	packed, err := pack(module, true)
	require.NoError(t, err)
	got := memoryAfterStart(t, packed)
	require.True(t, string(want) == string(got[:len(want)]), "as the linker left it, without what is stripped")
	require.Equal(t, len(got)-len(want), zeros(got[len(want):]), "and nothing behind")
}
