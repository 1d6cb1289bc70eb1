// What the main thread does in each frame, from a trace of the browser.

/** What was done in each frame: milliseconds, waiting for a processor not counted, and how much was styled and placed. */
function frames(events) {
  const { pid, tid } = events.find((e) => e.name === 'FireAnimationFrame');
  const mine = events.filter((e) => e.pid === pid && e.tid === tid);
  const starts = mine.filter((e) => e.name === 'FireAnimationFrame').map((e) => e.ts).sort((a, b) => a - b);
  const work = starts.map(() => ({ ms: 0, styled: 0, placed: 0 }));
  // What is done from one animation frame to the next belongs to that frame.
  for (const e of mine) {
    const frame = work[starts.findLastIndex((s) => s <= e.ts + (e.dur ?? 0))];
    if (!frame || e.ph !== 'X') continue;
    if (e.name === 'RunTask') frame.ms += (e.tdur ?? 0) / 1000;
    if (e.name === 'UpdateLayoutTree') frame.styled += e.args.elementCount ?? 0;
    if (e.name === 'Layout') frame.placed += e.args.beginData?.dirtyObjects ?? 0;
  }
  return work;
}

/** Gives a function that traces what happens meanwhile, and tells what was done in each frame. */
export async function tracer(context, page) {
  const session = await context.newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  // A frame is counted whether or not there is something to draw in it; frames with work are told apart later.
  await page.evaluate(() => {
    const tick = () => requestAnimationFrame(tick);
    tick();
  });
  return async (meanwhile) => {
    events.length = 0;
    await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] } });
    await meanwhile();
    const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await ended;
    return frames(events);
  };
}

export const sorted = (values) => values.sort((a, b) => a - b);

/** What lies at a part of a sorted list. */
export const at = (list, part) => list[Math.min(list.length - 1, Math.floor(list.length * part))] ?? 0;
