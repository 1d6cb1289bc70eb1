// size.mjs DIST prints what a first visit loads, at brotli 11, against the budgets, and exits with 1 if one is
// exceeded. DIST is the built site. Every page is measured; the heaviest counts.
//
// "Before interaction" is the JavaScript a page names, what those files import statically, and what they
// preload. Workers and chunks behind import() come later; with the engine they belong to the first load.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/**
 * What must not be exceeded, in bytes. The engine's aim was 1,150,000 for one pod's way through the house and is 1,250,000 with
 * Deployments, Services and the whole of kubectl. docs/bench.md says what it weighs and why; this holds what was reached, and a hundredth more. The engine
 * with a machine in it, and without kubectl, is loaded by lessons about one only; its aim is 1,450,000.
 */
export const budgets = { engine: 1_076_000, machine: 1_266_000, javascript: 80_000, firstLoad: 1_600_000 };

/** The size of a file at brotli 11, in bytes: of the file beside it that is served, if it is the same, or computed. */
function brotli(file) {
  const bytes = readFileSync(file);
  if (existsSync(`${file}.br`)) {
    const served = readFileSync(`${file}.br`);
    if (!brotliDecompressSync(served).equals(bytes)) throw new Error(`size: ${file}.br is not ${file}: build the site again`);
    return served.length;
  }
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length;
}

/** The local files a page names in src and href, of scripts, stylesheets and preloads. */
export function pageFiles(html) {
  const found = [];
  for (const [tag] of html.matchAll(/<(?:script|link)\b[^>]*>/g)) {
    const url = /\b(?:src|href)="([^"]+)"/.exec(tag)?.[1];
    if (url === undefined || /^(?:[a-z]+:|#)/.test(url)) continue;
    if (tag.startsWith('<link') && !/\brel="(?:stylesheet|modulepreload|preload)"/.test(tag)) continue;
    found.push(url);
  }
  return found;
}

/** The specifiers a module imports before it runs: static imports and re-exports, not import(). */
export function staticImports(source) {
  const found = new Set();
  const patterns = [/\bimport\s*["']([^"']+)["']/g, /\b(?:import|export)\b[^"'();]*?\bfrom\s*["']([^"']+)["']/g];
  for (const pattern of patterns) for (const [, specifier] of source.matchAll(pattern)) found.add(specifier);
  return [...found].filter((s) => s.startsWith('.') || s.startsWith('/'));
}

/** Every file that loads with a page, in the order in which it is met. Paths are relative to dist. */
export function loadedWith(dist, page) {
  const resolve = (url, from) => normalize(url.startsWith('/') ? url.slice(1) : join(dirname(from), url)).replace(/[?#].*$/, '');
  const seen = [page];
  for (const file of seen) {
    const full = join(dist, file);
    if (!existsSync(full)) throw new Error(`size: ${file} is named by the page or a module but is not in ${dist}`);
    const urls = file.endsWith('.html') ? pageFiles(readFileSync(full, 'utf8')) : file.endsWith('.js') ? staticImports(readFileSync(full, 'utf8')) : [];
    for (const url of urls) {
      const next = resolve(url, file);
      if (!seen.includes(next)) seen.push(next);
    }
  }
  return seen;
}

/** The engine that a page loads, by its attribute; that of a cluster, where a page without one leads. */
export function engineOf(html) {
  return /\bengine="\/([^"]+)"/.exec(html)?.[1] ?? 'slipway.wasm';
}

/** All files below a folder, relative to it, sorted. */
function walk(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => relative(dir, join(e.parentPath ?? e.path, e.name)))
    .sort();
}

/** What the site weighs: each file once, the totals of the heaviest page, and the budgets that are exceeded. */
export function measure(dist) {
  const files = walk(dist).filter((f) => !f.endsWith('.br'));
  const engines = files.filter((f) => f.endsWith('.wasm'));
  if (engines.join() !== 'slipway-machine.wasm,slipway.wasm') throw new Error(`size: the wasm files in ${dist} are ${engines.join(', ') || 'none'}`);
  const sizes = new Map();
  const size = (file) => {
    if (!sizes.has(file)) sizes.set(file, brotli(join(dist, file)));
    return sizes.get(file);
  };
  const sum = (list) => list.reduce((n, file) => n + size(file), 0);

  const pages = files.filter((f) => f.endsWith('.html'))
    .map((page) => ({ page, files: loadedWith(dist, page), engine: engineOf(readFileSync(join(dist, page), 'utf8')) }));
  const named = new Set(pages.flatMap((p) => p.files));
  const later = files.filter((f) => f.endsWith('.js') && !named.has(f));
  const weighed = pages.map(({ page, files: loaded, engine }) => ({
    page,
    javascript: sum(loaded.filter((f) => f.endsWith('.js'))),
    all: sum(loaded) + sum(later) + size(engine),
  }));
  const totals = {
    engine: size('slipway.wasm'),
    machine: size('slipway-machine.wasm'),
    javascript: Math.max(...weighed.map((p) => p.javascript)),
    firstLoad: Math.max(...weighed.map((p) => p.all)),
  };
  const exceeded = Object.keys(budgets).filter((name) => totals[name] > budgets[name]);
  return { sizes: [...sizes], pages: weighed, totals, exceeded };
}

const names = { engine: 'engine', machine: 'engine with a machine', javascript: 'JavaScript before interaction', firstLoad: 'first load in all' };

function print({ sizes, pages, totals, exceeded }) {
  const number = (n) => n.toLocaleString('en').padStart(10);
  console.log(`${'file'.padEnd(52)} brotli 11`);
  for (const [file, bytes] of sizes) console.log(`${file.padEnd(50)} ${number(bytes)}`);
  console.log(`\n${'page'.padEnd(50)} ${'JavaScript'.padStart(10)} ${'first load'.padStart(10)}`);
  for (const p of pages) console.log(`${p.page.padEnd(50)} ${number(p.javascript)} ${number(p.all)}`);
  console.log(`\n${'total'.padEnd(50)} ${'bytes'.padStart(10)} ${'budget'.padStart(10)}`);
  for (const [name, bytes] of Object.entries(totals)) console.log(`${names[name].padEnd(50)} ${number(bytes)} ${number(budgets[name])}`);
  for (const name of exceeded) console.log(`over budget: ${names[name]}, by ${(totals[name] - budgets[name]).toLocaleString('en')} bytes`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const result = measure(process.argv[2] ?? 'site/dist');
  print(result);
  process.exitCode = result.exceeded.length === 0 ? 0 : 1;
}
