/** Scripts that stand alone, each in one file of a fixed name: what other sites load, and the service worker. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'vite';

/** Bundles `entry` into `dist/<name>.js`, as a plain script without imports. */
export async function standalone(dist: string, entry: string, name: string, define: Readonly<Record<string, string>> = {}): Promise<void> {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { ...define },
    build: {
      target: 'es2022',
      outDir: dist,
      emptyOutDir: false,
      lib: { entry, name: 'slipway', formats: ['iife'], fileName: () => `${name}.js` },
    },
  });
}

export interface Addresses {
  readonly files: readonly string[];
  /** What not everybody needs, apart from the rest. */
  readonly later: readonly string[];
  /** A name of this very version of the site. */
  readonly version: string;
}

/** Every address of a built site. */
export function everything(dist: string, later: readonly string[]): Addresses {
  const hash = createHash('sha256');
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && !e.name.endsWith('.br') && e.name !== 'sw.js')
    .map((e) => relative(dist, join(e.parentPath, e.name)).split(sep).join('/'))
    .sort();
  for (const file of files) hash.update(file).update('\0').update(readFileSync(join(dist, file)));
  const addresses = files.map((f) => `/${f.replace(/(^|\/)index\.html$/, '$1')}`);
  return { files: addresses.filter((f) => !later.includes(f)), later, version: hash.digest('hex').slice(0, 12) };
}
