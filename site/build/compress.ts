/** A brotli copy beside every file that gains by it, made once so that a server only has to send it. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { constants, createBrotliCompress } from 'node:zlib';

const worthwhile = new Set(['.html', '.js', '.css', '.json', '.svg', '.wasm', '.txt', '.webmanifest']);

/** Compresses all of a folder at quality 11; `cache` spares what did not change since the last time. */
export async function compressAll(dir: string, cache: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && worthwhile.has(extname(file))) writeFileSync(`${file}.br`, await compressed(readFileSync(file), cache));
  }
}

async function compressed(data: Buffer, cache: string): Promise<Buffer> {
  const parts = inParts(data);
  const key = createHash('sha256').update(data).update(`${parts.length} parts`).digest('hex');
  const kept = join(cache, `${key}.br`);
  if (existsSync(kept)) return readFileSync(kept);
  const out = await brotli(parts);
  writeFileSync(kept, out);
  return out;
}

/** One stream of several parts. Each is coded by its own frequencies, and finds what it repeats in all before it. */
async function brotli(parts: readonly Buffer[]): Promise<Buffer> {
  const encoder = createBrotliCompress({
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: parts.reduce((n, part) => n + part.length, 0),
    },
  });
  const chunks: Buffer[] = [];
  encoder.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => encoder.on('end', resolve).on('error', reject));
  for (const part of parts.slice(0, -1)) {
    encoder.write(part);
    await new Promise<void>((resolve) => {
      encoder.flush(constants.BROTLI_OPERATION_FLUSH, resolve);
    });
  }
  encoder.end(parts.at(-1));
  await ended;
  return Buffer.concat(chunks);
}

const magic = Buffer.from('\0asm');
const codeSection = 10;
const dataSection = 11;

/** A module of WebAssembly is cut before its code and before its data, which are as different as two files; anything else is one part. */
export function inParts(data: Buffer): Buffer[] {
  if (!data.subarray(0, 4).equals(magic)) return [data];
  const parts: Buffer[] = [];
  let begin = 0;
  for (let at = 8; at < data.length; ) {
    if (data[at] === codeSection || data[at] === dataSection) {
      parts.push(data.subarray(begin, at));
      begin = at;
    }
    const [size, body] = unsigned(data, at + 1);
    at = body + size;
  }
  parts.push(data.subarray(begin));
  return parts;
}

/** A number in LEB128, and the place behind it. */
function unsigned(data: Buffer, at: number): [number, number] {
  let n = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = data.readUInt8(at++);
    n += (byte & 127) * scale;
    if (byte < 128) return [n, at];
  }
}
