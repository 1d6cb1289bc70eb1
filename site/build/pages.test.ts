import { mkdtempSync, readFileSync, writeFileSync, mkdirSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sampleText } from '../src/testing.js';
import { compressAll, inParts } from './compress.js';
import { list, plain } from './contents.js';
import { lessonPage, readLessons, writePages } from './pages.js';
import { everything } from './standalone.js';
import { csp, fill } from './template.js';

const root = new URL('..', import.meta.url).pathname;
const assets = { mainScript: '/assets/main.js', landingScript: '/assets/landing.js', style: '/assets/style.css', engines: { cluster: { file: '/slipway.wasm', size: 42 }, machine: { file: '/slipway-machine.wasm', size: 43 } } };

function lessons(): string {
  const dir = mkdtempSync(join(tmpdir(), 'slipway-'));
  mkdirSync(join(dir, 'pod'));
  for (const name of ['scenario', 'en', 'vi']) writeFileSync(join(dir, 'pod', `${name}.json`), sampleText(`lesson-${name}.json`));
  return dir;
}

test('each language has a page that reads without a script and runs nothing inline', () => {
  const dist = mkdtempSync(join(tmpdir(), 'slipway-'));
  writePages(root, dist, readLessons(lessons()), assets);
  for (const [lang, title] of [['en', 'A pod'], ['vi', 'Một pod']] as const) {
    const html = readFileSync(join(dist, 'lessons/pod', lang, 'index.html'), 'utf8');
    expect(html).toContain(`<html lang="${lang}">`);
    expect(html).toContain(`<h1>${title}</h1>`);
    expect(html).toContain('wasm-size="42"');
    expect(html).not.toContain('{{');
    expect(html).not.toMatch(/<script(?![^>]*src=)|\son[a-z]+=|style="/);
  }
  const front = readFileSync(join(dist, 'index.html'), 'utf8');
  expect(front).toContain('href="/lessons/pod/en/"');
  expect(front).toContain('href="/lessons/pod/vi/"');
  expect(JSON.parse(readFileSync(join(dist, 'lessons/index.vi.json'), 'utf8'))[0].steps[0].text).toContain('kubectl run web --image=nginx');
  for (const path of ['embed/pod/index.html', 'embed/pod/vi/index.html']) {
    const html = readFileSync(join(dist, path), 'utf8');
    expect(html).toContain('<body class="play embed">');
    expect(html).not.toMatch(/\{\{|<script(?![^>]*src=)|slipway-contents|class="onward"/);
  }
});

test('a lesson on a machine gets the engine that has one', () => {
  const dist = mkdtempSync(join(tmpdir(), 'slipway-'));
  const [lesson] = readLessons(lessons());
  if (!lesson) throw new Error('no lesson');
  writePages(root, dist, [lesson, { ...lesson, name: 'box', machine: true }], assets);
  expect(readFileSync(join(dist, 'lessons/pod/en/index.html'), 'utf8')).toContain('engine="/slipway.wasm" wasm-size="42"');
  for (const path of ['lessons/box/vi/index.html', 'embed/box/en/index.html']) {
    expect(readFileSync(join(dist, path), 'utf8')).toContain('engine="/slipway-machine.wasm" wasm-size="43"');
  }
});

test('what not everybody needs is apart from what is kept at once', () => {
  const dist = mkdtempSync(join(tmpdir(), 'slipway-'));
  for (const name of ['a.js', 'index.html', 'slipway-machine.wasm']) writeFileSync(join(dist, name), name);
  const { files, later } = everything(dist, ['/slipway-machine.wasm']);
  expect([files, later]).toEqual([['/a.js', '/'], ['/slipway-machine.wasm']]);
});

test('the policy forbids what is inline or foreign', () => {
  expect(csp).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(csp).not.toMatch(/'unsafe-(inline|eval)'|https?:/);
});

test('a folder without lessons says how to make them', () => {
  expect(() => readLessons('/nowhere')).toThrow('slipway lesson build --out /nowhere');
});

test('a broken lesson is named by its file', () => {
  const dir = lessons();
  writeFileSync(join(dir, 'pod', 'en.json'), '{"lang":"en"}');
  expect(() => readLessons(dir)).toThrow(/en\.json: title: not a string/);
});

test('a placeholder without a value stops the build', () => {
  expect(() => fill('{{title}}', {})).toThrow('{{title}}');
});

test('the copy beside a file is the file, and pictures of other kinds are left', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'slipway-'));
  writeFileSync(join(dir, 'a.js'), 'x'.repeat(999));
  writeFileSync(join(dir, 'b.png'), 'x');
  writeFileSync(join(dir, 'c.wasm'), engine);
  await compressAll(dir, join(dir, 'cache'));
  expect(brotliDecompressSync(readFileSync(join(dir, 'a.js.br'))).toString()).toBe('x'.repeat(999));
  expect(existsSync(join(dir, 'b.png.br'))).toBe(false);
  expect(brotliDecompressSync(readFileSync(join(dir, 'c.wasm.br'))).equals(engine)).toBe(true);
});

// A type section of 1 byte, code of 200 and data of 2.
const engine = Buffer.concat([Buffer.from('\0asm\x01\0\0\0\x01\x01\0\x0a\xc8\x01', 'latin1'), Buffer.alloc(200, 10), Buffer.from([11, 2, 11, 11])]);

test('an engine is compressed in parts: before its code, its code, its data', () => {
  expect(inParts(engine).map((part) => part.length)).toEqual([11, 203, 4]);
  expect(inParts(Buffer.from('\0as'))).toHaveLength(1);
  expect(inParts(Buffer.alloc(0))).toHaveLength(1);
});

test('a list says where the reader is, and how many goals each lesson has', () => {
  const html = list(readLessons(lessons()), 'en', 'pod');
  expect(html).toContain('<li data-lesson="pod" data-start data-goals="1"><a href="/lessons/pod/en/" aria-current="page">');
  expect(html).not.toContain('<h2>'); // there is only one part
  expect(list(readLessons(lessons()), 'en', undefined)).not.toContain('aria-current');
});

test('machines are part one, clusters part two, and each part counts its own', () => {
  const [pod] = readLessons(lessons());
  if (!pod) throw new Error('no lesson');
  const all = [{ ...pod, name: 'box', machine: true }, { ...pod, name: 'wall', machine: true }, pod];
  expect(list(all, 'vi', undefined)).toMatch(/Phần một: .*data-lesson="box".*>1\. .*data-lesson="wall".*>2\. .*Phần hai: .*data-lesson="pod" data-start.*>1\. /);
  const page = readFileSync(join(root, 'page.html'), 'utf8');
  const html = lessonPage(page, all, pod, 'en', assets);
  expect(html).toContain('Part 2, lesson 1 of 1: A pod');
  expect(html).toContain('rel="prev" href="/lessons/wall/en/"');
});

test('the words of a step are found without its tags', () => {
  expect(plain('<p>a &lt;b&gt; <code>c&amp;d</code></p>\n<p>e</p>')).toBe('a <b> c&d e');
});
