// Starts the app: the first download for the way in, the second for the rest of the journey (the same addresses as
// Route::is_front); a third, with all of it in one page, for devices that several people use in turn. The build writes the
// names in.
const [front, rooms, counter] = ['%FRONT%', '%ROOMS%', '%COUNTER%']

// The mode of an address holds as long as the tab does.
let mode
try {
  mode = new URLSearchParams(location.search).get('mode')
  if (mode) sessionStorage.mode = mode
  mode = sessionStorage.mode
} catch {}
const shared = mode === 'kiosk' || mode === 'desk'
const root = document.documentElement
if (shared) root.classList.add(mode)

// The language: a device of one's own remembers it, a helper's tab for the person being served, a kiosk what its staff chose and
// nobody else.
const messages = document.getElementById('messages')
const names = ['content', 'data-rest', 'data-counter']
let store
try {
  store = mode === 'desk' ? sessionStorage : localStorage
  const language = store.language ?? (/^km/.test(navigator.language) ? 'km' : 'vi')
  if (language !== 'vi') {
    root.lang = language
    if (store.digits) root.dataset.digits = store.digits
    for (const name of names) messages.setAttribute(name, messages.getAttribute(name).replace('/vi-', `/${language}-`))
    for (const [selector, attribute, text] of JSON.parse(store.shell || '[]')) {
      const place = document.querySelector(selector)
      if (attribute) place.setAttribute(attribute, text)
      else place.textContent = text
      place.closest('[lang=vi]')?.setAttribute('lang', language)
    }
  }
} catch {}
const aids = document.getElementById('aids')
for (const button of aids.children) {
  if (button.value === root.lang) button.setAttribute('aria-pressed', true)
  else if (button.lang && !button.hidden) button.setAttribute('aria-pressed', false)
}
if (root.lang === 'km') aids.querySelector('[value=digits]').hidden = false

// Until the app stands it may be creating its store, and a page that is left in the middle of that keeps the next one
// from opening it: so a link that is pressed early waits, and a lock keeps the page out of the back/forward cache.
const ready = new Promise((resolve) => addEventListener('app-ready', resolve, { once: true }))
const pressed = ({ target }) => target.closest?.('a[href^="/"], main form button')
// The screen may stand a moment after the app does.
const soon = (selector, act, tries = 99) => {
  const one = document.querySelector(selector)
  if (one) act(one)
  else if (tries) requestAnimationFrame(() => soon(selector, act, tries - 1))
}
const follow = (one) => soon(one.href ? `a[href="${one.getAttribute('href')}"]` : 'main form button', (found) => found.click())
let wanted, touched
const early = (event) => {
  const one = pressed(event)
  if (!one) return
  event.preventDefault()
  wanted = one
}
// The app may draw itself between a finger's coming down and its going up: then no click is told, though one was meant.
const down = (event) => { touched = pressed(event) }
const up = (event) => {
  if (touched && !touched.isConnected && pressed(event)?.textContent === touched.textContent) follow(touched)
  touched = undefined
}
// What was typed by then goes on in the app's field.
const query = document.getElementById('query')
let typing
query.onfocus = () => { typing = true }
// It also loses the focus when the app takes its place, and that is not yet told when the app is ready.
query.onblur = () => setTimeout(() => { typing = false })
// A shared device whose app has failed shows nobody's papers: it begins anew, and wipes first.
if (shared) {
  const fails = ({ error, reason }) => {
    if ((error ?? reason) instanceof WebAssembly.RuntimeError) setTimeout(() => location.replace('/'), 9_000)
  }
  addEventListener('error', fails)
  addEventListener('unhandledrejection', fails)
}
addEventListener('click', early)
addEventListener('pointerdown', down)
addEventListener('pointerup', up)
ready.then(() => {
  removeEventListener('click', early)
  removeEventListener('pointerdown', down)
  const goOn = typing
  if (query.value || goOn) soon('#query', (field) => {
    field.value = query.value
    field.dispatchEvent(new Event('input'))
    if (goOn) field.focus()
  })
  if (wanted) follow(wanted)
})
navigator.locks?.request('app-opening', { mode: 'shared' }, () => ready)

document.querySelector('#failure a').onclick = (event) => {
  event.preventDefault()
  import('%LEAVE%').catch(() => location.reload())
}

// Languages and the reader come when they are asked for.
aids.onclick = ({ target }) => {
  const button = target.closest('button')
  if (!button) return
  import(/read|again/.test(button.value) ? '%READ%' : '%LANGUAGE%').then((aid) => ready.then(() =>
    aid.press(button, names.slice(0, shared ? 3 : inFront ? 1 : 2), mode === 'kiosk' && !('staff' in root.dataset) ? null : store))).catch(() => {})
}

// The doors stand where the app will draw them; where it draws something else, there is but the word that it is coming.
let begun
try { begun = localStorage.begun } catch {}
if (location.pathname !== '/' || shared || begun) document.querySelector('main').replaceChildren(document.querySelector('main .waiting'))
// Where something waits in the outbox, or is on its way at the office, the download that can send it and look for news is taken
// on the way in, too.
let waiting
try { waiting = localStorage.outbox || localStorage.follows } catch {}
const between = /^\/(thu-tuc\/?)?$/.test(location.pathname)
const inFront = between && !waiting
const [script, wasm, ...styles] = shared ? counter : inFront ? front : rooms
const link = (rel, href, more) => document.head.append(Object.assign(document.createElement('link'), { rel, href }, more))
link('preload', messages.content, { as: 'fetch', crossOrigin: '' })
for (const style of styles) link('stylesheet', style)
import(script).then((app) => app.default({ module_or_path: wasm })).then(() => {
  for (const file of shared || navigator.connection?.saveData ? [] : inFront ? rooms : front) link('prefetch', file)
  ready.then(() => import('%UPDATES%')).then((updates) => updates.tend(between, shared)).catch(() => {})
  // One visit is enough for all of the journey: while the way in is read, the second download fills the shelves behind it.
  let stocked
  try { stocked = localStorage.stocked } catch {}
  if (inFront && !shared && !stocked && !navigator.connection?.saveData) ready.then(() => setTimeout(() => {
    root.dataset.behind = ''
    import(rooms[0]).then((app) => app.default({ module_or_path: rooms[1] })).catch(() => {})
  }, 9_000))
}).catch(() => {
  removeEventListener('click', early)
  document.getElementById('failure').removeAttribute('hidden')
})
// While the app takes the page's place there is less of it for a moment: who has scrolled stays where they are.
const place = document.getElementById('app')
place.style.minHeight = `${place.offsetHeight}px`
ready.then(() => setTimeout(() => { place.style.minHeight = '' }, 500))
