/**
 * A session as the page holds it: one engine in a worker, the state its messages make, and the kept log.
 *
 * It answers a crash with a new worker and the log that was kept last; a crash over and over ends in `failed`.
 */

import { EngineClient, type EngineFiles, type Listener } from '../engine/client.js';
import type { Completions, Patch } from '../model.js';
import type { PanelName } from '../panels.js';
import { usual } from '../engine/watchdog.js';
import type { Input, Message } from '../wire.js';
import { Keeper } from './keeper.js';
import { pieces } from './pieces.js';
import * as paces from './pace.js';
import { isShared, pack, unpack } from './share.js';
import { initial, moves, newlyMet, podNews, reduce, sent, type Notice, type State } from './state.js';
import { browserBox, type Box } from './store.js';
import { append, type BlockKind } from './transcript.js';
import { Travel, type Traveller } from './travel.js';

export interface Hooks {
  /** The state is another one now. */
  changed(): void;
  goalsMet(ids: readonly string[]): void;
  podsChanged(texts: readonly string[]): void;
  /** A command wants an object edited; `line`, with the text on its input, is what saves it. */
  edit(line: string, text: string): void;
}

export interface Origin {
  readonly lesson: string;
  readonly scenario: () => Promise<unknown>;
  readonly files: EngineFiles;
  readonly worker: () => Worker;
  readonly box?: Box;
  /** The address's fragment, which may hold a session from elsewhere. */
  readonly hash?: string;
}

/** So many crashes without a minute of peace between them are one too many. */
const crashLimit = 3;
const peace = 60_000;
/** Seconds that a replay may take: of the person's own session, and of one from a link. */
const patience = { own: 30, guest: 10 };

export class Session implements Listener, Traveller {
  state: State = initial;
  /** What the person does with time. */
  readonly time = new Travel(this);
  /** Keeps it, if this page is the one to keep it. */
  readonly keeper: Keeper;

  readonly #origin: Origin;
  readonly #hooks: Hooks;
  #client: EngineClient | undefined;
  #scenario: unknown;
  #log: string | undefined;
  #ready = false;
  #opening = false;
  #crashes: number[] = [];
  #patch: Patch | undefined;
  /** Pieces of patches that are to be drawn yet. */
  #late: Patch[] = [];
  #frame = 0;
  #clock = '';
  /** Which views are on show, and about what: a new engine has to be told again. */
  #panels: Input & { readonly op: 'panels' } = { op: 'panels', names: [], object: '', selector: '' };
  /** How many lines were sent. */
  #typed = 0;
  /** A save is under way. */
  #saving = false;
  /** The session in the address, until it is opened or refused. */
  #hash: string;
  /** The log being opened is one from elsewhere. */
  #guest = false;

  constructor(origin: Origin, hooks: Hooks) {
    this.#origin = origin;
    this.#hooks = hooks;
    this.#hash = origin.hash ?? '';
    this.keeper = new Keeper(origin.box ?? browserBox(), origin.lesson, {
      due: (now) => void this.#save(now),
      changed: (keeping) => this.#set({ ...this.state, keeping }),
    });
  }

  /** Starts the engine and opens the kept session, if there is one. */
  async start(): Promise<void> {
    this.#restore();
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#launch();
    try {
      const scenario = await this.#origin.scenario();
      await this.#invite(scenario);
      this.#scenario = scenario;
    } catch (err) {
      this.#fail(said(err));
      return;
    }
    this.#open();
  }

  dispose(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.keeper.stop();
    this.#client?.dispose();
    this.#client = undefined;
  }

  /** After a failure: once more from the start, keeping what is kept. */
  async retry(): Promise<void> {
    this.dispose();
    this.#crashes = [];
    await this.start();
  }

  /** A line that was typed; with `aside` by a button, so that it goes past the container the terminal is in. */
  line(text: string, aside = false): void {
    this.#set(sent(this.state, text, aside));
    this.#typed++;
    this.keeper.stir();
    this.time.typed(text);
    this.send({ op: 'line', text, ...(aside ? { aside } : {}) });
    this.#retime();
  }

  send(input: Input): void {
    this.#client?.send(input);
  }

  /** The pace is another one now. */
  paced(): void {
    this.#retime();
    this.#hooks.changed();
  }

  interrupt(): void {
    this.send({ op: 'interrupt' });
  }

  /** Ctrl+D: leaves the shell in a container. */
  end(): void {
    this.send({ op: 'end' });
  }

