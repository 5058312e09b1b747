// The search and its peers in one page, over the same documents. Each function is one measurement, called over WebDriver.
import init, { Engine } from '/engine/bench_engine.js'
import MiniSearch from '/peers/minisearch/dist/es/index.js'
import FlexSearch from '/peers/flexsearch/dist/flexsearch.bundle.module.min.mjs'
import Fuse from '/peers/fuse.js/dist/fuse.mjs'
import uFuzzy from '/peers/@leeoniya/ufuzzy/dist/uFuzzy.mjs'

const text = async (url) => (await fetch(url)).text()
/** Accents folded away, for all peers alike. */
const fold = (words) => words.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase()
const words = (of) => fold(of).split(/[^\p{L}\p{N}.]+/u).filter(Boolean)
const accented = (of) => of.normalize('NFC').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(' ')

await init({ module_or_path: '/engine/bench_engine_bg.wasm' })
const wording = await text('/guides/index.txt')
const cells = wording.split('\n').map((line) => line.split('\t'))
const guides = new Map(cells.filter(([kind]) => kind === 'guide').map(([, code, name, synonyms]) => [code, [name, ...synonyms.split('|')]]))
const sayings = cells.filter(([kind]) => kind === 'saying').map(([, official, said]) => ({ official: official.split('|').map(accented), said: said.split('|') }))

/** The documents as every engine gets them: what the guide and the sayings say, the official name with its field, the code. */
function documents(list) {
  return list.split('\n').map((line, id) => {
    const [code, field, name] = line.split('\t')
    const official = ` ${accented(name)} `
    const said = sayings.filter((one) => one.official.every((phrase) => official.includes(` ${phrase} `))).flatMap((one) => one.said)
    return { id, code, name: `${name} ${field}`, everyday: [...(guides.get(code) ?? []), ...said].join(' · ') }
  })
}

const bytes = (of) => new TextEncoder().encode(of).length
const engines = {
  ours: {
    build: (_, list) => new Engine(list, wording),
    find: (index, query) => [...index.find(query, 5)],
    bytes: (index) => index.bytes(),
  },
  minisearch: {
    build(docs) {
      const index = new MiniSearch({ fields: ['everyday', 'name', 'code'], tokenize: words, processTerm: (term) => term, searchOptions: { prefix: (term, at, all) => at === all.length - 1, fuzzy: 0.2, boost: { everyday: 2 } } })
      index.addAll(docs)
      return index
    },
    find: (index, query) => index.search(query).slice(0, 5).map(({ id }) => id),
    bytes: (index) => bytes(JSON.stringify(index)),
  },
  flexsearch: {
    build(docs) {
      const index = new FlexSearch.Document({ tokenize: 'forward', encode: words, document: { id: 'id', index: ['everyday', 'name', 'code'] } })
      docs.forEach((doc) => index.add(doc))
      return index
    },
    find: (index, query) => [...new Set(index.search(query, { limit: 5, suggest: true }).flatMap(({ result }) => result))].slice(0, 5),
    bytes: async (index) => { let sum = 0; await index.export((key, data) => { sum += bytes(data ?? '') }); return sum },
  },
  'fuse.js': {
    build: (docs) => new Fuse(docs.map((doc) => ({ ...doc, name: fold(doc.name), everyday: fold(doc.everyday) })), { keys: [{ name: 'everyday', weight: 2 }, 'name', 'code'], ignoreLocation: true, threshold: 0.4, includeScore: true }),
    find: (index, query) => index.search(fold(query), { limit: 5 }).map(({ refIndex }) => refIndex),
    bytes: (index) => bytes(JSON.stringify(index.getIndex())),
  },
  uFuzzy: {
    build(docs) {
      return { fuzzy: new uFuzzy({ intraMode: 1 }), hay: docs.map((doc) => fold(`${doc.everyday} · ${doc.name} ${doc.code}`)) }
    },
    find({ fuzzy, hay }, query) {
      const [found, info, order] = fuzzy.search(hay, fold(query), 3, 1000)
      if (!found) return []
      return (order ? order.map((at) => info.idx[at]) : found).slice(0, 5)
    },
    bytes: ({ hay }) => bytes(hay.join('\n')),
  },
}

const built = {}
export const bench = {
  /** Builds an engine over a list; the time, and how many bytes the index takes. */
  async build(name, url) {
    const list = await text(url)
    const docs = name === 'ours' ? null : documents(list)
    const start = performance.now()
    built[name] = engines[name].build(docs, list)
    const time = performance.now() - start
    return { time, bytes: await engines[name].bytes(built[name]) }
  },
  /** The first five places for each query. */
  ask: (name, queries) => queries.map((query) => engines[name].find(built[name], query)),
  /** The time of each keystroke while the queries are typed, in milliseconds. */
  type(name, queries) {
    const times = []
    for (const query of queries) {
      const letters = [...query.normalize('NFC')]
      for (let end = 1; end <= letters.length; end++) {
        const typed = letters.slice(0, end).join('')
        const start = performance.now()
        engines[name].find(built[name], typed)
        times.push(performance.now() - start)
      }
    }
    return times
  },
}
window.bench = bench
