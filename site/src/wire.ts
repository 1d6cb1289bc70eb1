/**
 * The wire between the page and the engine: the only file that knows its JSON.
 *
 * `docs/wire.md` is the contract; `testdata/wire/*.json` are samples that Go and TypeScript both test.
 * What comes from the engine is checked here once, so that the rest of the page may trust its types.
 */

import { array, list, num, oneOf, record, str, texts, type Fields } from './fields.js';
import { shapes, tones } from './model.js';
import type {
  Changes, Checked, Completion, Completions, EngineError, Explained, History, NodeItem, Patch, PodItem, SchemaField, ServiceItem, TrafficItem, WorldEvent,
} from './model.js';
import type { Panel, PanelName } from './panels.js';
import { cgroupItem, mountsItem, networkItem, processItem } from './wire-machine.js';
import { panel } from './wire-panels.js';

/** What a command printed, or what was typed. If it is long, its text is the next message and not there yet. */
export interface Output {
  readonly type: 'output';
  readonly stream: 'out' | 'err' | 'in';
  readonly text: string;
  readonly prompt?: string;
  readonly long?: true;
}

/** What the engine says. */
export type Message =
  | { readonly type: 'ready'; readonly engine: string }
  | { readonly type: 'opened'; readonly epoch: string; readonly prompt: string }
  | Output
  | { readonly type: 'prompt'; readonly text: string; readonly busy: boolean }
  | { readonly type: 'saved'; readonly id: number; readonly log: string }
  | History
  | Patch
  | Completions
  | Explained
  | Checked
  | { readonly type: 'compared'; readonly id: number; readonly text: string }
  | { readonly type: 'edit'; readonly line: string; readonly text: string }
  | Panel
  | EngineError;

/** What the page asks. `scenario` is passed through as the site's build left it. */
export type Input =
  | { readonly op: 'open'; readonly scenario: unknown; readonly log?: string; readonly tell?: boolean }
  | { readonly op: 'line'; readonly text: string; readonly aside?: true }
  | { readonly op: 'tick' | 'seek'; readonly ms: number }
  | { readonly op: 'ack'; readonly seq: number }
  | { readonly op: 'interrupt' | 'end' | 'undo' | 'redo' | 'reset' | 'resetStep' | 'live' | 'step' | 'crash' }
  | { readonly op: 'undo' | 'branch'; readonly index: number }
  | { readonly op: 'complete'; readonly id: number; readonly text: string; readonly cursor: number; readonly aside?: true }
  | { readonly op: 'panels'; readonly names: readonly PanelName[]; readonly object: string; readonly selector: string }
  | { readonly op: 'explain'; readonly id: number; readonly kind: string; readonly names: readonly string[] }
  | { readonly op: 'check' | 'diff'; readonly id: number; readonly text: string }
  | { readonly op: 'save'; readonly id: number; readonly bit?: true }
  | { readonly op: 'load'; readonly id: number; readonly log: string; readonly tell?: boolean };

export function encode(input: Input): string {
  return JSON.stringify(input);
}

/** Reads one message; what cannot be one becomes an error of code `wire` that says what was wrong. */
export function decode(text: string): Message {
  try {
    return message(record(JSON.parse(text), 'message'));
  } catch (err) {
    const reason = err instanceof Error ? err.message : String(err);
    return { type: 'error', id: undefined, code: 'wire', message: `${reason}, in ${text.slice(0, 120)}` };
  }
}

/** Reads what comes one after the other: a long output is two, and heard with the second. */
export class Ear {
  #head: Output | undefined;

  hear(text: string): Message | undefined {
    const head = this.#head;
    this.#head = undefined;
    if (head) return { ...head, text };
    const message = decode(text);
    if (message.type !== 'output' || !message.long) return message;
    this.#head = message;
    return undefined;
  }
}

/** Reads one message that has been parsed already; throws an Error that says what is wrong. */
export function message(m: Fields): Message {
  const type = str(m, 'type');
  switch (type) {
    case 'ready':
      return { type, engine: str(m, 'engine') };
    case 'opened':
      return { type, epoch: str(m, 'epoch'), prompt: str(m, 'prompt') };
    case 'output':
      return output(m);
    case 'prompt':
      return { type, text: str(m, 'text'), busy: m['busy'] === true };
    case 'saved':
      return { type, id: num(m, 'id'), log: str(m, 'log') };
    case 'history':
      return history(m);
    case 'patch':
      return patch(m);
    case 'panel':
      return panel(m);
    case 'completions':
      return { type, id: num(m, 'id'), from: num(m, 'from'), items: list(m, 'items', completion) };
    case 'explained':
      return {
        type, id: num(m, 'id'), path: texts(m, 'path'), fields: list(m, 'fields', schemaField),
        field: m['field'] === undefined ? undefined : schemaField(record(m['field'], 'field')),
      };
    case 'checked':
      return {
        type, id: num(m, 'id'),
        found: list(m, 'found', (f) => ({ line: num(f, 'line'), column: num(f, 'column'), text: str(f, 'text'), hint: str(f, 'hint') })),
      };
    case 'compared':
      return { type, id: num(m, 'id'), text: str(m, 'text') };
    case 'edit':
      return { type, line: str(m, 'line'), text: str(m, 'text') };
    case 'error':
      return {
        type,
        id: typeof m['id'] === 'number' ? m['id'] : undefined,
        code: oneOf(m, 'code', ['log', 'scenario', 'livelock', 'bug', 'wire']),
        message: str(m, 'message'),
      };
    default:
      throw new Error(`unknown type ${JSON.stringify(type)}`);
  }
}

