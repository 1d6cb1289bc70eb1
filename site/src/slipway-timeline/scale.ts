/** Between virtual milliseconds and places on the scrub bar, and how a moment is written. Pure. */

/** The bar has this many places; the last is the present. */
export const places = 2000;
export const placeStep = 10;

export function toPlace(ms: number, end: number): number {
  return end <= 0 ? places : Math.round((Math.min(ms, end) / end) * places);
}

export function toMs(place: number, end: number): number {
  return Math.round((place / places) * end);
}

/** Time since the beginning of the session: 0:01.2, 12:00.0, 1:02:03.4. */
export function since(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const h = Math.floor(tenths / 36_000);
  const m = Math.floor(tenths / 600) % 60;
  const s = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}
