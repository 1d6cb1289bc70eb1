/**
 * A session as a link: what was typed, compressed into the address's fragment, which no browser sends to a server.
 *
 * A link may come from anybody. Nothing of it is trusted but its size, which is bounded before and while it is unpacked; what
 * it says is left to the engine, which replays it in the worker or says why not. The scenario is not in it: the lesson's own
 * is put in its place, so that a link can only do what the lesson's terminal can.
 */

import { record, str } from '../fields.js';

const prefix = '#s=1.';

/** Most characters of a link's fragment: more is cut off by mail programs and chats. */
export const longest = 32_000;

/** Most bytes a link may unpack to: a small link must not become a large log. */
const largest = 512_000;

export function isShared(hash: string): boolean {
  return hash.startsWith('#s=');
}

/** The fragment of a log; undefined if it would be too long. */
export async function pack(log: string): Promise<string | undefined> {
  // The end state, which only engines to come would show, would make a link of 500 characters one of 5,000.
  const { scenario: _, branches, state: _state, reached: _reached, ...rest } = record(JSON.parse(log), 'log');
  const all = prefix + (await encode(JSON.stringify({ ...rest, branches })));
  if (all.length <= longest) return all;
  // What came of other attempts goes first.
  const main = prefix + (await encode(JSON.stringify(rest)));
  return main.length <= longest ? main : undefined;
}

/** The log in a fragment, for this scenario; throws an Error that says what is wrong. */
export async function unpack(hash: string, scenario: unknown): Promise<string> {
  if (!hash.startsWith(prefix)) throw new Error('it was made by another version');
  if (hash.length > longest) throw new Error(`it has ${hash.length} characters; at most ${longest} are taken`);
  const text = await decode(hash.slice(prefix.length));
  const log = record(JSON.parse(text), 'log');
  str(log, 'engine');
  return JSON.stringify({ ...log, scenario });
}

async function encode(text: string): Promise<string> {
  const packed = new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw')));
  return base64url(new Uint8Array(await packed.arrayBuffer()));
}

async function decode(text: string): Promise<string> {
  const reader = new Blob([fromBase64url(text)]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let out = '';
  let size = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > largest) throw new Error(`it unpacks to more than ${largest} bytes`);
      out += decoder.decode(part.value, { stream: true });
    }
    return out + decoder.decode();
  } catch (err) {
    if (err instanceof Error && err.message.startsWith('it ')) throw err;
    throw new Error('it is damaged', { cause: err });
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function base64url(bytes: Uint8Array): string {
  let text = '';
  for (const b of bytes) text += String.fromCharCode(b);
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw new Error('it is damaged');
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
}
