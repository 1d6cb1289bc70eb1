/** What a person does with time: take back, bring back, look, step, let it pass. Each keeps the pace right. */

import type { Input } from '../wire.js';
import { after, before } from './moments.js';
import * as paces from './pace.js';
import type { State } from './state.js';

export interface Traveller {
  readonly state: State;
  send(input: Input): void;
  /** The pace is another one now. */
  paced(): void;
  /** What the terminal says about it. */
  say(kind: 'note', text: string): void;
}

export class Travel {
  pace: paces.Pace = paces.running;
  readonly #session: Traveller;

  constructor(session: Traveller) {
    this.#session = session;
  }

  /** The person types, or comes back: this is the present again. */
  present(): void {
    this.pace = paces.present(this.pace);
  }

  /** A line is typed: it happens in the present, but for those that only look. */
  typed(line: string): void {
    if (/^\s*at\s/.test(line)) this.pace = paces.looking(this.pace);
    else if (!/^\s*compare\b/.test(line)) this.present();
  }

  turn(op: 'undo' | 'redo' | 'reset' | 'resetStep', note: string): void {
    this.#session.say('note', note);
    this.#inPresent({ op });
  }

  /** Takes the last n commands back, as one. */
  takeBack(n: number, note: string): void {
    this.#session.say('note', note);
    this.#inPresent({ op: 'undo', index: n });
  }

  branch(index: number): void {
    this.#inPresent({ op: 'branch', index });
  }

  live(): void {
    this.#inPresent({ op: 'live' });
  }

  seek(ms: number): void {
    this.pace = paces.looking(this.pace);
    this.#session.paced();
    this.#session.send({ op: 'seek', ms });
  }

  /** One thing that happened further back or ahead; time stands there. */
  step(by: -1 | 1): void {
    const { world, history } = this.#session.state;
    const to = by < 0 ? before(world, history) : world.live ? undefined : after(world, history);
    this.pace = paces.play(this.pace, false);
    this.#session.paced();
    if (to !== undefined) this.#session.send({ op: 'seek', ms: to });
    else this.#session.send({ op: world.live ? 'step' : 'live' });
  }

  play(playing: boolean, speed: number): void {
    this.pace = { ...paces.play(this.pace, playing), speed };
    this.#session.paced();
  }

  #inPresent(input: Input): void {
    this.present();
    this.#session.send(input);
    this.#session.paced();
  }
}
