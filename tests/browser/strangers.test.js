// The lobby kiosk forgets: strangers use it in turn, each leaves at another moment and in another way, and nothing that they
// typed or photographed is found afterwards, in the browser or on its disk.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Browser, photo } from './support/browser.js'
import { Sandbox } from './support/sandbox.js'

const STRANGERS = Number(process.env.STRANGERS ?? 6)
const SEED = process.env.SEED ?? 'sảnh'
const LEAVINGS = ['idle', 'end', 'crash']

/** A number below `n` that depends on the seed and the names alone. */
const draw = (n, ...names) => createHash('sha256').update([SEED, ...names].join('/')).digest().readUInt32BE(0) % n
/** A word that stands nowhere else. */
const word = (...names) => 'qzx' + createHash('sha256').update([SEED, ...names].join('/')).digest('hex').slice(0, 12).replace(/\d/g, (digit) => 'ghijklmnop'[digit])

/** A photograph with a word in it, as a comment of the JPEG. */
function marked(name, text) {
  const bytes = readFileSync(photo(name))
  const comment = Buffer.from(text)
  return Buffer.concat([bytes.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment, bytes.subarray(2)])
}

/** Where in a folder one of the words lies, as UTF-8 or UTF-16. */
function onDisk(folder, words) {
  const needles = words.flatMap((one) => [Buffer.from(one), Buffer.from(one, 'utf16le')])
  const found = []
  for (const name of readdirSync(folder, { recursive: true })) {
    let bytes
    try {
      if (!statSync(join(folder, name)).isFile()) continue
      bytes = readFileSync(join(folder, name))
    } catch { continue }
    if (needles.some((needle) => bytes.includes(needle))) found.push(name)
  }
  return found
}

/** Everything that the page, its storages, its caches and its history hold, as one text. */
async function within(browser) {
  const held = await browser.driver.executeAsyncScript(`
    const done = arguments[0]
    ;(async () => {
      const parts = [document.documentElement.outerHTML, location.href, document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]
      for (const field of document.querySelectorAll('input, textarea')) parts.push(field.value)
      for (const { name } of await indexedDB.databases()) {
        const store = await new Promise((resolve, reject) => {
          const open = indexedDB.open(name)
          open.onsuccess = () => resolve(open.result)
          open.onerror = () => reject(open.error)
        })
        parts.push(name)
        for (const shelf of store.objectStoreNames) {
          const rows = await new Promise((resolve) => { store.transaction(shelf).objectStore(shelf).getAll().onsuccess = ({ target }) => resolve(target.result) })
          const keys = await new Promise((resolve) => { store.transaction(shelf).objectStore(shelf).getAllKeys().onsuccess = ({ target }) => resolve(target.result) })
          parts.push(JSON.stringify(keys), JSON.stringify(rows, (_, value) => value instanceof ArrayBuffer ? String.fromCharCode(...new Uint8Array(value)) : value))
        }
        store.close()
      }
      for (const name of await caches.keys()) {
        const cache = await caches.open(name)
        for (const request of await cache.keys()) parts.push(request.url, await (await cache.match(request)).text())
      }
      return parts.join('\\n')
    })().then(done, (error) => done('FAILED ' + error))`)
  assert.doesNotMatch(held, /^FAILED/)
  const cookies = await browser.driver.sendAndGetDevToolsCommand('Network.getAllCookies', {})
  const history = await browser.driver.sendAndGetDevToolsCommand('Page.getNavigationHistory', {})
  const tree = await browser.driver.sendAndGetDevToolsCommand('Accessibility.getFullAXTree', {})
  return held + JSON.stringify(cookies) + JSON.stringify(history) + JSON.stringify(tree)
}

/** Time passes for the page, without anyone waiting. */
const pass = (browser, seconds) => browser.driver.executeScript(`
  window.realNow ??= Date.now
  window.ahead = (window.ahead ?? 0) + arguments[0] * 1000
  Date.now = () => window.realNow.call(Date) + window.ahead`, seconds)

const attract = (browser) => browser.see('Mời ông/bà chạm')

