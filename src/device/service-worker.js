// The app without a network. The build writes the version and the two lists in: paths of this version's files with their
// SHA-256: first what the way in needs, then the rest, then what only devices need that several people use in turn.
//
// Each version has a cache of its own and serves nothing but its own files, so an old page never gets a new part. A new
// version waits until no page of the old one is left, or until the only one says so, between journeys.
const VERSION = '%VERSION%'
const FIRST = '%FIRST%'
const REST = '%REST%'
const COUNTER = '%COUNTER%'
/** What only one language needs, by language. */
const SPOKEN = '%SPOKEN%'

const PREFIX = 'app-'
const CACHE = PREFIX + VERSION
/** What a deployment sets and may change at any time; everything else is of this version. */
const SETTINGS = ['/config.json', '/working-days.json']
const FILES = new Map([...FIRST, ...REST, ...COUNTER, ...Object.values(SPOKEN).flat()])
let filling = null
/** The addresses of the app's own screens; all of them are the one page. What else lies on this origin is the portal's. */
const OURS = /^\/(?:$|(?:thu-tuc|ho-so|tra-cuu|phan-anh|may-nay|nhan-ho-so|cho-quay|chup-ho|lay-so|danh-gia|nhan-vien|guong)(?:\/|$))/

/** A file of this version from the network, or an error: half of a deployment is not taken for the whole. */
const fetched = (path) => fetch(path, {
  cache: /-[0-9a-f]{16}/.test(path) ? 'default' : 'no-cache', credentials: 'omit', integrity: `sha256-${FILES.get(path)}`,
})

async function keep(path) {
  const cache = await caches.open(CACHE)
  if (await cache.match(path)) return
  const answer = await fetched(path)
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  await cache.put(path, answer)
}

/** A file of this version: kept, or fetched and then kept. A full disk keeps nothing, and the answer comes all the same. */
async function serve(path) {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(path)
  if (kept) return kept
  const answer = await fetched(path)
  if (answer.ok) cache.put(path, answer.clone()).catch(() => {})
  return answer
}

/** A setting: the kept one now, a newer one from the next visit on. */
async function setting(path, event) {
  const cache = await caches.open(CACHE)
  const newer = fetch(path, { cache: 'no-cache' }).then((answer) => {
    if (answer.ok) cache.put(path, answer.clone()).catch(() => {})
    return answer
  })
  const kept = await cache.match(path)
  if (!kept) return newer
  event.waitUntil(newer.catch(() => {}))
  return kept
}

self.addEventListener('install', (event) => {
  event.waitUntil(Promise.all([...FIRST.map(([path]) => keep(path)), ...SETTINGS.map((path) => setting(path, event))]))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) =>
    Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)))))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') {
    if (OURS.test(pathname)) event.respondWith(serve('/index.html').catch(() => fetch(request)))
  } else if (SETTINGS.includes(pathname)) {
    event.respondWith(setting(pathname, event))
  } else if (FILES.has(pathname)) {
    // Where the device lost a file and the server has another version already, that one is better than none.
    event.respondWith(serve(pathname).catch(() => fetch(request)))
  }
})

self.addEventListener('message', (event) => {
  // The rest comes while the citizen reads, once for however many pages ask; what fails comes another time.
  // A shared device takes every language, one of one's own the one that it speaks.
  if (event.data === 'all' || SPOKEN[event.data]) {
    const spoken = event.data === 'all' ? Object.values(SPOKEN).flat() : SPOKEN[event.data]
    const wanted = [...(event.data === 'all' ? COUNTER : []), ...spoken, ...REST]
    filling ??= wanted.reduce((before, [path]) => before.then(() => keep(path)).catch(() => {}), Promise.resolve())
      .finally(() => { filling = null })
    event.waitUntil(filling)
  }
  if (event.data === 'take-over') {
    event.waitUntil(self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((pages) =>
      pages.length > 1 ? event.source.postMessage('other-pages') : self.skipWaiting()))
  }
})

/** Opens the app's store for a look at the small things that it keeps; rejects where there is none. */
const small = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open('mot-cua')
  // Never made here: the app makes it, with all its shelves.
  asked.onupgradeneeded = () => asked.transaction.abort()
  asked.onerror = () => reject(asked.error)
  asked.onsuccess = () => resolve(asked.result)
})

/** The names and texts of what the app wrote down to be asked. */
const watched = (store) => new Promise((resolve, reject) => {
  const shelf = store.transaction('kept').objectStore('kept')
  const found = []
  shelf.openCursor(IDBKeyRange.bound('watched/', 'watched0', false, true)).onsuccess = ({ target: { result } }) => {
    if (!result) return resolve(found)
    found.push([result.key, JSON.parse(result.value)])
    result.continue()
  }
  shelf.transaction.onabort = () => reject(shelf.transaction.error)
})

/** Notes what was heard, unless it was noted or the dossier forgotten meanwhile; says whether it is news. */
const note = (store, name, print) => new Promise((resolve, reject) => {
  const shelf = store.transaction('kept', 'readwrite').objectStore('kept')
  let isNews = false
  shelf.get(name).onsuccess = ({ target: { result } }) => {
    const one = result && JSON.parse(result)
    isNews = Boolean(one) && one.known !== print
    if (isNews) shelf.put(JSON.stringify({ ...one, known: print }), name)
  }
  shelf.transaction.oncomplete = () => resolve(isNews)
  shelf.transaction.onabort = () => reject(shelf.transaction.error)
})

/** Asks for each dossier as the app would, and tells of those that have news: once, so it is noted first. */
async function look() {
  const store = await small()
  for (const [name, { ask, title, text }] of await watched(store)) {
    const answer = await fetch(ask.url, { headers: ask.headers, cache: 'no-store', credentials: 'omit' }).catch(() => null)
    const row = answer?.status === 200 ? await answer.json().catch(() => null) : null
    if (!row) continue
    const print = ask.fields.map((field) => String(row[field] ?? '').trim()).join('|')
    if (await note(store, name, print)) {
      await self.registration.showNotification(title, { body: text, tag: name, lang: 'vi', icon: '/icons/192.png' })
    }
  }
  store.close()
}

// The browser wakes us while no page is open, where the citizen wished to be told.
self.addEventListener('periodicsync', (event) => {
  if (event.tag === 'news') event.waitUntil(look().catch(() => {}))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(`/tra-cuu/${event.notification.tag.replace('watched/', '')}`))
})
