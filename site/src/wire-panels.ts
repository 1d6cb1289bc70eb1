/** The part of the wire that is about panels: reads what `wire.ts` found to be one. */

import { array, list, num, numbers, oneOf, record, str, texts, type Fields } from './fields.js';
import { shapes, tones } from './model.js';
import type { Decision, Panel, PanelName, Rollout, RolloutPoint } from './panels.js';

const names: readonly PanelName[] = ['labels', 'rollout', 'why', 'events', 'inspector'];

export function panel(m: Fields): Panel {
  const name = oneOf(m, 'name', names);
  const head = { type: 'panel', rev: num(m, 'rev'), ms: num(m, 'ms') } as const;
  switch (name) {
    case 'rollout':
      return { ...head, name, rollout: str(m, 'object') === '' ? undefined : rollout(m) };
    case 'labels':
      return { ...head, ...about(m), name, ...labels(m) };
    case 'why':
      return {
        ...head, ...about(m), name, moreChain: num(m, 'moreChain'), decision: decision(record(m['decision'], 'decision')),
        chain: list(m, 'chain', (l) => ({
          ms: num(l, 'ms'), actor: str(l, 'actor'), did: oneOf(l, 'did', ['asked', 'created', 'changed', 'removed']),
          reason: str(l, 'reason'), key: str(l, 'key'), what: str(l, 'what'),
        })),
      };
    case 'events':
      return {
        ...head, ...about(m), name, more: num(m, 'more'),
        rows: list(m, 'rows', (r) => ({
          ms: num(r, 'ms'), tone: oneOf(r, 'tone', tones), type: str(r, 'type'), reason: str(r, 'reason'), key: str(r, 'key'),
          name: str(r, 'name'), text: str(r, 'text'), actor: str(r, 'actor'), count: num(r, 'count'),
        })),
      };
    case 'inspector':
      return {
        ...head, ...about(m), name, kind: str(m, 'kind'), namespace: str(m, 'namespace'), yaml: str(m, 'yaml'), cut: m['cut'] === true,
        more: num(m, 'more'),
        related: list(m, 'related', (r) => ({
          how: oneOf(r, 'how', ['owner', 'node', 'runs', 'finds', 'foundBy', 'owns']), key: str(r, 'key'), kind: str(r, 'kind'), name: str(r, 'name'),
        })),
      };
    default:
      return name satisfies never;
  }
}

function about(m: Fields): { object: string; label: string; exists: boolean } {
  return { object: str(m, 'object'), label: str(m, 'label'), exists: m['exists'] === true };
}

function labels(m: Fields) {
  const typed = record(m['typed'], 'typed');
  return {
    typed: { text: str(typed, 'text'), error: str(typed, 'error'), at: num(typed, 'at'), end: num(typed, 'end') },
    chips: list(m, 'chips', (c) => ({
      key: str(c, 'key'), name: str(c, 'name'), tone: oneOf(c, 'tone', tones), shape: oneOf(c, 'shape', shapes), state: str(c, 'state'),
      labels: texts(c, 'labels'), in: numbers(c['in'], 'in'),
    })),
    moreChips: num(m, 'moreChips'),
    sets: list(m, 'sets', (s) => ({
      key: str(s, 'key'), kind: str(s, 'kind'), name: str(s, 'name'), selector: str(s, 'selector'), count: num(s, 'count'),
    })),
    moreSets: num(m, 'moreSets'),
    reasons: list(m, 'reasons', (r) => ({
      set: num(r, 'set'), matches: r['matches'] === true,
      lines: list(r, 'lines', (l) => ({ want: str(l, 'want'), holds: l['holds'] === true, why: str(l, 'why') })),
    })),
  };
}

function rollout(m: Fields): Rollout {
  return {
    key: str(m, 'object'), label: str(m, 'label'), namespace: str(m, 'namespace'),
    wanted: num(m, 'wanted'), most: num(m, 'most'), least: num(m, 'least'), updated: num(m, 'updated'), available: num(m, 'available'),
    paused: m['paused'] === true, from: num(m, 'from'), to: num(m, 'to'),
    sets: list(m, 'sets', (s) => ({
      key: str(s, 'key'), name: str(s, 'name'), image: str(s, 'image'), revision: str(s, 'revision'), current: s['current'] === true,
      replicas: num(s, 'replicas'), available: num(s, 'available'),
    })),
    points: list(m, 'points', point),
  };
}

function point(p: Fields): RolloutPoint {
  return {
    ms: num(p, 'ms'), wanted: num(p, 'wanted'), most: num(p, 'most'), least: num(p, 'least'), high: num(p, 'high'), low: num(p, 'low'),
    ended: num(p, 'ended'), lost: num(p, 'lost'),
    sets: array(p['sets'], 'sets').map((s): readonly [number, number] => {
      const [replicas, available] = numbers(s, 'sets');
      if (replicas === undefined || available === undefined) throw new Error('sets: not [replicas, available]');
      return [replicas, available];
    }),
  };
}

function decision(d: Fields): Decision {
  return {
    node: str(d, 'node'), ms: num(d, 'ms'), ties: num(d, 'ties'), more: num(d, 'more'),
    plugins: list(d, 'plugins', (p) => ({ name: str(p, 'name'), weight: num(p, 'weight') })),
    nodes: list(d, 'nodes', (n) => ({
      key: str(n, 'key'), name: str(n, 'name'), chosen: n['chosen'] === true, fits: n['fits'] === true, score: num(n, 'score'),
      points: numbers(n['points'], 'points'), reasons: texts(n, 'reasons'),
    })),
  };
}
