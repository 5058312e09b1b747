// After the first screen stands: the manifest, the service worker, and the word about a new version.
//
// A new version is offered between journeys only, on the way in; whoever is on the way keeps theirs to the end.
const workers = navigator.serviceWorker
/** What is said here, by language; from the tables of messages, by the build. */
const WORDS = '%WORDS%'

function offer(registration) {
  if (!registration.waiting || document.getElementById('update')) return
  const [there, use, others] = WORDS[document.documentElement.lang]
  const line = (text) => Object.assign(document.createElement('p'), { textContent: text })
  const button = Object.assign(document.createElement('button'), { className: 'plain', textContent: use })
  const note = document.createElement('div')
  note.append(line(there), button)
  const notice = Object.assign(document.createElement('div'), { id: 'update', className: 'notice info' })
  notice.setAttribute('role', 'status')
  notice.append(note)
  document.getElementById('app').before(notice)
  button.onclick = () => registration.waiting?.postMessage('take-over')
  workers.onmessage = ({ data }) => {
    if (data === 'other-pages') note.append(line(others))
  }
  // This page asked for it, and it is the only one.
  workers.oncontrollerchange = () => location.reload()
}

/**
 * `between` says whether the page is between journeys, for as long as it stands; `shared` whether one citizen after another
 * uses this device: then a new version is taken over by itself when the page begins anew.
 */
export async function tend(between, shared) {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'manifest', href: '/manifest.webmanifest' }))
  if (!workers) return
  const registration = await workers.register('/service-worker.js', { updateViaCache: 'none' })
  if (between && !shared) {
    registration.onupdatefound = () => {
      registration.installing.onstatechange = () => workers.controller && offer(registration)
    }
    offer(registration)
  }
  // What the way in does not need comes now, unless the citizen spares data: then it comes when it is used.
  if (!navigator.connection?.saveData) (await workers.ready).active.postMessage(shared ? 'all' : document.documentElement.lang)
  if (shared) registration.waiting?.postMessage('take-over')
}
