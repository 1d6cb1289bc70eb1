import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';

import { engineOf, loadedWith, measure, pageFiles, staticImports } from './size.mjs';

function site(t, files) {
  const dir = mkdtempSync(join(tmpdir(), 'size-'));
  t.after(() => rmSync(dir, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

const page = {
  'index.html': '<script type="module" src="/a/main.js"></script><link rel="modulepreload" href="/a/pre.js"><link rel="icon" href="/no.png"><a href="/x.html">',
  'a/main.js': 'import{x as y}from"./shared.js";import "./effect.js";const later=()=>import("./later.js");',
  'a/pre.js': '',
  'a/shared.js': 'export * from "./effect.js"',
  'a/effect.js': '',
  'a/later.js': 'export{}',
  'slipway.wasm': 'wasm',
  'slipway-machine.wasm': 'wasm',
};

test('a page loads what it names and what that imports, but not what it imports later', (t) => {
  assert.deepEqual(loadedWith(site(t, page), 'index.html'), ['index.html', 'a/main.js', 'a/pre.js', 'a/effect.js', 'a/shared.js']);
});

test('imports of packages and calls of import() are not static imports of files', () => {
  assert.deepEqual(staticImports('import a from "lit"; import("./b.js"); import c,{d}from"./c.js"; export {e} from "../e.js"'), ['./c.js', '../e.js']);
  assert.deepEqual(pageFiles('<script src="https://x/y.js"></script><link href="/s.css" rel="stylesheet">'), ['/s.css']);
});

test('a file that is named but missing is an error', (t) => {
  const dir = site(t, { ...page, 'a/effect.js': 'import "./gone.js"' });
  assert.throws(() => loadedWith(dir, 'index.html'), /gone\.js/);
});

test('a small site is within the budgets; each budget can be exceeded', (t) => {
  assert.deepEqual(measure(site(t, page)).exceeded, []);
  const noise = (bytes) => `/*${randomBytes(bytes).toString('base64')}*/`;
  assert.deepEqual(measure(site(t, { ...page, 'a/effect.js': noise(90_000) })).exceeded, ['javascript']);
  assert.deepEqual(measure(site(t, { ...page, 'slipway.wasm': randomBytes(1_400_000) })).exceeded, ['engine']);
  assert.deepEqual(measure(site(t, { ...page, 'a/later.js': noise(1_650_000) })).exceeded, ['firstLoad']);
});

test('the heaviest page counts', (t) => {
  const heavy = { 'lessons/x/index.html': '<script src="/b/big.js"></script>', 'b/big.js': `/*${randomBytes(90_000).toString('base64')}*/` };
  assert.deepEqual(measure(site(t, { ...page, ...heavy })).exceeded, ['javascript']);
});

test('a compressed file that is not the file beside it is an error', (t) => {
  const br = (text) => brotliCompressSync(Buffer.from(text));
  measure(site(t, { ...page, 'slipway.wasm.br': br('wasm') }));
  assert.throws(() => measure(site(t, { ...page, 'slipway.wasm.br': br('older') })), /slipway\.wasm\.br is not/);
});

test('an engine too many or none is an error', (t) => {
  assert.throws(() => measure(site(t, { ...page, 'other.wasm': '' })), /other\.wasm/);
  assert.throws(() => measure(site(t, { 'index.html': '' })), /are none/);
});

test('a page loads one engine: the one it names', (t) => {
  assert.equal(engineOf('<p>'), 'slipway.wasm');
  assert.equal(engineOf('<x engine="/slipway-machine.wasm">'), 'slipway-machine.wasm');
  const machine = randomBytes(1_300_000);
  const only = measure(site(t, { ...page, 'slipway-machine.wasm': machine }));
  assert.deepEqual([only.exceeded, only.totals.firstLoad < 10_000], [['machine'], true]);
  const named = measure(site(t, { ...page, 'm.html': '<x engine="/slipway-machine.wasm">', 'slipway-machine.wasm': machine }));
  assert.ok(named.totals.firstLoad > 1_300_000);
});
