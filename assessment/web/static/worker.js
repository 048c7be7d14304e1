// Shows a page in words where none can be fetched. It keeps that page and the files it is made of,
// under names that the server puts in front of this text, and nothing else that goes by.
self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function keep() {
  const cache = await caches.open(NAME);
  // Without cookies: nobody's name or language of work gets into what is kept.
  await cache.addAll([PAGE, ...FILES].map((address) => new Request(address, { credentials: "omit" })));
  await self.skipWaiting();
}

async function takeOver() {
  const others = (await caches.keys()).filter((name) => name !== NAME);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

const kept = (address) => caches.match(address, { ignoreVary: true });

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => kept(PAGE)));
  } else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(kept(request.url).then((found) => found ?? fetch(request)));
  }
});