/** A stranger's steps; each leaves a word of theirs somewhere. */
function steps(browser, who, folder) {
  return [
    async () => {
      await browser.press('Làm thủ tục')
      await browser.heading('muốn làm việc gì')
      await browser.see('Có 33 thủ tục')
      await browser.type('query', word(who, 'query'))
      await browser.type('query', 'sang ten so do')
      await browser.press('Sang tên sổ đỏ', { within: 'main' })
      await browser.press('Mua bán')
      await browser.press('Chuẩn bị hồ sơ')
      await browser.heading('Chụp giấy tờ')
    },
    async () => {
      const file = join(folder, `${word(who, 'file')}.jpg`)
      writeFileSync(file, marked('phieu.jpg', word(who, 'photo')))
      await browser.press('Phiếu yêu cầu (mẫu 21)')
      await browser.hand('camera', file)
      await browser.find('.page img')
      rmSync(file)
      await browser.press('Xong giấy này')
      await browser.heading('Chụp giấy tờ')
    },
    async () => {
      await browser.press('Tiếp: người nộp')
      await browser.heading('Ai nộp hồ sơ')
      await browser.type('applicant-name', word(who, 'name'))
      await browser.type('applicant-street', word(who, 'street'))
      await browser.press('Tiếp: xem lại').catch(() => {})
    },
    async () => {
      await browser.driver.executeScript(`document.querySelector('.brand').click()`)
      await attract(browser)
      await browser.press('Phản ánh')
      await browser.type('feedback-text', word(who, 'complaint'))
      await browser.type('feedback-name', word(who, 'feedback-name'))
    },
    async () => {
      await browser.driver.executeScript(`document.querySelector('.brand').click()`)
      await attract(browser)
      await browser.press('Tra cứu hồ sơ')
      await browser.type('number', '77')
      await browser.type('fact', word(who, 'fact'))
      await browser.press('Tra cứu', { within: 'main form' })
      await browser.see('không khớp nhau')
    },
  ]
}

test('on a citizen\'s own phone the same search finds what was left: it is no search that cannot fail', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'mot-cua-own-'))
  const sandbox = await Sandbox.start()
  try {
    const browser = await Browser.open(sandbox.url, { profile })
    await browser.go('/phan-anh')
    await browser.heading('Phản ánh')
    await browser.type('feedback-text', word('own', 'complaint'))
    await browser.type('feedback-name', word('own', 'feedback-name'))
    await browser.until(async () => (await within(browser)).includes(word('own', 'feedback-name')), 'it is kept')
    await browser.kill()
    assert.notDeepEqual(onDisk(profile, [word('own', 'complaint')]), [])
  } finally {
    await sandbox.stop()
    rmSync(profile, { recursive: true, force: true })
  }
})

const WORDS = ['query', 'file', 'photo', 'name', 'street', 'complaint', 'feedback-name', 'fact']

test(`${STRANGERS} strangers in turn at the kiosk: each leaves, and nothing of theirs is found`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-strangers-'))
  const profile = mkdtempSync(join(tmpdir(), 'mot-cua-kiosk-'))
  const sandbox = await Sandbox.start()
  const size = { width: 1080, height: 1920, profile }
  let browser = await Browser.open(sandbox.url, size)
  const all = []
  let failed
  try {
    await browser.go('/?mode=kiosk')
    await attract(browser)
    for (let n = 0; n < STRANGERS; n++) {
      const who = `người ${n}`
      const words = WORDS.map((name) => word(who, name))
      all.push(...words)
      browser.expectFailures()
      const plan = steps(browser, who, folder)
      // The first two and the crash's share go all the way; the others leave at some step.
      const count = n < 2 ? plan.length : 1 + draw(plan.length, who, 'steps')
      for (const step of plan.slice(0, count)) await step()
      if (n === 0) {
        const there = await within(browser)
        assert.ok(there.includes(word(who, 'fact')), 'the search sees what is there')
      }
      const leaving = LEAVINGS[n % LEAVINGS.length]
      if (leaving === 'idle') {
        await pass(browser, 61)
        await browser.see('Ông/bà còn ở đây không?')
        if (n === 0) {
          await browser.accessible('the question at the kiosk')
          await browser.picture(new URL('./output/kiosk-con-o-day.png', import.meta.url).pathname)
        }
        // Any number of times a touch goes on.
        if (draw(2, who, 'touch') || n === 0) {
          await browser.press('Làm tiếp')
          await browser.until(async () => (await browser.all('.cover')).length === 0, 'it goes on')
          await pass(browser, 62)
          await browser.see('Ông/bà còn ở đây không?')
        }
        await pass(browser, 21)
      } else if (leaving === 'end') {
        await browser.press('Kết thúc')
        await browser.press('Kết thúc', { within: '.ask' })
      } else {
        await browser.kill()
        await new Promise((resolve) => setTimeout(resolve, 300))
        assert.deepEqual(onDisk(profile, words), [], `${who}: on the disk of the killed browser`)
        browser = await Browser.open(sandbox.url, size)
        await browser.go('/?mode=kiosk')
      }
      await attract(browser)
      await browser.until(async () => (await browser.all('.cover')).length === 0, 'it stands for the next one')
      const left = await within(browser)
      assert.deepEqual(words.filter((one) => left.includes(one)), [], `${who} left (${leaving})`)
      assert.deepEqual(onDisk(profile, words), [], `${who}: on the disk (${leaving})`)
    }
  } catch (error) {
    failed = error
  }
  await browser.driver.quit().catch(() => {})
  // What the browser writes down when it ends.
  const end = onDisk(profile, all)
  await sandbox.stop()
  rmSync(profile, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
  if (failed) throw failed
  assert.deepEqual(end, [], 'on the disk at the end')
})
