/** The part of the wire that is a file: `lessons/<name>/goals.json`, what is wanted of each step, drawn when the site was built. */

import { list, oneOf, record, str, type Fields } from './fields.js';
import type { LabelsPanel } from './panels.js';
import { apply, nothing, type World } from './session/world.js';
import { message } from './wire.js';

/** What is wanted of a step. */
export interface GoalPicture {
  readonly step: string;
  readonly world: World;
  /** What there is to see among the labels, where those are the point. */
  readonly labels: LabelsPanel | undefined;
  /** The given parts of names whose rest is made up, by key. */
  readonly stems: ReadonlyMap<string, string>;
}

/** Reads the file; throws an Error naming the field that is wrong. */
export function goalPictures(value: unknown): readonly GoalPicture[] {
  return list(record(value, 'goals'), 'steps', (f) => {
    const show = oneOf(f, 'show', ['cluster', 'labels']);
    const stems = record(f['stems'], 'stems');
    return {
      step: str(f, 'step'),
      world: world(record(f['patch'], 'patch')),
      labels: show === 'labels' ? labels(record(f['labels'], 'labels')) : undefined,
      stems: new Map(Object.keys(stems).map((key) => [key, str(stems, key)])),
    };
  });
}

function world(f: Fields): World {
  const patch = message(f);
  if (patch.type !== 'patch') throw new Error(`patch: found ${patch.type}`);
  return apply(nothing, patch);
}

function labels(f: Fields): LabelsPanel {
  const panel = message(f);
  if (panel.type !== 'panel' || panel.name !== 'labels') throw new Error('labels: not the panel of labels');
  return panel;
}
