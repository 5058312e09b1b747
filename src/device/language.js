// The three languages: another table of messages for the page that stands, without losing the place.
//
// What someone typed and did not send yet is in the fields; the screens are drawn anew, so it is put back after that.
const root = document.documentElement
const aids = document.getElementById('aids')
/** What this file says, and what the static page says, by language: from the tables of messages, by the build. */
const WORDS = '%WORDS%'
/** Where each text of the static page stands: a selector and an attribute, or its text. */
const PLACES = '%PLACES%'
/** A screen that fetches what it shows has stood by then. */
const PATIENCE_MS = 3_000

const held = (field) => field.type === 'checkbox' || field.type === 'radio' ? field.checked : field.value
const fields = () => [...document.querySelectorAll('main :is(input:not([type=file]), textarea, select)[id]')]

/** Puts back into the new fields what the old ones held; and the page is where it was. */
function restore(texts, open, top) {
  const end = Date.now() + PATIENCE_MS
  const again = () => {
    for (const field of fields()) {
      if (!texts.has(field.id)) continue
      const [kind, text] = texts.get(field.id)
      // A list to choose from may still be on its way, and another field may stand in its place until then.
      if (field.type !== kind || (field.options && ![...field.options].some(({ value }) => value === text))) continue
      texts.delete(field.id)
      if (held(field) === text) continue
      if (typeof text === 'boolean') {
        if (text) field.click()
      } else {
        field.value = text
        for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }))
      }
    }
    document.querySelectorAll('main details').forEach((one, at) => { if (open[at]) one.open = true })
    scrollTo({ top, behavior: 'instant' })
    if (texts.size && Date.now() < end) setTimeout(again, 50)
  }
  requestAnimationFrame(() => requestAnimationFrame(again))
}

/** Marks the pressed buttons, and says the static page's texts in this language. */
function show() {
  const language = root.lang
  for (const button of aids.querySelectorAll('[value]')) {
    const on = button.value === 'digits' ? root.dataset.digits === '1' : button.value === language
    button.setAttribute('aria-pressed', on)
    if (button.value === 'digits') button.hidden = language !== 'km'
  }
  for (const [at, [selector, attribute]] of PLACES.entries()) {
    const place = document.querySelector(selector)
    if (!place) continue
    const text = WORDS[language][at]
    if (attribute) place.setAttribute(attribute, text)
    else place.textContent = text
    place.closest('[lang=vi]:not(button)')?.setAttribute('lang', language)
  }
}

/**
 * A language's button was pressed. `names` are the attributes of the page's link to the messages that tell which tables it
 * has learnt; `store` is where a device of one's own, or a helper's tab, remembers the choice; a kiosk has none.
 */
export async function press(button, names, store) {
  const note = (name, text) => { try { if (text) store?.setItem(name, text); else store?.removeItem(name) } catch {} }
  let learnt = null
  if (button.value === 'digits') {
    root.dataset.digits = root.dataset.digits === '1' ? '' : '1'
    note('digits', root.dataset.digits)
  } else {
    const said = document.getElementById('aid-said')
    said.textContent = ''
    try {
      const link = document.getElementById('messages')
      learnt = await Promise.all(names.map(async (name) => {
        const address = link.getAttribute(name).replace(/\/(vi|en|km)-/, `/${button.value}-`)
        const answer = await fetch(address)
        if (!answer.ok) throw new Error(address)
        return new Uint8Array(await answer.arrayBuffer())
      }))
    } catch {
      said.textContent = WORDS[root.lang].slice(-1)[0]
      return
    }
    root.lang = button.value
    note('language', root.lang)
    // The next start has the static page's texts at once.
    note('shell', root.lang === 'vi' ? '' : JSON.stringify(PLACES.map((place, at) => [...place, WORDS[root.lang][at]])))
  }
  const texts = new Map(fields().map((field) => [field.id, [field.type, held(field)]]))
  const open = [...document.querySelectorAll('main details')].map((one) => one.open)
  const top = scrollY
  show()
  dispatchEvent(new CustomEvent('language', { detail: learnt }))
  restore(texts, open, top)
}
