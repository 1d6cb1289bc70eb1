/**
 * A session as the page holds it: one engine in a worker, the state its messages make, and the kept log.
 *
 * It answers a crash with a new worker and the log that was kept last; a crash over and over ends in `failed`.
 */

import { EngineClient, type EngineFiles, type Listener } from '../engine/client.js';
import type { Completions, Patch } from '../model.js';
import type { PanelName } from '../panels.js';
import type { Input, Message } from '../wire.js';
import { Autosave } from './autosave.js';
import * as paces from './pace.js';
import { initial, newlyMet, reduce, sent, type Notice, type State } from './state.js';
import { browserBox, find, keep, keyOf, type Box } from './store.js';
import { append, type BlockKind } from './transcript.js';

export interface Hooks {
  /** The state is another one now. */
  changed(): void;
  goalsMet(ids: readonly string[]): void;
  podsChanged(texts: readonly string[]): void;
}

export interface Origin {
  readonly lesson: string;
  readonly scenario: () => Promise<unknown>;
  readonly files: EngineFiles;
  readonly worker: () => Worker;
  readonly box?: Box;
}

/** So many crashes without a minute of peace between them are one too many. */
const crashLimit = 3;
const peace = 60_000;

export class Session implements Listener {
  state: State = initial;
  pace: paces.Pace = paces.running;

  readonly #origin: Origin;
  readonly #hooks: Hooks;
  readonly #box: Box;
  readonly #autosave = new Autosave(() => void this.#save());
  #client: EngineClient | undefined;
  #scenario: unknown;
  #log: string | undefined;
  #ready = false;
  #opening = false;
  #crashes: number[] = [];
  #patch: Patch | undefined;
  #frame = 0;
  #clock = '';
  /** Which views are on show, and about what: a new engine has to be told again. */
  #panels: Input & { readonly op: 'panels' } = { op: 'panels', names: [], object: '', selector: '' };

  constructor(origin: Origin, hooks: Hooks) {
    this.#origin = origin;
    this.#hooks = hooks;
    this.#box = origin.box ?? browserBox();
  }

  /** Starts the engine and opens the kept session, if there is one. */
  async start(): Promise<void> {
    const kept = find(this.#box, this.#origin.lesson);
    this.#log = kept?.log;
    this.#set({ ...initial, transcript: kept?.transcript ?? [] });
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#launch();
    try {
      this.#scenario = await this.#origin.scenario();
    } catch (err) {
      this.#fail(err instanceof Error ? err.message : String(err));
      return;
    }
    this.#open();
  }

  dispose(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    cancelAnimationFrame(this.#frame);
    this.#autosave.stop();
    this.#client?.dispose();
    this.#client = undefined;
  }

  /** After a failure: once more from the start, keeping what is kept. */
  async retry(): Promise<void> {
    this.dispose();
    this.#crashes = [];
    await this.start();
  }

  line(text: string): void {
    this.#set(sent(this.state, text));
    this.pace = paces.present(this.pace);
    this.#send({ op: 'line', text });
    this.#retime();
  }

  interrupt(): void {
    this.#send({ op: 'interrupt' });
  }

  /** Undo, redo and reset; `note` is what the terminal says about it. */
  turn(op: 'undo' | 'redo' | 'reset', note: string): void {
    this.say('note', note);
    this.pace = paces.present(this.pace);
    this.#send({ op });
    this.#retime();
  }

  branch(index: number): void {
    this.pace = paces.present(this.pace);
    this.#send({ op: 'branch', index });
  }

  seek(ms: number): void {
    this.pace = paces.looking(this.pace);
    this.#retime();
    this.#send({ op: 'seek', ms });
  }

  live(): void {
    this.pace = paces.present(this.pace);
    this.#send({ op: 'live' });
    this.#retime();
  }

  play(playing: boolean, speed: number): void {
    this.pace = { ...paces.play(this.pace, playing), speed };
    this.#retime();
    this.#hooks.changed();
  }

  /** Says which views are on show beside the picture, and about what. */
  panels(names: readonly PanelName[], object: string, selector: string): void {
    this.#panels = { op: 'panels', names, object, selector };
    if (this.state.phase === 'ready') this.#send(this.#panels);
  }

  complete(text: string, cursor: number): Promise<Completions> {
    return this.#client?.complete(text, cursor) ?? Promise.reject(new Error('no engine'));
  }

  /** The log as a person may keep it in a file. */
  save(): Promise<string> {
    return this.#client?.save() ?? Promise.reject(new Error('no engine'));
  }

  /** Puts a session from a file in place of this one; if it is refused this one stays. */
  async load(log: string): Promise<void> {
    try {
      await this.#client?.load(log);
      this.#set({ ...this.state, transcript: [], notice: { kind: 'loaded' } });
      this.#autosave.want('soon');
    } catch (err) {
      this.notify({ kind: 'refused', reason: err instanceof Error ? err.message : String(err) });
    }
  }

  say(kind: BlockKind, text: string, prompt = ''): void {
    this.#set({ ...this.state, transcript: append(this.state.transcript, kind, text, prompt) });
  }

  clear(): void {
    this.#set({ ...this.state, transcript: [] });
    this.#autosave.want('soon');
  }

  notify(notice: Notice | undefined): void {
    this.#set({ ...this.state, notice });
  }

  onProgress(loaded: number, total: number): void {
    if (this.state.phase === 'loading') this.#set({ ...this.state, loaded, total });
  }

  onMessage(message: Message): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#open();
        return;
      case 'patch':
        this.#onPatch(message);
        return;
      case 'panel':
        this.state = reduce(this.state, message);
        this.#askFrame();
        return;
      case 'opened':
        this.#onOpened();
        break;
      case 'error':
        if (this.#opening) {
          this.#refused(message.code === 'log', message.message);
          return;
        }
        if (message.id !== undefined) return; // told to whoever asked
        break;
      case 'history':
      case 'prompt':
        this.#autosave.want('soon');
        break;
      default:
        break;
    }
    this.#set(reduce(this.state, message));
  }

