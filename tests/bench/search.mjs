// The search beside its peers: hits, keystrokes, index and build time, all in one run, in headless Chromium.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Builder } from 'selenium-webdriver'
import { Options, ServiceBuilder } from 'selenium-webdriver/chrome.js'
import { grown } from './names.mjs'
import { serve } from './server.mjs'

const root = new URL('../../', import.meta.url).pathname
const work = mkdtempSync(join(tmpdir(), 'mot-cua-bench-'))
const queries = JSON.parse(readFileSync(new URL('./queries.json', import.meta.url), 'utf8'))
const rows = []
const row = (...cells) => { rows.push(cells); console.log(cells.join(' | ')) }
const rank = (times, share) => [...times].sort((a, b) => a - b)[Math.floor(times.length * share)]
const us = (ms) => `${(ms * 1000).toFixed(0)} µs`
const kB = (bytes) => `${Math.round(bytes / 1000)} kB`
const peers = ['minisearch', 'flexsearch', 'fuse.js', 'uFuzzy']
/** flexsearch knows no slips of the thumb; speed and size are set against those that do. */
const forgiving = peers.filter((name) => name !== 'flexsearch')

const server = await serve(work)
const profile = mkdtempSync(join(tmpdir(), 'mot-cua-bench-chrome-'))
const options = new Options()
options.setBinaryPath('/usr/bin/chromium')
options.addArguments('--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync', `--user-data-dir=${profile}`)
const driver = await new Builder().forBrowser('chrome').setChromeOptions(options).setChromeService(new ServiceBuilder('/usr/bin/chromedriver')).build()
await driver.manage().setTimeouts({ script: 900_000 })
const ask = async (name, ...args) => {
  const answer = await driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1]
    Promise.resolve().then(() => bench[arguments[0]](...arguments[1])).then((value) => done({ value }), (error) => done({ error: String(error?.stack ?? error) }))`, name, args)
  if (answer.error) throw new Error(`${name}: ${answer.error}`)
  return answer.value
}
async function open() {
  await driver.get(`${server.url}/bench/search.html`)
  for (let n = 0; n < 200 && !await driver.executeScript('return Boolean(window.bench)'); n++) await new Promise((resolve) => setTimeout(resolve, 100))
}

/** Every fifth query is typed letter by letter; fewer into the one peer that needs a quarter of a second for each. */
const typed = queries.filter((_, at) => at % 5 === 0).map(({ query }) => query)
const typedInto = (name) => name === 'fuse.js' ? typed.slice(0, 6) : typed
const failed = []
try {
  for (const count of [463, 6300, 10_000]) {
    const list = grown(count)
    writeFileSync(join(work, `list-${count}.tsv`), list.map((cells) => cells.join('\t')).join('\n'))
    const results = {}
    for (const name of ['ours', ...peers]) {
      await open()
      const { time, bytes } = await ask('build', name, `/scenes/list-${count}.tsv`)
      const found = await ask('ask', name, queries.map(({ query }) => query))
      const hit = (most, which = () => true) => {
        const asked = queries.map((query, at) => [query, found[at]]).filter(([query]) => which(query))
        return 100 * asked.filter(([{ codes }, places]) => places.slice(0, most).some((at) => codes.includes(list[at][0]))).length / asked.length
      }
      await ask('type', name, typed.slice(0, 1)) // warms up
      const times = await ask('type', name, typedInto(name))
      results[name] = { first: hit(1), fifth: hit(5), held: [hit(1, ({ held }) => held), hit(5, ({ held }) => held)], p50: rank(times, 0.5), p95: rank(times, 0.95), bytes, time }
      const { first, fifth, held, p50, p95 } = results[name]
      row(count, name, `${first.toFixed(1)} %`, `${fifth.toFixed(1)} %`, `${held[0].toFixed(1)} / ${held[1].toFixed(1)} %`, us(p50), us(p95), kB(bytes), `${Math.round(time)} ms`)
    }
    const aim = (what, reached) => { if (!reached) failed.push(`${count}: ${what}`) }
    const { ours } = results
    aim('as fast as the fastest at the median', forgiving.every((name) => ours.p50 <= results[name].p50))
    aim('as fast as the fastest at the 95th percentile', forgiving.every((name) => ours.p95 <= results[name].p95))
    aim('hit@1 ≥ 90 %, hit@5 ≥ 98 %', ours.first >= 90 && ours.fifth >= 98)
    aim('above every peer', peers.every((name) => ours.first > results[name].first && ours.fifth > results[name].fifth))
    aim('smaller than the smallest', forgiving.every((name) => ours.bytes < results[name].bytes))
  }
  console.log('— ours as the catalogue grows —')
  for (const count of [100, 300, 1000, 3000, 6300, 10_000]) {
    writeFileSync(join(work, `list-${count}.tsv`), grown(count).map((cells) => cells.join('\t')).join('\n'))
    await open()
    const { time, bytes } = await ask('build', 'ours', `/scenes/list-${count}.tsv`)
    await ask('type', 'ours', typed.slice(0, 3))
    const times = await ask('type', 'ours', typed)
    row(count, 'ours', '', '', '', us(rank(times, 0.5)), us(rank(times, 0.95)), kB(bytes), `${Math.round(time)} ms`)
  }
} finally {
  await driver.quit()
  server.stop()
  for (const folder of [work, profile]) rmSync(folder, { recursive: true, force: true })
}
mkdirSync(join(root, 'target'), { recursive: true })
const head = ['procedures', 'engine', 'hit@1', 'hit@5', 'held-out hit@1 / hit@5', 'keystroke p50', 'p95', 'index', 'build']
writeFileSync(join(root, 'target/bench-search.md'), [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n') + '\n')
for (const one of failed) console.log(`NOT reached: ${one}`)
if (failed.length > 0) process.exitCode = 1
