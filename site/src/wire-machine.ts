/** The parts of the wire that speak of a machine: used by `wire.ts` alone. */

import { list, num, numbers, oneOf, record, str, texts, type Fields } from './fields.js';
import { changeKinds, type CgroupItem, type Layers, type More, type MountsItem, type NetworkItem, type ProcessItem } from './machine.js';
import { shapes, tones } from './model.js';

export function processItem(f: Fields): ProcessItem | More {
  if (f['more'] !== undefined) return { key: 'more', more: num(f, 'more') };
  return {
    key: str(f, 'key'), pid: num(f, 'pid'), inner: num(f, 'inner'), parent: str(f, 'parent'), ns: num(f, 'ns'), level: num(f, 'level'),
    name: str(f, 'name'), args: str(f, 'args'), uid: num(f, 'uid'), state: str(f, 'state'), tone: oneOf(f, 'tone', tones),
    shape: oneOf(f, 'shape', shapes), cgroup: str(f, 'cgroup'), own: texts(f, 'own'), inside: num(f, 'inside'), front: f['front'] === true,
    walls: texts(f, 'walls'), spaces: numbers(f['spaces'], 'spaces'), root: str(f, 'root'), caps: texts(f, 'caps'), nothingNew: f['nothingNew'] === true,
    secure: texts(f, 'secure'), filters: num(f, 'filters'),
  };
}

export function cgroupItem(f: Fields): CgroupItem | More {
  if (f['more'] !== undefined) return { key: 'more', more: num(f, 'more') };
  return {
    key: str(f, 'key'), parent: str(f, 'parent'), members: num(f, 'members'), tone: oneOf(f, 'tone', tones), shape: oneOf(f, 'shape', shapes),
    frozen: f['frozen'] === true,
    gauges: list(f, 'gauges', (g) => ({ label: str(g, 'label'), used: num(g, 'used'), of: num(g, 'of'), text: str(g, 'text'), limit: str(g, 'limit') })),
    counts: list(f, 'counts', (c) => ({ label: str(c, 'label'), n: num(c, 'n') })),
  };
}

export function mountsItem(f: Fields): MountsItem | More {
  if (f['more'] !== undefined) return { key: 'more', more: num(f, 'more') };
  return {
    ...space(f),
    mounts: list(f, 'mounts', (m) => ({
      id: num(m, 'id'), on: num(m, 'on'), place: str(m, 'place'), part: str(m, 'part'), type: str(m, 'type'), source: str(m, 'source'),
      options: str(m, 'options'), propagation: str(m, 'propagation'), layers: m['layers'] === undefined ? undefined : layers(record(m['layers'], 'layers')),
    })),
  };
}

function layers(l: Fields): Layers {
  return {
    upper: str(l, 'upper'), lowers: texts(l, 'lowers'), more: num(l, 'more'),
    changes: list(l, 'changes', (c) => ({ path: str(c, 'path'), how: oneOf(c, 'how', changeKinds) })),
  };
}

export function networkItem(f: Fields): NetworkItem | More {
  if (f['more'] !== undefined) return { key: 'more', more: num(f, 'more') };
  return {
    ...space(f), name: str(f, 'name'), relays: f['relays'] === true, routes: texts(f, 'routes'),
    links: list(f, 'links', (l) => ({
      name: str(l, 'name'), kind: str(l, 'kind'), tone: oneOf(l, 'tone', tones), up: l['up'] === true, carrier: l['carrier'] === true, mtu: num(l, 'mtu'),
      master: str(l, 'master'), peer: str(l, 'peer'), peerIn: str(l, 'peerIn'), addresses: texts(l, 'addresses'),
    })),
  };
}

function space(f: Fields): { key: string; members: number; first: number; left: number } {
  return { key: str(f, 'key'), members: num(f, 'members'), first: num(f, 'first'), left: num(f, 'left') };
}