  onCrash(reason: string): void {
    const now = performance.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < peace), now];
    if (!this.#ready || this.#crashes.length >= crashLimit) {
      this.#fail(reason);
      return;
    }
    if (this.#opening) this.#log = undefined; // the log itself brings the engine down
    const lost = this.#opening;
    this.#set({ ...this.state, phase: 'restoring', busy: false, notice: { kind: lost ? 'lost' : 'crashed' } });
    this.#launch();
  }

  #launch(): void {
    this.#client?.dispose();
    this.#ready = false;
    this.#opening = false;
    this.#clock = '';
    this.#client = new EngineClient(this.#origin.worker(), this.#origin.files, this);
  }

  #open(): void {
    if (!this.#ready || this.#scenario === undefined || this.#opening) return;
    this.#opening = true;
    const log = this.#log;
    this.#send({ op: 'open', scenario: this.#scenario, ...(log === undefined ? {} : { log }) });
  }

  #onOpened(): void {
    this.#opening = false;
    if (this.#panels.names.length > 0) this.#send(this.#panels);
    if (this.state.phase === 'restoring' && this.state.notice?.kind === 'crashed') this.notify({ kind: 'restored' });
    this.#retime();
  }

  /** A kept log that is refused is put aside, not thrown away, and the lesson opens anew. */
  #refused(log: boolean, reason: string): void {
    this.#opening = false;
    if (!log || this.#log === undefined) {
      this.#fail(reason);
      return;
    }
    try {
      this.#box.setItem(`${keyOf(this.#origin.lesson)}:refused`, this.#log);
    } catch {
      // No room to put it aside; the reason is on show either way.
    }
    this.#log = undefined;
    this.#set({ ...this.state, transcript: [], notice: { kind: 'refused', reason } });
    this.#open();
  }

  /** Waits for a frame to draw in; what comes before it joins. */
  #onPatch(patch: Patch): void {
    const met = newlyMet(this.state.world, patch);
    const texts = this.#podTexts(patch);
    this.#patch = patch;
    this.state = reduce(this.state, patch);
    if (patch.live && !this.#opening) this.#autosave.want('sometime');
    this.#askFrame();
    if (met.length > 0 && patch.live) this.#hooks.goalsMet(met);
    if (texts.length > 0) this.#hooks.podsChanged(texts);
    this.#retime();
  }

  #askFrame(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#draw);
  }

  readonly #draw = (): void => {
    this.#frame = 0;
    this.#hooks.changed();
    const seq = this.#patch?.seq;
    if (seq !== undefined) this.#send({ op: 'ack', seq });
    this.#patch = undefined;
  };

  #podTexts(patch: Patch): readonly string[] {
    if (patch.full) return [];
    const { pods } = this.state.world;
    const news = [...patch.pods.add, ...patch.pods.set];
    return news.filter(([slot, pod]) => pods[slot]?.state !== pod.state || pods[slot]?.tone !== pod.tone).map(([, pod]) => pod.text);
  }

  #retime(): void {
    const mode = paces.mode(this.pace, this.state.world, document.hidden);
    const key = mode.kind === 'paused' ? mode.kind : `${mode.kind} ${mode.speed}`;
    if (key === this.#clock || this.#opening || !this.#ready) return;
    this.#clock = key;
    this.#client?.clock(mode);
  }

  async #save(): Promise<void> {
    if (this.state.phase !== 'ready') return;
    try {
      const log = await this.save();
      this.#log = log;
      const kept = keep(this.#box, this.#origin.lesson, { log, transcript: this.state.transcript });
      if (!kept && this.state.notice === undefined) this.notify({ kind: 'unsaved' });
    } catch {
      // The engine died meanwhile; the log kept before is the one to restore.
    }
  }

  readonly #onVisibility = (): void => {
    if (document.hidden) this.#autosave.want('now');
    this.#retime();
  };

  #fail(reason: string): void {
    this.#client?.dispose();
    this.#set({ ...this.state, phase: 'failed', busy: false, notice: { kind: 'failed', reason } });
  }

  #send(input: Input): void {
    this.#client?.send(input);
  }

  #set(state: State): void {
    this.state = state;
    this.#hooks.changed();
  }
}