  /** Says which views are on show beside the picture, and about what. */
  panels(names: readonly PanelName[], object: string, selector: string): void {
    this.#panels = { op: 'panels', names, object, selector };
    if (this.state.phase === 'ready') this.send(this.#panels);
  }

  /** What answers questions that are no inputs. Throws if there is none at the moment. */
  get engine(): EngineClient {
    if (!this.#client) throw new Error('no engine');
    return this.#client;
  }

  async complete(text: string, cursor: number, aside = false): Promise<Completions> {
    return this.engine.complete(text, cursor, aside);
  }

  /** The log as a person may keep it in a file. */
  async save(): Promise<string> {
    return this.engine.save();
  }

  /** Puts a session from a file in place of this one; if it is refused this one stays. */
  async load(log: string): Promise<void> {
    try {
      const before = this.state.transcript;
      this.#set({ ...this.state, transcript: [], phase: 'restoring' });
      const client = this.#client;
      if (client) client.patience = patience.own;
      try {
        await client?.load(log, true);
      } catch (err) {
        const refused = client === this.#client && this.state.phase === 'restoring';
        this.#set({ ...this.state, transcript: before, ...(refused ? { phase: 'ready' } : {}) });
        throw err;
      }
      this.notify({ kind: 'loaded' });
      this.keeper.want('soon');
    } catch (err) {
      this.notify({ kind: 'refused', reason: said(err) });
    } finally {
      if (this.#client) this.#client.patience = usual;
    }
  }

  /** The address's fragment that holds this session; undefined if it would be too long. */
  async share(): Promise<string | undefined> {
    return pack(await this.save());
  }

  /** Back from a session from elsewhere to the person's own. */
  async leave(): Promise<void> {
    this.dispose();
    await this.start();
  }

  say(kind: BlockKind, text: string, prompt = ''): void {
    this.#set({ ...this.state, transcript: append(this.state.transcript, kind, text, prompt) });
  }

  clear(): void {
    this.#set({ ...this.state, transcript: [] });
    this.keeper.want('soon');
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
      case 'edit':
        this.#hooks.edit(message.line, message.text);
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
        this.keeper.want('soon');
        break;
      default:
        break;
    }
    this.#set(reduce(this.state, message));
  }

  onCrash(reason: string, silent: boolean): void {
    if (this.#opening && this.#guest) {
      this.#refuse(silent ? 'replaying it takes too long' : reason);
      this.#launch();
      return;
    }
    const now = performance.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < peace), now];
    if (!this.#ready || this.#crashes.length >= crashLimit) {
      this.#fail(reason);
      return;
    }
    if (this.#opening) this.#log = undefined; // the log itself brings the engine down
    const lost = this.#opening;
    this.#set({ ...this.state, phase: 'restoring', busy: false, notice: { kind: lost ? 'lost' : silent ? 'silent' : 'crashed' } });
    this.#launch();
  }

  #launch(): void {
    this.#client?.dispose();
    this.#ready = false;
    this.#opening = false;
    this.#late = [];
    this.#clock = '';
    this.#client = new EngineClient(this.#origin.worker(), this.#origin.files, this);
  }

