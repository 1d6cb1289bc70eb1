/** Large elements are drawn for the first time each in a task of its own: together they would keep a slow phone from answering. */

export function ownTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