function output(m: Fields): Output {
  const stream = oneOf(m, 'stream', ['out', 'err', 'in']);
  const prompt = m['prompt'] === undefined ? {} : { prompt: str(m, 'prompt') };
  return m['long'] === true ? { type: 'output', stream, text: '', long: true, ...prompt } : { type: 'output', stream, text: str(m, 'text'), ...prompt };
}

function history(m: Fields): History {
  return {
    type: 'history',
    entries: list(m, 'entries', (e) => ({ ms: num(e, 'ms'), text: str(e, 'text'), rev: num(e, 'rev') })),
    cursor: num(m, 'cursor'),
    undoes: str(m, 'undoes'),
    undo: m['undo'] === true,
    redo: m['redo'] === true,
    branches: list(m, 'branches', (b) => ({
      index: num(b, 'index'),
      label: str(b, 'label'),
      current: b['current'] === true,
    })),
  };
}

function patch(m: Fields): Patch {
  return {
    type: 'patch',
    seq: num(m, 'seq'),
    rev: num(m, 'rev'),
    ms: num(m, 'ms'),
    end: num(m, 'end'),
    clock: str(m, 'clock'),
    live: m['live'] === true,
    full: m['full'] === true,
    nodes: changes(m['nodes'], 'nodes', nodeItem),
    pods: changes(m['pods'], 'pods', podItem),
    services: changes(m['services'], 'services', serviceItem),
    traffic: changes(m['traffic'], 'traffic', trafficItem),
    processes: changes(m['processes'], 'processes', processItem),
    cgroups: changes(m['cgroups'], 'cgroups', cgroupItem),
    mounts: changes(m['mounts'], 'mounts', mountsItem),
    networks: changes(m['networks'], 'networks', networkItem),
    events: list(m, 'events', worldEvent),
    goals: list(m, 'goals', (g) => ({ id: str(g, 'id'), met: g['met'] === true })),
    settled: m['settled'] === true,
  };
}

function nodeItem(f: Fields): NodeItem {
  return {
    key: str(f, 'key'),
    name: str(f, 'name'),
    tone: oneOf(f, 'tone', tones),
    state: str(f, 'state'),
    text: str(f, 'text'),
    bars: list(f, 'bars', (b) => ({
      label: str(b, 'label'),
      used: num(b, 'used'),
      of: num(b, 'of'),
      text: str(b, 'text'),
    })),
  };
}

function podItem(f: Fields): PodItem {
  return {
    key: str(f, 'key'),
    name: str(f, 'name'),
    namespace: str(f, 'namespace'),
    node: num(f, 'node'),
    tone: oneOf(f, 'tone', tones),
    shape: oneOf(f, 'shape', shapes),
    state: str(f, 'state'),
    ready: str(f, 'ready'),
    ip: str(f, 'ip'),
    text: str(f, 'text'),
    group: str(f, 'group'),
    hue: num(f, 'hue'),
    steps: list(f, 'steps', (s) => ({ label: str(s, 'label'), done: s['done'] === true })),
  };
}

function serviceItem(f: Fields): ServiceItem {
  return {
    key: str(f, 'key'), name: str(f, 'name'), namespace: str(f, 'namespace'), tone: oneOf(f, 'tone', tones), state: str(f, 'state'),
    address: str(f, 'address'), text: str(f, 'text'), pods: texts(f, 'pods'),
  };
}

function trafficItem(f: Fields): TrafficItem {
  return {
    key: str(f, 'key'), name: str(f, 'name'), tone: oneOf(f, 'tone', tones), state: str(f, 'state'), from: str(f, 'from'), to: str(f, 'to'),
    text: str(f, 'text'), service: str(f, 'service'), fromPod: str(f, 'fromPod'), ended: num(f, 'ended'), lost: num(f, 'lost'),
    lastEnded: num(f, 'lastEnded'), lastOk: num(f, 'lastOk'),
    pods: list(f, 'pods', (p) => ({ key: str(p, 'key'), ended: num(p, 'ended'), ok: num(p, 'ok') })),
  };
}

function worldEvent(f: Fields): WorldEvent {
  return {
    ms: num(f, 'ms'),
    actor: str(f, 'actor'),
    reason: str(f, 'reason'),
    object: str(f, 'object'),
    text: str(f, 'text'),
    tone: oneOf(f, 'tone', tones),
  };
}

function completion(f: Fields): Completion {
  return { text: str(f, 'text'), hint: f['hint'] === undefined ? '' : str(f, 'hint') };
}

function schemaField(f: Fields): SchemaField {
  return { name: str(f, 'name'), type: str(f, 'type'), text: str(f, 'text'), required: f['required'] === true, values: texts(f, 'values') };
}

function changes<T>(value: unknown, name: string, item: (f: Fields) => T): Changes<T> {
  if (value === undefined || value === null) return { add: [], set: [], del: [] };
  const f = record(value, name);
  const pair = (p: unknown): readonly [number, T] => {
    if (!Array.isArray(p) || typeof p[0] !== 'number') throw new Error(`${name}: not [slot, item]`);
    return [p[0], item(record(p[1], name))];
  };
  return {
    add: array(f['add'], `${name}.add`).map(pair),
    set: array(f['set'], `${name}.set`).map(pair),
    del: array(f['del'], `${name}.del`).map((slot) => {
      if (typeof slot !== 'number') throw new Error(`${name}.del: not a slot`);
      return slot;
    }),
  };
}

/** Bytes of UTF-8 before a place counted in UTF-16 units, as a text area counts. */
export function byteOffset(text: string, units: number): number {
  return new TextEncoder().encode(text.slice(0, units)).length;
}

/** The place in UTF-16 units that lies `bytes` of UTF-8 into the text. */
export function unitOffset(text: string, bytes: number): number {
  return new TextDecoder().decode(new TextEncoder().encode(text).slice(0, bytes)).length;
}
