// Runs after trunk: gives the files that trunk copies names with their content's hash, writes the two small boot files
// (one for the page, one for the scanner's worker), indexes the guides, and puts a brotli sibling beside every text.
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { transformSync } from 'esbuild'
import postcss from 'postcss'

const dist = process.env.TRUNK_STAGING_DIR
const path = (name) => join(dist, name)
const read = (name) => readFileSync(path(name), 'utf8')
const hash = (content) => createHash('sha256').update(content).digest('hex').slice(0, 16)

/** Renames a file so that its name holds its content's hash, in place of trunk's, which is from before our changes. */
function stamp(name) {
  const [, stem, extension] = name.match(/^(.*?)(?:-[0-9a-f]{12,16})?((?:_bg)?\.\w+)$/)
  const stamped = `${stem}-${hash(readFileSync(path(name)))}${extension}`
  renameSync(path(name), path(stamped))
  return stamped
}

/** Writes a file under a name with its content's hash; gives the name. */
function write(stem, extension, content) {
  const name = `${stem}-${hash(content)}.${extension}`
  writeFileSync(path(name), content)
  return name
}

/** A script or style without its white space. */
const small = (text, loader = 'js') => transformSync(text, { loader, minify: true, target: ['chrome90', 'firefox115', 'safari15'] }).code

let html = read('index.html')
const files = readdirSync(dist)
const only = (pattern) => files.find((name) => pattern.test(name)) ?? fail(`no file like ${pattern} in the build`)
function fail(why) { throw new Error(why) }