  /** What is kept of the lesson is what to open. */
  #restore(): void {
    const kept = this.keeper.found();
    this.#log = kept?.log;
    this.#set({ ...initial, transcript: kept?.transcript ?? [], notice: this.state.notice, keeping: 'own' });
  }

  /** Reads the session in the address, if there is one. */
  async #invite(scenario: unknown): Promise<void> {
    const hash = this.#hash;
    this.#hash = '';
    if (!isShared(hash)) return void this.keeper.own();
    try {
      this.#log = await unpack(hash, scenario);
      this.#guest = true;
      this.#set({ ...this.state, transcript: [] });
    } catch (err) {
      this.#refuse(said(err));
    }
  }

  /** The session in the address is none: back to the person's own. */
  #refuse(reason: string): void {
    this.#guest = false;
    this.#restore();
    this.notify({ kind: 'linkRefused', reason });
    void this.keeper.own();
  }

  #open(): void {
    if (!this.#ready || this.#scenario === undefined || this.#opening) return;
    this.#opening = true;
    const log = this.#log;
    if (this.#client && log !== undefined) this.#client.patience = this.#guest ? patience.guest : patience.own;
    if (log !== undefined) this.#set({ ...this.state, phase: 'restoring' }); // a session of a thousand lines takes seconds
    this.send({ op: 'open', scenario: this.#scenario, ...(log === undefined ? {} : { log, tell: this.#guest }) });
  }

  #onOpened(): void {
    this.#opening = false;
    if (this.#client) this.#client.patience = usual;
    if (this.#guest) this.#welcome();
    if (this.#panels.names.length > 0) this.send(this.#panels);
    this.#comfort();
    this.#retime();
  }

  /** Says, where it stays, what happened: a fast machine shows that it is restoring for too short a time to be read. */
  #comfort(): void {
    const { phase, notice } = this.state;
    if (phase !== 'restoring' || (notice?.kind !== 'silent' && notice?.kind !== 'crashed')) return;
    this.notify({ kind: notice.kind === 'silent' ? 'woken' : 'restored' });
  }

  /** A session from elsewhere is open. Where there is none of the person's own to be lost it becomes that. */
  #welcome(): void {
    this.#guest = false;
    const own = this.keeper.found()?.transcript.some((b) => b.kind === 'command') ?? false;
    if (own) this.keeper.beGuest();
    else void this.keeper.own();
  }

  /** A kept log that is refused is put aside, not thrown away, and the lesson opens anew. */
  #refused(log: boolean, reason: string): void {
    this.#opening = false;
    if (this.#guest) {
      this.#refuse(reason);
      this.#open();
      return;
    }
    if (!log || this.#log === undefined) {
      this.#fail(reason);
      return;
    }
    this.keeper.putAside(this.#log);
    this.#log = undefined;
    this.#set({ ...this.state, transcript: [], notice: { kind: 'refused', reason } });
    this.#open();
  }

  /** What comes late and changes a crowd is drawn in pieces, one a frame. A hidden page has no frames, and one that opens waits for all of it. */
  #onPatch(patch: Patch): void {
    if (patch.full) this.#late = [];
    this.#late.push(...(document.hidden || this.#opening ? [patch] : pieces(patch)));
    this.#next();
    if (document.hidden || this.#opening) while (this.#late.length > 0) this.#next();
  }

  #next(): void {
    const patch = this.#late.shift();
    if (patch !== undefined) this.#take(patch);
  }

  /** Waits for a frame to draw in; what comes before it joins. */
  #take(patch: Patch): void {
    const met = newlyMet(this.state.world, patch);
    const texts = podNews(this.state.world, patch);
    if (this.#late.length === 0) this.#patch = patch;
    this.state = reduce(this.state, patch);
    if (patch.live && !this.#opening) {
      this.keeper.want('sometime');
      if (moves(patch)) this.keeper.stir();
      this.keeper.reached(patch.goals);
    }
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
    if (this.#late.length > 0) {
      this.#next();
      return;
    }
    const seq = this.#patch?.seq;
    if (seq !== undefined) this.send({ op: 'ack', seq });
    this.#patch = undefined;
  };

  #retime(): void {
    const mode = paces.mode(this.time.pace, this.state.world, document.hidden);
    const key = mode.kind === 'paused' ? mode.kind : `${mode.kind} ${mode.speed}`;
    if (key === this.#clock || this.#opening || !this.#ready) return;
    this.#clock = key;
    this.#client?.clock(mode);
  }

  /** Keeps the session. Unless the page goes away, the engine gathers it bit by bit. */
  async #save(now: boolean): Promise<void> {
    if (this.state.phase !== 'ready') return;
    if (this.#saving && !now) {
      this.keeper.want('soon');
      return;
    }
    const typed = this.#typed;
    this.#saving = true;
    try {
      const log = await this.engine.save(!now);
      // A line that left meanwhile is on the screen and not in this log: they are kept together or not at all.
      if (typed !== this.#typed) {
        this.keeper.want('soon');
        return;
      }
      this.#log = log;
      const kept = this.keeper.save({ log, transcript: this.state.transcript });
      if (!kept && this.state.notice === undefined) this.notify({ kind: 'unsaved' });
    } catch {
      // The engine died meanwhile; the log kept before is the one to restore.
    } finally {
      this.#saving = false;
    }
  }

  readonly #onVisibility = (): void => {
    if (document.hidden) this.keeper.want('now');
    this.#retime();
  };

  #fail(reason: string): void {
    this.#client?.dispose();
    this.#set({ ...this.state, phase: 'failed', busy: false, notice: { kind: 'failed', reason } });
  }

  #set(state: State): void {
    this.state = state;
    this.#hooks.changed();
  }
}

function said(err: unknown): string {
  return err instanceof Error ? err.message : String(err);
}
