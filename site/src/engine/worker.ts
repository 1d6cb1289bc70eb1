/**
 * The engine's home: loads the wasm, hands it inputs, sends on what it emits, and lets time pass.
 *
 * Nothing here waits for the page; the page waits for nothing here.
 */

import { encode, type Input } from '../wire.js';
import * as clocks from './clock.js';
import { engineExports, read, send, type EngineExports } from './memory.js';
import type { FromWorker, ToWorker } from './protocol.js';

/** What Go's wasm_exec.js puts on the global object. */
interface GoRuntime {
  readonly importObject: WebAssembly.Imports;
  env: Record<string, string>;
  run(instance: WebAssembly.Instance): Promise<void>;
}
declare const Go: new () => GoRuntime;

let engine: EngineExports | undefined;
let clock = clocks.start({ kind: 'paused' }, 0);
let crashed = false;

function post(message: FromWorker): void {
  self.postMessage(message);
}

function crash(err: unknown): void {
  if (crashed) return;
  crashed = true;
  engine = undefined;
  post({ kind: 'crashed', reason: err instanceof Error ? err.message : String(err) });
}

/** So many bytes were said since garbage was collected last. */
let said = 0;
/** After so many it is collected once nobody waits, and not during the next command. */
const much = 1 << 20;
const idle = 150;

function step(text: string): void {
  if (!engine) return;
  try {
    send(engine, text);
  } catch (err) {
    crash(err);
  }
  if (said > much) {
    said = 0;
    setTimeout(tidy, idle);
  }
}

function tidy(): void {
  try {
    engine?.step(0);
  } catch (err) {
    crash(err);
  }
}

/** The same response, counting the bytes that have come. */
function counted(response: Response, total: number): Response {
  if (!response.body) return response;
  let loaded = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, out) {
      loaded += chunk.length;
      post({ kind: 'progress', loaded, total });
      out.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count), { headers: { 'Content-Type': 'application/wasm' } });
}

async function load(wasm: string, exec: string, size: number): Promise<void> {
  // Asked for together: the small script must not delay the large download.
  const response = fetch(wasm).then((r) => {
    if (!r.ok) throw new Error(`${wasm}: the server answered ${r.status}`);
    return counted(r, size);
  });
  response.catch(() => undefined); // reported below; the script may fail first
  await import(/* @vite-ignore */ exec);
  const go = new Go();
  // The engine has no names of functions: a trace in the console has program counters in their place.
  go.env = { GOTRACEBACK: 'system' };
  let memory: WebAssembly.Memory | undefined;
  const imports = {
    ...go.importObject,
    slipway: {
      emit: (at: number, length: number) => {
        said += length;
        if (memory) post({ kind: 'message', text: read(memory, at, length) });
      },
    },
  };
  const { instance } = await WebAssembly.instantiateStreaming(response, imports);
  const exports = engineExports(instance.exports);
  memory = exports.memory;
  go.run(instance).then(() => crash(new Error('the engine ended')), crash);
  engine = exports;
}

function tick(): void {
  const [next, input]: readonly [clocks.Clock, Input | undefined] = clocks.advance(clock, performance.now());
  clock = next;
  if (input) step(encode(input));
}

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const { data } = event;
  switch (data.kind) {
    case 'start':
      load(data.wasm, data.exec, data.size).catch(crash);
      return;
    case 'send':
      step(data.text);
      return;
    case 'ping':
      post({ kind: 'pong' });
      return;
    case 'clock':
      clock = clocks.start(data.mode, performance.now());
      return;
    default:
      data satisfies never;
  }
});

setInterval(tick, clocks.period);
