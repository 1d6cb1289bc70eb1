/** A brotli copy beside every file that gains by it, made once so that a server only has to send it. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const worthwhile = new Set(['.html', '.js', '.css', '.json', '.svg', '.wasm', '.txt', '.webmanifest']);

/** Compresses all of a folder at quality 11; `cache` spares what did not change since the last time. */
export function compressAll(dir: string, cache: string): void {
  mkdirSync(cache, { recursive: true });
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && worthwhile.has(extname(file))) writeFileSync(`${file}.br`, compressed(readFileSync(file), cache));
  }
}

function compressed(data: Buffer, cache: string): Buffer {
  const kept = join(cache, `${createHash('sha256').update(data).digest('hex')}.br`);
  if (existsSync(kept)) return readFileSync(kept);
  const out = brotliCompressSync(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });
  writeFileSync(kept, out);
  return out;
}
