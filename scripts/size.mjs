// size.mjs DIST prints what a first visit loads, at brotli 11, against the budgets of docs/bench.md, and
// exits with 1 if one is exceeded. DIST is the built site.
//
// "Before interaction" is the JavaScript that index.html names, what those files import statically, and
// what they preload; chunks behind import() come later and are listed apart.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

/** What must not be exceeded, in bytes. */
export const budgets = { engine: 1_150_000, javascript: 80_000, firstLoad: 1_600_000 };

/** The size of a file at brotli 11, in bytes: the file beside it made when the site was built, or computed. */
function brotli(file) {
  const bytes = readFileSync(file);
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

/** All files below a folder, relative to it, sorted. */
function walk(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => relative(dir, join(e.parentPath ?? e.path, e.name)))
    .sort();
}

/** The rows of the table and the budgets that are exceeded. */
export function measure(dist) {
  const files = walk(dist);
  const page = loadedWith(dist, 'index.html');
  const engine = files.filter((f) => f.endsWith('.wasm'));
  if (engine.length !== 1) throw new Error(`size: ${engine.length} wasm files in ${dist}, want one`);
  // The engine's worker and its loader are not named by the page, but the first visit runs them.
  const behind = files.filter((f) => f.endsWith('.js') && !page.includes(f));
  const rows = [...page, ...engine, ...behind].map((file) => ({
    file,
    part: file.endsWith('.wasm') ? 'engine' : page.includes(file) ? (file.endsWith('.js') ? 'javascript' : 'page') : 'later',
    bytes: brotli(join(dist, file)),
  }));
  const sum = (...parts) => rows.filter((r) => parts.includes(r.part)).reduce((n, r) => n + r.bytes, 0);
  const totals = { engine: sum('engine'), javascript: sum('javascript'), firstLoad: sum('page', 'javascript', 'engine', 'later') };
  return { rows, totals, exceeded: Object.keys(budgets).filter((name) => totals[name] > budgets[name]) };
}

function print({ rows, totals, exceeded }) {
  const line = (a, b, c, d) => console.log(`${a.padEnd(12)} ${b.padEnd(44)} ${c.padStart(10)} ${d.padStart(10)}`);
  line('part', 'file', 'brotli 11', 'budget');
  for (const r of rows) line(r.part, r.file, r.bytes.toLocaleString('en'), '');
  const names = { engine: 'engine', javascript: 'JavaScript before interaction', firstLoad: 'first load in all, everything later included' };
  for (const [name, bytes] of Object.entries(totals)) {
    line('total', names[name], bytes.toLocaleString('en'), budgets[name].toLocaleString('en'));
  }
  for (const name of exceeded) console.log(`over budget: ${names[name]} by ${(totals[name] - budgets[name]).toLocaleString('en')} bytes`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const result = measure(process.argv[2] ?? 'site/dist');
  print(result);
  process.exitCode = result.exceeded.length === 0 ? 0 : 1;
}