// --- scripts and styles without their white space ----------------------------------------------------------------------
// Layers came to Chromium with 99: the order of the layers becomes weight of selectors, the same in each sheet. A layer
// outweighs the one before by two ids, since no selector of ours has more than one.
const layers = read(only(/^main-.*\.css$/)).match(/@layer ([^;{]*);/)[1].split(/,\s*/)
const unlayered = {
  postcssPlugin: 'unlayered',
  Once(sheet) {
    sheet.walkAtRules('layer', (layer) => {
      if (!layer.nodes) return void layer.remove()
      const at = layers.indexOf(layer.params)
      if (at < 0) fail(`no layer ${layer.params}`)
      const weight = ':not(#\\#)'.repeat(2 * at)
      layer.walkRules((rule) => {
        if (rule.parent.name?.endsWith('keyframes')) return
        rule.selectors = rule.selectors.map((selector) => {
          // A list in :is() weighs as much as its heaviest.
          if ((selector.replace(/:is\([^)]*#[^)]*\)/g, '#').match(/#/g) ?? []).length > 1) fail(`more than one id in ${selector}`)
          const [, element, pseudo] = selector.match(/^(.*?)(::[\w-]+(?:\([^)]*\))?)?$/s)
          return `${element || '*'}${weight}${pseudo ?? ''}`
        })
      })
      layer.replaceWith(layer.nodes)
    })
  },
}
for (const name of files.filter((name) => name.endsWith('.css'))) {
  writeFileSync(path(name), small(postcss([unlayered]).process(read(name), { from: undefined }).css, 'css'))
}
for (const name of files.filter((name) => name.endsWith('.js'))) writeFileSync(path(name), small(read(name)))

// --- short names between WebAssembly and its script: wasm-bindgen's carry a print each, which is a third of the glue -----
/** Reads a number of WebAssembly's own writing (LEB128) at a place; gives it and the place behind it. */
function number(bytes, at) {
  for (let value = 0, shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    value |= (byte & 127) << shift
    if (byte < 128) return [value, at]
  }
}
function written(value) {
  const bytes = []
  do {
    bytes.push(value > 127 ? value & 127 | 128 : value)
    value >>>= 7
  } while (value)
  return Buffer.from(bytes)
}
/** Renames what a module takes in, in it and in its script, to letters in order. */
function shorten(module, script) {
  const bytes = readFileSync(path(module))
  let text = read(script)
  let at = 8
  while (bytes[at] !== 2) at = number(bytes, at + 1).reduce((size, next) => size + next)
  const [size, begin] = number(bytes, at + 1)
  let [count, place] = number(bytes, begin)
  const parts = [written(count)]
  for (let one = 0; one < count; one += 1) {
    const string = () => {
      const [length, from] = number(bytes, place)
      place = from + length
      return bytes.subarray(from, place)
    }
    const [from, name] = [string(), string().toString()]
    if (bytes[place] !== 0) fail(`${module} takes in more than functions`)
    const [kind, end] = number(bytes, place + 1)
    const short = Buffer.from(`$${one.toString(36)}`)
    const held = new RegExp(`(?<![\\w$])["']?${name.replace(/\$/g, '\\$')}["']?(?=\\s*[:(])`)
    if (!held.test(text)) fail(`${script} does not give ${name}`)
    text = text.replace(held, short.toString().replace('$', '$$$$'))
    parts.push(written(from.length), from, written(short.length), short, Buffer.from([0]), written(kind))
    place = end
  }
  const imports = Buffer.concat(parts)
  writeFileSync(path(module), Buffer.concat([bytes.subarray(0, at + 1), written(imports.length), imports, bytes.subarray(begin + size)]))
  writeFileSync(path(script), text)
}
for (const script of files.filter((name) => name.endsWith('.js') && files.includes(name.replace(/\.js$/, '_bg.wasm')))) {
  shorten(script.replace(/\.js$/, '_bg.wasm'), script)
}

// --- the guides' index: what search needs of all guides, in one small file --------------------------------------------
const guides = readdirSync(path('guides')).filter((name) => /^\d.*\.json$/.test(name)).sort()
  .map((name) => {
    const guide = JSON.parse(read(`guides/${name}`))
    const text = (value) => typeof value === 'string' && value !== ''
    const sound = text(guide.procedure) && name === `${guide.procedure}.json` && text(guide.everydayName) &&
      text(guide.purpose) && Array.isArray(guide.synonyms) && guide.synonyms.every(text)
    return sound ? guide : fail(`guides/${name}: procedure, everydayName, purpose or synonyms are not as docs/guides.md says`)
  })
// Beside them what people say for official words, and the events in life that have a guide: lines of cells, as
// src/catalogue/guide.rs reads them.
const line = (...cells) => cells.map((cell) => [cell ?? []].flat().join('|')).map((cell) =>
  /[\t\n]/.test(cell) ? fail(`a tab or a new line in: ${cell}`) : cell).join('\t')
const sayings = JSON.parse(read('guides/words.json'))
rmSync(path('guides/words.json'))
const events = JSON.parse(read('pictures/events/index.json'))
  .filter(({ picture }) => guides.some(({ lifeEvents }) => lifeEvents?.includes(picture)))
writeFileSync(path('guides/index.txt'), [
  ...guides.map((guide) => line('guide', guide.procedure, guide.everydayName, guide.synonyms, guide.lifeEvents, guide.picture)),
  ...sayings.map(({ official, said }) => line('saying', official, said)),
  ...events.map(({ picture, label }) => line('event', picture, label)),
].join('\n'))
for (const name of readdirSync(path('guides'))) {
  if (name.endsWith('.json')) writeFileSync(path(`guides/${name}`), JSON.stringify(JSON.parse(read(`guides/${name}`))))
}

// Browsers break lines of Khmer between words only where they know the words: marks of no width tell all of them.
const khmer = new Intl.Segmenter('km', { granularity: 'word' })
const breakable = (text) => text.replace(/[\u1780-\u17d3\u17dd]{2,}/g, (run) =>
  [...khmer.segment(run)].map(({ segment }) => segment).join('\u200b'))

// --- the glossary: official terms with their plain meaning, a file a language ------------------------------------------
const glossary = JSON.parse(read('glossary/terms.json'))
rmSync(path('glossary/terms.json'))
for (const language of ['vi', 'en', 'km']) {
  const plain = (text) => language === 'km' ? breakable(text) : text
  writeFileSync(path(`glossary/${language}.json`), JSON.stringify(glossary.map(({ term, also, everyday, ...meaning }) =>
    ({ terms: [term, ...also ?? []], everyday: everyday ?? '', meaning: plain(meaning[language]) }))))
}

// --- the font for Khmer: its letters alone, for systems that have none -----------------------------------------------------
const font = 'tools/node_modules/@fontsource/noto-sans-khmer'
mkdirSync(path('fonts'), { recursive: true })
copyFileSync(`${font}/files/noto-sans-khmer-khmer-400-normal.woff2`, path('fonts/khmer.woff2'))
copyFileSync(`${font}/LICENSE`, path('fonts/OFL.txt'))

// --- the messages: a table a language, parted in three: what the first download can say (their keys stand in its code; of
// keys that are put together, the beginning does), the rest of the journey, and what only desks and kiosks say. With the
// tables of other languages than the guides' own come the guides' texts, under their Vietnamese wording ------------------
const languages = ['vi', 'en', 'km']
const messages = Object.fromEntries(languages.map((language) => [language, JSON.parse(read(`messages/${language}.json`))]))
const inLanguage = (language, table) => language !== 'km' ? table :
  Object.fromEntries(Object.entries(table).map(([key, text]) => [key, breakable(text)]))
const frontCode = readFileSync(path(only(/^mot-cua-[0-9a-f]+_bg\.wasm$/))).toString('latin1')
const roomsCode = readFileSync(path('rooms_bg.wasm')).toString('latin1')
const families = ['field.', 'hint.', 'status.']
const saidBy = (code) => {
  const own = families.filter((family) => code.includes(family))
  return (key) => code.includes(key.split('#')[0]) || own.some((family) => key.startsWith(family))
}
const [isFront, isRooms] = [saidBy(frontCode), saidBy(roomsCode)]
const guideNames = new Set([...guides.map(({ everydayName }) => everydayName), ...events.map(({ label }) => label)])
const tables = Object.fromEntries(languages.map((language) => {
  const said = Object.entries(inLanguage(language, messages[language]))
  const told = language === 'vi' ? [] : Object.entries(inLanguage(language, JSON.parse(read(`guides/${language}.json`))))
  rmSync(path(`messages/${language}.json`))
  rmSync(path(`guides/${language}.json`), { force: true })
  const parts = [
    [...said.filter(([key]) => isFront(key)), ...told.filter(([text]) => guideNames.has(text))],
    [...said.filter(([key]) => !isFront(key) && isRooms(key)), ...told.filter(([text]) => !guideNames.has(text))],
    said.filter(([key]) => !isFront(key) && !isRooms(key) && !isStatic(key)),
  ]
  return [language, parts.map((part) => JSON.stringify(Object.fromEntries(part)))]
}))
// All have one print in their names, so that the page finds another language's table by the name of its own.
const tablesPrint = hash(JSON.stringify(tables))
for (const [at, name] of ['', '-rest', '-counter'].entries()) {
  for (const language of languages) writeFileSync(path(`messages/${language}${name}-${tablesPrint}.json`), tables[language][at])
  html = html.replace(`/messages/vi${name}.json`, `/messages/vi${name}-${tablesPrint}.json`)
}

// --- what is said without a line of WebAssembly: the static page, whose texts are told here by place, and the scripts ------
/** The texts of the static page: where each stands (a selector, and an attribute or its text), and its message. */
function staticTexts() {
  const door = (at, name) => [[`.shell .door:nth-child(${at}) strong`, '', `home.${name}`], [`.shell .door:nth-child(${at}) small`, '', `home.${name}-hint`]]
  return [
    ['.skip', '', 'app.skip'], ['#aids', 'aria-label', 'aids.label'], ['#aids [value=read] :last-child', '', 'aids.read'],
    ['#aids [value=again]', '', 'aids.again'], ['#failure div p', '', 'failure.what'], ['#failure a', '', 'failure.again'],
    ['#failure p:last-child', '', 'failure.call'], ['#old p', '', 'failure.old'], ['.shell h1', '', 'home.title'],
    ['.shell label', '', 'choose.label'], ['.shell form button', '', 'home.search'], ['.shell .doors', 'aria-label', 'home.doors'],
    ...door(1, 'do'), ...door(2, 'follow'), ...door(3, 'feedback'), ['.shell .waiting span', '', 'shell.waiting'], ['.shell .slow', '', 'shell.slow'],
  ]
}
function isStatic(key) {
  return /^(aids|failure|shell|update)\./.test(key)
}
const places = staticTexts()
// The agency's name has its room from the start.
const agency = JSON.parse(readFileSync('public/config.json', 'utf8')).agency.name.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt()};`)
html = html.replace('<span lang="vi"></span>', () => `<span lang="vi">${agency}</span>`)
for (const [selector, , key] of places) {
  if (!html.includes(messages.vi[key])) fail(`index.html does not say ${key} at ${selector} as messages/vi.json does`)
}
const words = (keys) => JSON.stringify(Object.fromEntries(languages.map((language) => {
  const said = inLanguage(language, messages[language])
  return [language, keys.map((key) => said[key] ?? fail(`no ${key} in ${language}`))]
})))

// --- the workers: jobs that come while their WebAssembly loads wait in line. The scanner has two: one
// that uses SIMD and the canvas for workers, and one that needs neither; each browser loads one. ---------------------------------------------------------------------------
const load = (name) => `importScripts('/${stamp(`${name}.js`)}')
  wasm_bindgen({ module_or_path: '/${stamp(`${name}_bg.wasm`)}' }).then(() => {
    for (const data of early) self.dispatchEvent(new MessageEvent('message', { data }))
  })`
const early = `const early = []
self.onmessage = (event) => early.push(event.data)
`
// The module that is asked about holds one function with one instruction of WebAssembly's SIMD (i8x16.splat).
const scanner = write('scanner', 'js', `${early}const simd = () => WebAssembly.validate(new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11]))
if (self.OffscreenCanvas && simd()) {
  ${load('scan-worker')}
} else {
  ${load('scan-worker-alone')}
}
`)
html = html.replace('/scanner.js', `/${scanner}`)
html = html.replace('/code-reader.js', `/${write('code-reader', 'js', `${early}${load('code-worker')}\n`)}`)

// --- the page's boot: an external file, so that the page needs no inline script ---------------------------------------------
const front = [stamp(only(/^mot-cua-[0-9a-f]+\.js$/)), stamp(only(/^mot-cua-[0-9a-f]+_bg\.wasm$/))]
const roomsStyle = only(/^rooms-.*\.css$/)
html = html.replace(new RegExp(`<link[^>]*${roomsStyle}[^>]*>`), '')
const rooms = [stamp('rooms.js'), stamp('rooms_bg.wasm'), stamp(roomsStyle)]
const counterStyle = only(/^counter-.*\.css$/)
html = html.replace(new RegExp(`<link[^>]*${counterStyle}[^>]*>`), '')
const counter = [stamp('counter.js'), stamp('counter_bg.wasm'), rooms[2], stamp(counterStyle)]
const source = (name) => readFileSync(`src/device/${name}`, 'utf8')
const at = (names) => JSON.stringify(names.map((name) => `/${name}`))
// Modules that wait at their top level; browsers without that go without them.
const later = (name, keys = []) => `/${write(name, 'js', transformSync(source(`${name}.js`).replace("'%WORDS%'", words(keys))
  .replace("'%PLACES%'", JSON.stringify(places.map(([selector, attribute]) => [selector, attribute]))), { minify: true }).code)}`
const aids = [later('language', [...places.map(([, , key]) => key), 'aids.offline']), later('read-aloud', ['aids.read', 'aids.stop', 'aids.no-voice'])]
const boot = write('boot', 'js', small(source('boot.js').replace("'%FRONT%'", at(front)).replace("'%ROOMS%'", at(rooms)).replace("'%COUNTER%'", at(counter))
  .replace('%LANGUAGE%', aids[0]).replace('%READ%', aids[1])
  .replace('%UPDATES%', later('updates', ['update.there', 'update.use', 'update.others'])).replace('%LEAVE%', later('leave'))))
for (const [pattern, media] of [[/^main-.*\.css$/, ''], [/^print-.*\.css$/, ' media="print"']]) {
  const style = only(pattern)
  html = html.replace(new RegExp(`<link[^>]*${style}[^>]*>`), `<link rel="stylesheet"${media} href="/${stamp(style)}">`)
}
html = html
  .replace(/<script[\s\S]*?<\/script>/g, '')
  .replace(/<link data-trunk[^>]*>/g, '')
  .replace(/<link rel="(modulepreload|preload)" href="[^"]*mot-cua-[^>]*>/g, '')
  .replace('</head>', `<script type="module" src="/${boot}"></script>\n</head>`)
  .replace('<div id="app">', `<script src="/${write('floor', 'js', transformSync(source('floor.js'), { minify: true, target: 'es5' }).code)}" defer></script>\n<div id="app">`)
  .replace(/\n{2,}/g, '\n')
writeFileSync(path('index.html'), html)

// --- the service worker: what each version is made of. The scanner for old browsers and the code reader are large and
// rarely used; they come when they are asked for, and stay then. -----------------------------------------------------------
const all = readdirSync(dist, { recursive: true }).map((name) => `/${name}`)
  .filter((name) => statSync(path(name)).isFile() && !/\.br$|\/README\.md$|\.d\.ts$|\/icons\/screen-/.test(name)).sort()
const print = (name) => [name, createHash('sha256').update(readFileSync(path(name))).digest('base64')]
const isFirst = (name) => ['/index.html', '/config.json', '/guides/index.txt', `/${boot}`, ...front.map((one) => `/${one}`)].includes(name) ||
  /^\/(messages\/vi-[0-9a-f]+\.json|floor-.*|(main|print)-.*\.css|icon\.svg|pictures\/events\/.*)$/.test(name)
const isLast = (name) => /scan-worker-alone|code-(worker|reader)/.test(name)
// Fonts come where the system has none for a language's letters.
const isCounter = (name) => /^\/(counter[-_]|messages\/vi-counter|fonts\/)/.test(name)
const isSpoken = (language) => (name) => name.startsWith(`/messages/${language}`) || name === `/glossary/${language}.json`
const spoken = languages.map((language) => [language, all.filter((name) => isSpoken(language)(name) && !isFirst(name) && !isCounter(name))])
const others = all.filter((name) => !isFirst(name) && !isCounter(name) && !spoken.some(([, names]) => names.includes(name)))
const rest = [...others.filter((name) => !isLast(name)), ...others.filter(isLast)]
// The configuration is the deployment's, and may be edited after the build.
const lists = [all.filter(isFirst), rest, all.filter(isCounter)].map((names) => names.filter((name) => !['/config.json', '/working-days.json'].includes(name)).map(print))
const spokenPrints = Object.fromEntries(spoken.map(([language, names]) => [language, names.map(print)]))
const worker = source('service-worker.js')
  .replace("'%FIRST%'", JSON.stringify(lists[0])).replace("'%REST%'", JSON.stringify(lists[1]))
  .replace("'%COUNTER%'", JSON.stringify(lists[2])).replace("'%SPOKEN%'", JSON.stringify(spokenPrints))
writeFileSync(path('service-worker.js'), small(worker.replace('%VERSION%', hash(worker))))

if (process.env.TRUNK_PROFILE === 'debug') process.exit()

// --- brotli ---------------------------------------------------------------------------------------------------------
for (const name of readdirSync(dist, { recursive: true })) {
  if (!statSync(path(name)).isFile() || !/\.(html|js|css|json|wasm|svg|webmanifest)$/.test(name)) continue
  const content = readFileSync(path(name))
  const packed = brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  })
  if (packed.length < content.length) writeFileSync(path(`${name}.br`), packed)
  else rmSync(path(`${name}.br`), { force: true })
}
