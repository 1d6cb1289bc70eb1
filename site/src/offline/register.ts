/** Makes the site work without a network, and tells when a newer one is at hand. */

/** `offer` gets what loads the new version, when there is one; `engine` is the file that is to be kept, if it is not with all others. */
export async function workOffline(engine: string, offer: (load: () => void) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return; // an address that is not secure, or a window that keeps nothing
  const registration = await navigator.serviceWorker.register('/sw.js');
  const propose = (): void => {
    const { waiting } = registration;
    if (!waiting || !navigator.serviceWorker.controller) return;
    offer(() => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      waiting.postMessage('take-over');
    });
  };
  propose();
  void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage(engine));
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', propose);
  });
}
