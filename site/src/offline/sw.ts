/**
 * The service worker: keeps all of the site, so that it works without a network once it has been here.
 *
 * It holds one version whole. Page, engine and lessons fit each other, so a newer version is fetched beside it and takes over only
 * when the person says so, or when no page is open any more.
 */

declare const self: ServiceWorkerGlobalScope;
/** Set by the build: every address of the site, and a name that changes when any of them does. */
declare const FILES: readonly string[];
declare const VERSION: string;

const mine = `slipway-${VERSION}`;

async function fill(): Promise<void> {
  const cache = await caches.open(mine);
  await Promise.all(FILES.map((file) => cache.add(new Request(file, { cache: 'no-cache' }))));
}

async function tidy(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith('slipway-') && name !== mine);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(mine);
  const { pathname } = new URL(request.url);
  const kept = (await cache.match(pathname)) ?? (request.mode === 'navigate' ? await cache.match(`${pathname}/`) : undefined);
  return kept ?? fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(tidy()));
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && new URL(request.url).origin === self.location.origin) event.respondWith(answer(request));
});

export {};
