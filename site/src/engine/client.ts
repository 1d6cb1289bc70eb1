/** The page's end of the worker: starts it, talks to it, and says when it has died. */

import type { Checked, Completions, Explained } from '../model.js';
import { byteOffset, Ear, encode, type Input, type Message } from '../wire.js';
import type { ClockMode, FromWorker, ToWorker } from './protocol.js';
import { Watchdog } from './watchdog.js';

export interface Listener {
  onMessage(message: Message): void;
  onProgress(loaded: number, total: number): void;
  /** `silent`: it did not fail, it did not answer. */
  onCrash(reason: string, silent: boolean): void;
}

export interface EngineFiles {
  readonly wasm: string;
  readonly exec: string;
  /** Bytes of the wasm before compression, for the progress bar; 0 if not known. */
  readonly size: number;
}

interface Waiting {
  readonly resolve: (message: Message) => void;
  readonly reject: (err: Error) => void;
}

/** Milliseconds between two bits of a save, for what else there is to do. */
const breath = 25;

/** One worker with one engine. Once crashed or disposed it stays silent; make a new one. */
export class EngineClient {
  readonly #worker: Worker;
  readonly #listener: Listener;
  readonly #waiting = new Map<number, Waiting>();
  #id = 0;
  /** The id of the load under way: its answer, `opened`, carries none. */
  #loading: number | undefined;
  #over = false;
  readonly #ear = new Ear();
  readonly #watchdog: Watchdog;

  constructor(worker: Worker, files: EngineFiles, listener: Listener) {
    this.#worker = worker;
    this.#listener = listener;
    worker.addEventListener('message', this.#onMessage);
    worker.addEventListener('error', this.#onError);
    this.#post({ kind: 'start', ...files });
    this.#watchdog = new Watchdog(() => this.#post({ kind: 'ping' }), (seconds) => this.#crash(`no answer for ${seconds} seconds`, true));
  }

  send(input: Input): void {
    this.#post({ kind: 'send', text: encode(input) });
  }

  /** How many seconds the engine may take for one thing. */
  set patience(seconds: number) {
    this.#watchdog.patience = seconds;
  }

  clock(mode: ClockMode): void {
    this.#post({ kind: 'clock', mode });
  }

  /** Completions of the text at a cursor counted in UTF-16 units; `aside` of a line that goes past the container the terminal is in. */
  async complete(text: string, cursor: number, aside = false): Promise<Completions> {
    const answer = await this.#ask((id) => ({ op: 'complete', id, text, cursor: byteOffset(text, cursor), ...(aside ? { aside } : {}) }));
    if (answer.type !== 'completions') throw new Error(`asked for completions, got ${answer.type}`);
    return answer;
  }

  /** What a field of a kind is for, and those below it. */
  async explain(kind: string, names: readonly string[]): Promise<Explained> {
    const answer = await this.#ask((id) => ({ op: 'explain', id, kind, names }));
    if (answer.type !== 'explained') throw new Error(`asked for a field, got ${answer.type}`);
    return answer;
  }

  /** What apply would refuse in a manifest. */
  async check(text: string): Promise<Checked> {
    const answer = await this.#ask((id) => ({ op: 'check', id, text }));
    if (answer.type !== 'checked') throw new Error(`asked for a check, got ${answer.type}`);
    return answer;
  }

  /** What `kubectl diff` says of a manifest. */
  async diff(text: string): Promise<string> {
    const answer = await this.#ask((id) => ({ op: 'diff', id, text }));
    if (answer.type !== 'compared') throw new Error(`asked for a comparison, got ${answer.type}`);
    return answer.text;
  }

  /** The session's log: at once or, so that nobody waits for it meanwhile, bit by bit. */
  async save(bits = false): Promise<string> {
    for (;;) {
      const answer = await this.#ask((id) => ({ op: 'save', id, ...(bits ? { bit: true } : {}) }));
      if (answer.type !== 'saved') throw new Error(`asked for the log, got ${answer.type}`);
      if (answer.log !== '' || !bits) return answer.log;
      await new Promise((resolve) => setTimeout(resolve, breath));
    }
  }

  /** Puts another session in place of this one; a refusal rejects and leaves this one as it is. */
  async load(log: string, tell: boolean): Promise<void> {
    await this.#ask((id) => {
      this.#loading = id;
      return { op: 'load', id, log, tell };
    });
  }

  dispose(): void {
    if (this.#over) return;
    this.#over = true;
    this.#watchdog.stop();
    this.#worker.removeEventListener('message', this.#onMessage);
    this.#worker.removeEventListener('error', this.#onError);
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new Error('the engine was stopped'));
    this.#waiting.clear();
  }

  #post(message: ToWorker): void {
    if (!this.#over) this.#worker.postMessage(message);
  }

  #ask(input: (id: number) => Input): Promise<Message> {
    const id = ++this.#id;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.send(input(id));
    });
  }

  readonly #onMessage = (event: MessageEvent<FromWorker>): void => {
    const { data } = event;
    switch (data.kind) {
      case 'progress':
        this.#listener.onProgress(data.loaded, data.total);
        return;
      case 'crashed':
        this.#crash(data.reason, false);
        return;
      case 'pong':
        this.#watchdog.alive();
        return;
      case 'message':
        this.#hear(data.text);
        return;
      default:
        data satisfies never;
    }
  };

  #hear(text: string): void {
    const message = this.#ear.hear(text);
    if (message) this.#receive(message);
  }

  #receive(message: Message): void {
    if (message.type === 'error' && message.code === 'bug') {
      this.#crash(message.message, false);
      return;
    }
    if (message.type === 'ready') this.#watchdog.start();
    this.#settle(message);
    this.#listener.onMessage(message);
  }

  #settle(message: Message): void {
    const id = message.type === 'opened' ? this.#loading : 'id' in message ? message.id : undefined;
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || !waiting) return;
    this.#waiting.delete(id);
    if (message.type === 'error') waiting.reject(new Error(message.message));
    else waiting.resolve(message);
  }

  readonly #onError = (event: ErrorEvent): void => {
    this.#crash(event.message || 'the worker failed', false);
  };

  #crash(reason: string, silent: boolean): void {
    if (this.#over) return;
    this.dispose();
    this.#listener.onCrash(reason, silent);
  }
}
