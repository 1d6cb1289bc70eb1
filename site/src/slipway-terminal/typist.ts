/** Types a lesson's solution as a person would, one line after another. */

const perCharacter = 22;

export interface Hands {
  /** Puts text into the line. */
  show(text: string): void;
  /** Runs the line. */
  enter(): void;
  /** Resolves when the terminal is ready for a line. */
  idle(): Promise<void>;
  /** Whether to show whole lines at once. */
  readonly still: boolean;
}

/** Types and runs the lines in order; stops at once when the signal says so. */
export async function typeLines(lines: readonly string[], hands: Hands, signal: AbortSignal): Promise<void> {
  for (const line of lines) {
    await hands.idle();
    for (let n = hands.still ? line.length : 1; n <= line.length; n++) {
      if (signal.aborted) return;
      hands.show(line.slice(0, n));
      if (n < line.length) await pause(perCharacter);
    }
    if (signal.aborted) return;
    hands.enter();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
