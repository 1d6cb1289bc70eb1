/** What the engine says of each view beside the picture. Docs of the fields: `docs/wire.md`, "Panels". */

import type { Shape, Tone } from './model.js';

export type PanelName = 'labels' | 'rollout' | 'why' | 'events' | 'inspector';

interface Head {
  readonly type: 'panel';
  readonly rev: number;
  readonly ms: number;
}

/** The object a panel is about; its key is empty if it is about none. */
interface About extends Head {
  readonly object: string;
  readonly label: string;
  readonly exists: boolean;
}

export interface Chip {
  readonly key: string;
  readonly name: string;
  readonly tone: Tone;
  readonly shape: Shape;
  readonly state: string;
  readonly labels: readonly string[];
  /** Places of the sets it is in. */
  readonly in: readonly number[];
}

export interface LabelSet {
  /** Empty for the set of the typed selector. */
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly selector: string;
  readonly count: number;
}

export interface Reason {
  readonly set: number;
  readonly matches: boolean;
  readonly lines: readonly { readonly want: string; readonly holds: boolean; readonly why: string }[];
}

export interface LabelsPanel extends About {
  readonly name: 'labels';
  readonly typed: { readonly text: string; readonly error: string; readonly at: number; readonly end: number };
  readonly chips: readonly Chip[];
  readonly moreChips: number;
  readonly sets: readonly LabelSet[];
  readonly moreSets: number;
  readonly reasons: readonly Reason[];
}

export interface RolloutSet {
  readonly key: string;
  readonly name: string;
  readonly image: string;
  readonly revision: string;
  readonly current: boolean;
  readonly replicas: number;
  readonly available: number;
}

export interface RolloutPoint {
  readonly ms: number;
  readonly wanted: number;
  readonly most: number;
  readonly least: number;
  /** The most pods and the fewest available ones since the point before. */
  readonly high: number;
  readonly low: number;
  readonly ended: number;
  readonly lost: number;
  /** Replicas and available ones of each set. */
  readonly sets: readonly (readonly [replicas: number, available: number])[];
}

export interface Rollout {
  readonly key: string;
  readonly label: string;
  readonly namespace: string;
  readonly wanted: number;
  readonly most: number;
  readonly least: number;
  readonly updated: number;
  readonly available: number;
  readonly paused: boolean;
  readonly from: number;
  readonly to: number;
  readonly sets: readonly RolloutSet[];
  readonly points: readonly RolloutPoint[];
}

export interface RolloutPanel extends Head {
  readonly name: 'rollout';
  /** Undefined if there is no Deployment. */
  readonly rollout: Rollout | undefined;
}

export interface WhyLink {
  readonly ms: number;
  readonly actor: string;
  readonly did: 'asked' | 'created' | 'changed' | 'removed';
  readonly reason: string;
  readonly key: string;
  readonly what: string;
}

export interface Verdict {
  readonly key: string;
  readonly name: string;
  readonly chosen: boolean;
  readonly fits: boolean;
  readonly score: number;
  readonly points: readonly number[];
  readonly reasons: readonly string[];
}

export interface Decision {
  readonly node: string;
  readonly ms: number;
  readonly ties: number;
  readonly plugins: readonly { readonly name: string; readonly weight: number }[];
  readonly nodes: readonly Verdict[];
  readonly more: number;
}

export interface WhyPanel extends About {
  readonly name: 'why';
  readonly chain: readonly WhyLink[];
  readonly moreChain: number;
  readonly decision: Decision;
}

export interface EventRow {
  readonly ms: number;
  readonly tone: Tone;
  readonly type: string;
  readonly reason: string;
  readonly key: string;
  readonly name: string;
  readonly text: string;
  readonly actor: string;
  readonly count: number;
}

export interface EventsPanel extends About {
  readonly name: 'events';
  readonly rows: readonly EventRow[];
  readonly more: number;
}

export type Relation = 'owner' | 'node' | 'runs' | 'finds' | 'foundBy' | 'owns';

export interface Related {
  readonly how: Relation;
  readonly key: string;
  readonly kind: string;
  readonly name: string;
}

export interface InspectorPanel extends About {
  readonly name: 'inspector';
  readonly kind: string;
  readonly namespace: string;
  readonly yaml: string;
  readonly cut: boolean;
  readonly related: readonly Related[];
  readonly more: number;
}

export type Panel = LabelsPanel | RolloutPanel | WhyPanel | EventsPanel | InspectorPanel;

/** The last of each panel that came. */
export interface Panels {
  readonly labels?: LabelsPanel;
  readonly rollout?: RolloutPanel;
  readonly why?: WhyPanel;
  readonly events?: EventsPanel;
  readonly inspector?: InspectorPanel;
}
