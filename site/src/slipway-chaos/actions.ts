/**
 * What can be broken by a button, as data. Each is a command that a person could type: where its target stands, the engine's
 * completion says which there are, so that nothing here knows what a cluster is made of. Pure.
 */

export type Group = 'pods' | 'nodes' | 'parts' | 'traffic' | 'mend';

export interface Action {
  readonly id: string;
  readonly group: Group;
  /** The command up to its target; `RATE` stands for the requests a second. */
  readonly line: string;
  /** What to complete to find the targets; undefined if the command has none. */
  readonly targets: string | undefined;
  /** What follows the target. */
  readonly rest?: string;
}

export const actions: readonly Action[] = [
  { id: 'delete-pod', group: 'pods', line: 'kubectl delete pod ', targets: 'kubectl delete pod ' },
  { id: 'crash-container', group: 'pods', line: 'fault container-crash ', targets: 'fault container-crash ' },
  { id: 'drain', group: 'nodes', line: 'kubectl drain ', targets: 'kubectl get node ' },
  { id: 'uncordon', group: 'nodes', line: 'kubectl uncordon ', targets: 'kubectl get node ' },
  { id: 'node-down', group: 'nodes', line: 'fault node-down ', targets: 'fault node-down ' },
  { id: 'network-cut', group: 'nodes', line: 'fault network-cut ', targets: 'fault network-cut ' },
  { id: 'component-crash', group: 'parts', line: 'fault component-crash ', targets: 'fault component-crash ' },
  { id: 'component-down', group: 'parts', line: 'fault component-down ', targets: 'fault component-down ' },
  { id: 'registry-down', group: 'parts', line: 'fault registry-down', targets: undefined },
  { id: 'traffic-start', group: 'traffic', line: 'traffic start http://', targets: 'kubectl get service ', rest: ' --rate RATE' },
  { id: 'traffic-stop', group: 'traffic', line: 'traffic stop ', targets: 'traffic stop ' },
  { id: 'mend', group: 'mend', line: 'fault mend', targets: undefined },
];

export const groups: readonly Group[] = ['pods', 'nodes', 'parts', 'traffic', 'mend'];

/** Requests a second that the slider offers. */
export const rates: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** The command to type; undefined while it lacks its target. */
export function lineOf(action: Action, target: string, rate: number): string | undefined {
  if (action.targets !== undefined && target === '') return undefined;
  return action.line + target + (action.rest ?? '').replace('RATE', String(rate));
}
