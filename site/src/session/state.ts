/** The page's state and how the engine's messages change it. Pure. */

import type { EngineError, History, Patch } from '../model.js';
import type { Panels } from '../panels.js';
import type { Message } from '../wire.js';
import { append, type Transcript } from './transcript.js';
import { apply, nothing, type World } from './world.js';

export type Phase = 'loading' | 'ready' | 'restoring' | 'failed';

/** Something to tell the person, by the catalogue's key. */
export type Notice =
  | { readonly kind: 'crashed' | 'silent' | 'restored' | 'woken' | 'lost' | 'unsaved' | 'loaded' | 'copied' | 'tooLong' }
  | { readonly kind: 'refused' | 'linkRefused' | 'failed' | 'livelock' | 'wire'; readonly reason: string };

/** Whether this page keeps the session: another's from a link is not, nor that of a second tab. */
export type Keeping = 'own' | 'guest' | 'elsewhere';

export interface State {
  readonly phase: Phase;
  /** Bytes of the engine that have come, and of how many; total 0 if not known. */
  readonly loaded: number;
  readonly total: number;
  readonly prompt: string;
  readonly busy: boolean;
  readonly transcript: Transcript;
  readonly history: History;
  readonly world: World;
  /** What the views beside the picture show. */
  readonly panels: Panels;
  readonly notice: Notice | undefined;
  readonly keeping: Keeping;
}

/** The session's own prompt; that of a container's shell is another one. */
export const usual = '$ ';

export const initial: State = {
  phase: 'loading',
  loaded: 0,
  total: 0,
  prompt: usual,
  busy: false,
  transcript: [],
  history: { type: 'history', entries: [], cursor: 0, undo: false, redo: false, undoes: '', branches: [] },
  world: nothing,
  panels: {},
  notice: undefined,
  keeping: 'own',
};

/** The state after one message. Completions and saved logs go to whoever asked, not here. */
export function reduce(state: State, message: Message): State {
  switch (message.type) {
    case 'ready':
    case 'saved':
    case 'completions':
    case 'explained':
    case 'checked':
    case 'compared':
    case 'edit':
      return state;
    case 'opened':
      return { ...state, phase: 'ready', prompt: message.prompt, busy: false };
    case 'output':
      return { ...state, transcript: heard(state, message.stream, message.text, message.prompt) };
    case 'prompt':
      return { ...state, prompt: message.text, busy: message.busy };
    case 'history':
      return { ...state, history: message };
    case 'patch':
      return { ...state, world: apply(state.world, message) };
    case 'panel':
      return { ...state, panels: { ...state.panels, [message.name]: message } };
    case 'error':
      return { ...state, notice: notice(message) };
    default:
      return message satisfies never;
  }
}

/** What a session from elsewhere says again begins with the commands, which this page did not type. */
function heard(state: State, stream: 'out' | 'err' | 'in', text: string, prompt = usual): Transcript {
  if (stream !== 'in') return append(state.transcript, stream, text);
  return append(state.transcript, 'command', text.replace(/\n$/, ''), prompt);
}

function notice(err: EngineError): Notice {
  switch (err.code) {
    case 'log':
      return { kind: 'refused', reason: err.message };
    case 'livelock':
      return { kind: 'livelock', reason: err.message };
    case 'wire':
      return { kind: 'wire', reason: err.message };
    case 'scenario':
    case 'bug':
      return { kind: 'failed', reason: err.message };
    default:
      return err.code satisfies never;
  }
}

/** A command as it was sent. */
export function sent(state: State, text: string, aside = false): State {
  return { ...state, busy: true, transcript: append(state.transcript, 'command', text, aside ? usual : state.prompt) };
}

/** Which goals this patch turned from unmet to met; what was met when the session opened is no news. */
export function newlyMet(before: World, patch: Patch): readonly string[] {
  const unmet = new Set(before.goals.filter((g) => !g.met).map((g) => g.id));
  return patch.goals.filter((g) => g.met && unmet.has(g.id)).map((g) => g.id);
}

/** Whether pods come, go or change with this patch: a rollout is under way. */
export function moves({ pods }: Patch): boolean {
  return pods.add.length + pods.set.length + pods.del.length > 0;
}

/** What is to be said of pods whose state this patch changes; nothing if it shows another world altogether. */
export function podNews(before: World, patch: Patch): readonly string[] {
  if (patch.full) return [];
  const news = [...patch.pods.add, ...patch.pods.set];
  return news.filter(([slot, pod]) => before.pods[slot]?.state !== pod.state || before.pods[slot]?.tone !== pod.tone).map(([, pod]) => pod.text);
}
