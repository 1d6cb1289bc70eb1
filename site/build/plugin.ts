/** What `vite build` does besides bundling: Go's loader, the pages, the compressed copies. */

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { compressAll } from './compress.js';
import { everything, standalone } from './standalone.js';
import { readLessons, writePages, type Assets, type Engine } from './pages.js';

/** The part of Rollup's bundle that is used here. */
type Bundle = Readonly<Record<string, { readonly type: string; readonly fileName: string; readonly name?: string | undefined }>>;

export function slipway(root: string): Plugin {
  const dist = join(root, 'dist');
  let assets: Assets | undefined;
  return {
    name: 'slipway',
    apply: 'build',
    writeBundle(_options, bundle) {
      assets = {
        mainScript: chunk(bundle, 'main'),
        landingScript: chunk(bundle, 'landing'),
        style: style(bundle),
        engines: { cluster: engine(root, 'slipway.wasm'), machine: engine(root, 'slipway-machine.wasm') },
      };
    },
    async closeBundle() {
      if (!assets) return; // the build failed before it wrote anything
      copyFileSync(wasmExec(), join(dist, 'wasm_exec.js'));
      const cache = join(root, 'node_modules', '.cache', 'slipway-br');
      // The long part first: a build that is broken off leaves no front page that looks finished.
      await compressAll(dist, cache);
      writePages(root, dist, readLessons(join(root, 'public', 'lessons')), assets);
      await standalone(dist, join(root, 'src', 'embed', 'host.ts'), 'embed');
      const { files, later, version } = everything(dist, [assets.engines.machine.file]);
      await standalone(dist, join(root, 'src', 'offline', 'sw.ts'), 'sw', {
        FILES: JSON.stringify(files), LATER: JSON.stringify(later), VERSION: JSON.stringify(version),
      });
      await compressAll(dist, cache);
    },
  };
}

function chunk(bundle: Bundle, name: string): string {
  const found = Object.values(bundle).find((f) => f.type === 'chunk' && f.name === name);
  if (!found) throw new Error(`no chunk named ${name} in the bundle`);
  return `/${found.fileName}`;
}

function style(bundle: Bundle): string {
  const found = Object.values(bundle).find((f) => f.fileName.endsWith('.css'));
  if (!found) throw new Error('no style sheet in the bundle');
  return `/${found.fileName}`;
}

function engine(root: string, name: string): Engine {
  const file = join(root, 'public', name);
  if (!existsSync(file)) throw new Error(`${file} is missing: build the engines first (make wasm)`);
  return { file: `/${name}`, size: statSync(file).size };
}

/** Go's loader must be of the very Go that compiled the engine. */
function wasmExec(): string {
  const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  const file = join(goroot, 'lib', 'wasm', 'wasm_exec.js');
  if (!existsSync(file)) throw new Error(`${file} is missing from this Go installation`);
  return file;
}
