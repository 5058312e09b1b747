// The scanner beside its peers: one table, all in one run, in headless Chromium. `SCENES` sets how many photographs (240).
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { Builder } from 'selenium-webdriver'
import { Options, ServiceBuilder } from 'selenium-webdriver/chrome.js'
import { serve } from './server.mjs'

const root = new URL('../../', import.meta.url).pathname
const count = Number(process.env.SCENES ?? 240)
const work = mkdtempSync(join(tmpdir(), 'mot-cua-bench-'))
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const ms = (value) => `${Math.round(value)} ms`
const percent = (part, all) => `${(100 * part / all).toFixed(1)} %`
const rows = []
const row = (...cells) => { rows.push(cells); console.log(cells.join(' | ')) }

function scenes(first, count, side, trouble = 'good') {
  execFileSync(join(root, 'target/native/scenes'), [work, String(first), String(count), String(side), trouble])
  return JSON.parse(readFileSync(join(work, `${trouble.replaceAll(' ', '-')}.json`), 'utf8'))
}

const server = await serve(work)
const profile = mkdtempSync(join(tmpdir(), 'mot-cua-bench-chrome-'))
const options = new Options()
options.setBinaryPath('/usr/bin/chromium')
options.addArguments('--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', `--user-data-dir=${profile}`)
const driver = await new Builder().forBrowser('chrome').setChromeOptions(options).setChromeService(new ServiceBuilder('/usr/bin/chromedriver')).build()
await driver.manage().setTimeouts({ script: 600_000 })
async function open() {
  await driver.get(`${server.url}/bench/scanner.html`)
  for (let n = 0; n < 100 && !await driver.executeScript('return Boolean(window.bench)'); n++) await new Promise((resolve) => setTimeout(resolve, 100))
}
const ask = async (name, ...args) => {
  const answer = await driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1]
    bench[arguments[0]](...arguments[1]).then((value) => done({ value }), (error) => done({ error: String(error?.stack ?? error) }))`, name, args)
  if (answer.error) throw new Error(`${name}: ${answer.error}`)
  return answer.value
}

/** Memory of the browser's renderer processes, in megabytes. */
async function memory() {
  const browser = (await driver.getCapabilities()).get('goog:processID')
  const parents = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try { return [[Number(pid), Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1])]] } catch { return [] }
  }))
  const ours = (pid) => { for (let at = pid; at > 1; at = parents.get(at) ?? 0) if (at === browser) return true; return false }
  let sum = 0
  for (const pid of parents.keys()) {
    if (!ours(pid)) continue
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue
      sum += Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
    } catch { /* it ended */ }
  }
  return sum
}

try {
  // --- download -----------------------------------------------------------------------------------------------------
  const packed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
  const dist = readdirSync(join(root, 'dist')).filter((name) => /^(scan-worker-[0-9a-f]+(_bg)?|scanner-[0-9a-f]+)\.(js|wasm)$/.test(name))
  const mine = dist.reduce((sum, name) => sum + packed(readFileSync(join(root, 'dist', name))), 0)
  const peers = ['jscanify.js', 'opencv.js'].reduce((sum, name) => sum + packed(readFileSync(join(root, 'tests/bench/node_modules/jscanify/src', name))), 0)
  row('download, brotli', `${mine} B`, `jscanify + OpenCV.js ${peers} B`, mine <= 80_000 ? 'reached' : 'NOT reached')

  await open()
  if (!await ask('ready')) throw new Error('OpenCV.js did not load')

  // --- corners ------------------------------------------------------------------------------------------------------
  const off = (found, { corners, width, height }) => found === null ? 1 : Math.min(...[0, 1, 2, 3].map((turn) =>
    Math.max(...[0, 1, 2, 3].map((n) => Math.hypot(found[n][0] - corners[(n + turn) % 4][0], found[n][1] - corners[(n + turn) % 4][1]))))) / Math.hypot(width, height)
  const tally = { mine: 0, peer: 0, wrong: 0, sure: 0 }
  const photographs = scenes(0, count, 1600)
  for (const one of photographs) {
    const { mine, sure, peer } = await ask('find', `/scenes/${one.file}`, one.width, one.height)
    if (off(mine, one) <= 0.01) tally.mine++
    if (sure) tally.sure++
    if (sure && off(mine, one) > 0.03) tally.wrong++
    if (off(peer, one) <= 0.01) tally.peer++
  }
  row(`corners within 1 % of the diagonal, ${count} photographs`, percent(tally.mine, count), `jscanify ${percent(tally.peer, count)}`, tally.mine / count >= 0.95 && tally.mine > tally.peer ? 'reached' : 'NOT reached')
  row('another sheet taken for sure', percent(tally.wrong, count), `sure at all ${percent(tally.sure, count)}`, tally.wrong / count <= 0.01 ? 'reached' : 'NOT reached')
  for (const { file } of photographs) rmSync(join(work, file))

  // --- a photograph of 12 megapixels ----------------------------------------------------------------------------------
  const large = scenes(300, 6, 4000)
  const times = { ours: [], peer: [], alone: [] }
  for (let round = 0; round < 4; round++) {
    for (const { file } of large) {
      for (const which of ['ours', 'peer', 'alone']) {
        const [time] = await ask('flatten', `/scenes/${file}`, which)
        // The first round warms up.
        if (round > 0) times[which].push(time)
      }
    }
  }
  const [fast, slow, alone] = [median(times.ours), median(times.peer), median(times.alone)]
  row('12 MP photograph → flat, clean JPEG, median', ms(fast), `jscanify + canvas ${ms(slow)} (${(slow / fast).toFixed(1)} ×)`, slow / fast >= 4 ? 'reached' : 'NOT reached')
  row('the same, decoded and encoded in WebAssembly', ms(alone), `by the browser ${ms(fast)}`, alone > fast ? 'hence the browser’s' : 'the browser’s is slower')

  // --- words --------------------------------------------------------------------------------------------------------------
  const words = (text) => text.normalize('NFC').toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []
  const read = (path) => words(spawnSync('tesseract', [path, '-', '-l', 'vie', '--psm', '3'], { encoding: 'utf8', env: { ...process.env, OMP_THREAD_LIMIT: '2' } }).stdout)
  const right = (found, truth) => {
    const left = new Map()
    for (const word of found) left.set(word, (left.get(word) ?? 0) + 1)
    return truth.filter((word) => { const n = left.get(word) ?? 0; left.set(word, n - 1); return n > 0 }).length
  }
  const sums = { truth: 0, raw: 0, peer: 0, mine: 0 }
  for (const { file, paper } of scenes(400, 12, 3000)) {
    const truth = words(readFileSync(join(root, `tests/papers/${paper}.txt`), 'utf8'))
    const { mine, peer } = await ask('pictures', `/scenes/${file}`)
    sums.truth += truth.length
    sums.raw += right(read(join(work, file)), truth)
    for (const [name, picture] of Object.entries({ mine, peer })) {
      if (!picture) continue
      const path = join(work, `${name}.jpg`)
      writeFileSync(path, picture, 'base64')
      sums[name] += right(read(path), truth)
    }
  }
  row(`words read by Tesseract (vie), 12 photographs, ${sums.truth} words`, percent(sums.mine, sums.truth), `raw photograph ${percent(sums.raw, sums.truth)}, jscanify ${percent(sums.peer, sums.truth)}`, sums.mine > Math.max(sums.raw, sums.peer) ? 'reached' : 'NOT reached')

  // --- ten pages into a PDF --------------------------------------------------------------------------------------------------
  const ten = Array.from({ length: 10 }, (_, n) => `/scenes/${large[n % large.length].file}`)
  const pdf = { mine: [], peer: [] }
  let sizes
  for (let round = 0; round < 6; round++) {
    const result = await ask('pdf', ten)
    if (round > 0) { pdf.mine.push(result.mine); pdf.peer.push(result.peer) }
    sizes = result.sizes
  }
  row('10 pages → PDF, median', ms(median(pdf.mine)), `pdf-lib ${ms(median(pdf.peer))} (${(median(pdf.peer) / median(pdf.mine)).toFixed(1)} ×)`, median(pdf.peer) / median(pdf.mine) >= 3 ? 'reached' : 'NOT reached')
  row('its size', `${sizes[0]} B`, `pdf-lib ${sizes[1]} B`, sizes[0] <= sizes[1] ? 'reached' : 'NOT reached')
  const path = join(work, 'mine.pdf')
  writeFileSync(path, await ask('file', 0), 'base64')
  const qpdf = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' })
  const mutool = spawnSync('mutool', ['draw', '-o', join(work, 'page%d.png'), '-r', '30', path], { encoding: 'utf8' })
  // Debian's mutool is built without colour profiles and says so each time.
  const said = mutool.stderr.replace(/warning: ICC support is not available\n/, '')
  const accepted = { 'qpdf --check': qpdf.status === 0 && !/warning/i.test(qpdf.stdout + qpdf.stderr), mutool: mutool.status === 0 && !/warning|error/i.test(said), 'pdf.js': await ask('reads', 0) === 10 }
  row('it is accepted by', Object.keys(accepted).filter((name) => accepted[name]).join(', '), '', Object.values(accepted).every(Boolean) ? 'reached' : 'NOT reached')

  // --- shrinking to a megabyte -------------------------------------------------------------------------------------------------
  const shrunk = {}
  for (const { file } of large) {
    for (const [name, { time, size, mssim }] of Object.entries(await ask('shrink', `/scenes/${file}`, 1_000_000))) {
      (shrunk[name] ??= []).push({ time, size, mssim })
      if (process.env.DEBUG) console.log(file, name, Math.round(time), size, mssim.toFixed(4))
    }
  }
  const mean = (name, what) => shrunk[name].reduce((sum, one) => sum + one[what], 0) / shrunk[name].length
  const told = (name) => `${ms(median(shrunk[name].map((one) => one.time)))}, SSIM ${mean(name, 'mssim').toFixed(4)}, ${Math.round(mean(name, 'size') / 1000)} kB`
  const others = ['browser-image-compression', 'compressorjs']
  const ahead = others.every((name) => mean('ours', 'mssim') >= mean(name, 'mssim') && median(shrunk.ours.map((one) => one.time)) < median(shrunk[name].map((one) => one.time)))
  row('12 MP photograph → 1 MB', told('ours'), others.map((name) => `${name} ${told(name)}`).join('; '), ahead ? 'reached' : 'NOT reached')

  // --- one to twenty pages -------------------------------------------------------------------------------------------------------
  await open()
  await ask('ready')
  const before = await memory()
  let most = 0
  const watch = setInterval(async () => { most = Math.max(most, await memory()) }, 50)
  const twenty = Array.from({ length: 20 }, (_, n) => `/scenes/${large[n % large.length].file}`)
  const each = await ask('pages', twenty)
  const half = await memory()
  await ask('pages', twenty)
  clearInterval(watch)
  const [early, late] = [median(each.slice(2, 8)), median(each.slice(14))]
  row('a page of 12 MP, as pages grow from 1 to 20', `pages 3–8 ${ms(early)}, pages 15–20 ${ms(late)}`, '', late < early * 1.25 ? 'linear' : 'NOT linear')
  row('memory of the page with its worker', `at most ${Math.round(most - before)} MB more than before`, `after 20 pages ${Math.round(half - before)} MB, after 40 ${Math.round(await memory() - before)} MB`, most - before < 200 ? 'reached' : 'NOT reached')

  mkdirSync(join(root, 'target'), { recursive: true })
  const table = ['| what | ours | against | |', '| --- | --- | --- | --- |', ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n')
  writeFileSync(join(root, 'target/bench-scanner.md'), `${table}\n`)
} finally {
  await driver.quit()
  server.stop()
  for (const folder of [work, profile]) if (existsSync(folder)) rmSync(folder, { recursive: true, force: true })
}
if (rows.some((cells) => /^NOT/.test(cells.at(-1)))) process.exitCode = 1
