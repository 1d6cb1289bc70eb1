/**
 * Text in and out of the engine's memory.
 *
 * Memory that grows detaches every earlier view of it, so each call makes its own.
 */

export interface EngineExports {
  readonly memory: WebAssembly.Memory;
  /** Makes room for one input of n bytes and says where. */
  readonly alloc: (n: number) => number;
  /** Handles the input of n bytes that was written there; without one it collects garbage. */
  readonly step: (n: number) => void;
}

/** Narrows a wasm instance's exports; throws if this is not an engine. */
export function engineExports(exports: Readonly<Record<string, unknown>>): EngineExports {
  // Go's standard toolchain exports its memory as "mem", others as "memory".
  const memory = exports['mem'] ?? exports['memory'];
  const { alloc, step } = exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof alloc !== 'function' || typeof step !== 'function') {
    throw new Error('this wasm is no engine: it exports no memory, alloc and step');
  }
  return {
    memory,
    alloc: (n) => Number(alloc(n)),
    step: (n) => {
      step(n);
    },
  };
}

export function send(engine: EngineExports, text: string): void {
  const bytes = new TextEncoder().encode(text);
  const at = engine.alloc(bytes.length);
  new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
  engine.step(bytes.length);
}

export function read(memory: WebAssembly.Memory, at: number, length: number): string {
  return new TextDecoder().decode(new Uint8Array(memory.buffer, at >>> 0, length));
}
