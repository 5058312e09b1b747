// Reads the screen aloud, in its own order, sentence by sentence; the sentence and the word being said are marked.
//
// Each text is read by a voice of its own language. A language without a voice on this device is told in words: another
// language's voice reading it helps nobody.
const PARTS = 'h1, h2, h3, p, li, legend, label, dt, dd, summary, button, a.button, a.door, a.choice, th, td, figcaption'
const WORDS = '%WORDS%'
const voices = window.speechSynthesis
const said = document.getElementById('aid-said')
const buttons = () => [...document.querySelectorAll('#aids [value=read], #aids [value=again]')]

const language = (element) => element.closest('[lang]')?.lang ?? 'vi'
/** Some systems give their voices late. */
const voice = async (wanted) => {
  const find = () => voices?.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(wanted))
  if (voices && !voices.getVoices().length) {
    await new Promise((resolve) => {
      voices.addEventListener('voiceschanged', resolve, { once: true })
      setTimeout(resolve, 700)
    })
  }
  return find()
}

/** The parts of the screen that can be seen, in order; of a part within a part, the outer one alone. */
function parts() {
  const seen = []
  let last
  for (const part of document.querySelectorAll(`main :is(${PARTS})`)) {
    if (last?.contains(part) || part.offsetHeight < 2 || !part.innerText.trim()) continue
    seen.push(part)
    last = part
  }
  return seen
}

/** What the text of a part is made of: its nodes that are heard, and where each begins. */
function nodes(part) {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest('[aria-hidden=true], script') || !node.parentElement.getClientRects().length ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT)
  const box = (element) => getComputedStyle(element).display.startsWith('inline') && element !== part ? box(element.parentElement) : element
  const found = []
  let text = ''
  let before
  while (walker.nextNode()) {
    const node = walker.currentNode
    // What stands in another box is not one word with what stands beside it.
    const own = box(node.parentElement)
    if (text && own !== before) text += ' '
    before = own
    found.push([text.length, node])
    text += node.data
  }
  return { found, text }
}

/** The stretches of a part that are in one language: where each begins, its text and its language. */
function stretches({ found, text }) {
  const all = []
  for (const [at, node] of found) {
    const lang = language(node.parentElement)
    const last = all[all.length - 1]
    if (!last || last.lang !== lang) all.push({ at, lang })
  }
  return all.map((one, place) => ({ ...one, text: text.slice(one.at, all[place + 1]?.at) }))
}

/** The sentences of a part: where each begins, its text and its language. */
function* sentences(held) {
  for (const { at, lang, text } of stretches(held)) {
    const parts = window.Intl?.Segmenter ? new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(text)
      : [...text.matchAll(/[^.!?…។]+[.!?…។]*\s*/g)].map(({ 0: segment, index }) => ({ segment, index }))
    // A stretch of signs alone, such as the comma between two languages, says nothing.
    for (const { segment, index } of parts) if (/[\p{L}\p{N}]/u.test(segment)) yield [at + index, segment, lang]
  }
}

/** The piece of the page from one place of a part's text to another. */
function range({ found, text }, from, to) {
  const place = (at) => {
    const [start, node] = found.filter(([start]) => start <= at).pop() ?? found[0]
    return [node, Math.min(Math.max(at - start, 0), node.data.length)]
  }
  const piece = document.createRange()
  piece.setStart(...place(from))
  piece.setEnd(...place(Math.min(to, text.length)))
  return piece
}

/** Marks a sentence and a word of it, where the browser can do so without touching the page; else the whole part. */
function mark(part, held, sentence, word) {
  if (window.Highlight) {
    if (sentence) CSS.highlights.set('spoken', new Highlight(range(held, ...sentence)))
    else CSS.highlights.delete('spoken')
    if (word) CSS.highlights.set('spoken-word', new Highlight(range(held, ...word)))
    else CSS.highlights.delete('spoken-word')
  } else {
    part.classList.toggle('spoken', Boolean(sentence))
  }
}

let turn = 0
let reading = false
let repeat = false

function set(on) {
  reading = on
  const [read, again] = buttons()
  const [start, stop] = WORDS[document.documentElement.lang]
  read.lastElementChild.textContent = on ? stop : start
  read.setAttribute('aria-pressed', on)
  again.hidden = !on
}

export function stop() {
  turn += 1
  voices?.cancel()
  set(false)
}

/** Says one sentence to its end; `false` where it was stopped. */
function say(text, speaker, spoken) {
  return new Promise((resolve) => {
    const sentence = new SpeechSynthesisUtterance(text)
    sentence.voice = speaker
    sentence.lang = speaker.lang
    let volume
    try { volume = localStorage.volume } catch {}
    sentence.volume = (volume ?? 100) / 100
    sentence.onboundary = ({ charIndex, charLength }) => spoken(charIndex, charIndex + (charLength || (text.slice(charIndex).match(/^\S+/)?.[0].length ?? 0)))
    // A system whose voice has died says no end: the next sentence is tried after far longer than this one takes.
    const dead = setTimeout(() => {
      voices.cancel()
      resolve()
    }, 5_000 + 300 * text.length)
    sentence.onend = sentence.onerror = () => {
      clearTimeout(dead)
      resolve()
    }
    voices.speak(sentence)
  })
}

async function read() {
  const own = document.documentElement.lang
  const without = WORDS[own][2]
  said.textContent = ''
  if (!await voice(own)) {
    said.textContent = without
    return
  }
  const mine = turn += 1
  set(true)
  for (const part of parts()) {
    const held = nodes(part)
    if (!held.found.length) continue
    part.scrollIntoView({ block: 'nearest' })
    for (const [at, text, lang] of sentences(held)) {
      const speaker = await voice(lang)
      if (!speaker) continue
      do {
        repeat = false
        if (turn !== mine) return
        mark(part, held, [at, at + text.trimEnd().length])
        await say(text.trim(), speaker, (from, to) => {
          const lead = at + text.length - text.trimStart().length
          if (turn === mine) mark(part, held, [at, at + text.trimEnd().length], [lead + from, lead + to])
        })
        mark(part, held)
      } while (repeat)
    }
    if (turn !== mine) return
  }
  set(false)
}

/** Reads, stops, or says the sentence again. */
export function press(button) {
  if (button.value === 'again') {
    repeat = true
    voices.cancel()
  } else if (reading) {
    stop()
  } else {
    read()
  }
}

// Another screen, or another language, is another text.
let heading = document.querySelector('main h1')
new MutationObserver(() => {
  const now = document.querySelector('main h1')
  if (reading && now !== heading) stop()
  heading = now
}).observe(document.getElementById('app'), { childList: true, subtree: true })
addEventListener('pagehide', stop)
