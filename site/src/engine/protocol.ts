/** What the page and the worker say to each other around the engine's own messages, which travel as text. */

/** How the worker spends real time: not at all, on the present, or on showing the past again. */
export type ClockMode =
  | { readonly kind: 'paused' }
  | { readonly kind: 'live'; readonly speed: number }
  | { readonly kind: 'replay'; readonly speed: number; readonly from: number; readonly end: number };

export type ToWorker =
  | { readonly kind: 'start'; readonly wasm: string; readonly exec: string; readonly size: number }
  | { readonly kind: 'send'; readonly text: string }
  | { readonly kind: 'clock'; readonly mode: ClockMode }
  /** Answered by a pong once all before it is done: a sign of life. */
  | { readonly kind: 'ping' };

export type FromWorker =
  | { readonly kind: 'progress'; readonly loaded: number; readonly total: number }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'pong' }
  | { readonly kind: 'crashed'; readonly reason: string };
