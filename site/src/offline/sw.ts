/**
 * The service worker: keeps all of the site, so that it works without a network once it has been here.
 *
 * It holds one version whole. Page, engine and lessons fit each other, so a newer version is fetched beside it and takes over only
 * when the person says so, or when no page is open any more.
 */

declare const self: ServiceWorkerGlobalScope;
/** Set by the build: the addresses of the site, and a name that changes when any of them does. */
declare const FILES: readonly string[];
/** Those that not everybody needs: kept from when a page first uses them. */
declare const LATER: readonly string[];
declare const VERSION: string;

const mine = `slipway-${VERSION}`;

async function fill(): Promise<void> {
  const cache = await caches.open(mine);
  // What an older version kept is in use here.
  const used = await Promise.all(LATER.map(async (file) => ((await caches.match(file)) ? [file] : [])));
  await Promise.all([...FILES, ...used.flat()].map((file) => cache.add(new Request(file, { cache: 'no-cache' }))));
}

/** Keeps a file that a page uses, which may have come before there was a service worker. */
async function keep(file: string): Promise<void> {
  const cache = await caches.open(mine);
  if (LATER.includes(file) && !(await cache.match(file))) await cache.add(file);
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
  const data: unknown = event.data;
  if (data === 'take-over') void self.skipWaiting();
  else if (typeof data === 'string') event.waitUntil(keep(data).catch(() => undefined)); // no room, or no network: asked again with the next visit
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && new URL(request.url).origin === self.location.origin) event.respondWith(answer(request));
});

export {};
