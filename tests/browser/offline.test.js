// Without a network: after one visit everything but the sending works, and the outbox empties itself when there is one again.
// New versions, broken ones, and two tabs at once.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Browser, photo } from './support/browser.js'
import { addPapers, an, chau, check, choose, draftId, fillPerson, papers, people, pickCase, signedIn, signIn, tick, untilPapers, untilReview } from './support/journey.js'
import { Sandbox } from './support/sandbox.js'
import { scene } from './support/scene.js'

const submissions = (requests) => requests.filter((one) => one.method === 'POST' && /\/actions$/.test(one.path))
const uploads = (requests) => requests.filter((one) => one.method === 'POST' && /\/files$/.test(one.path))

test('the whole journey without a network from a cold start; then the outbox empties itself', async () => {
  let sandbox = await Sandbox.start()
  const browser = await Browser.open(sandbox.url)
  try {
    // The one visit: the citizen looks at the way in and signs in.
    await browser.go('/')
    await browser.see('Máy này giữ gì?')
    await signedIn(browser)
    await browser.stocked('catalogue', 'wards', 'procedure/1.116501')
    await browser.driver.get('about:blank')
    await sandbox.stop({ keep: true })
    await browser.network(false)

    await choose(browser)
    await browser.see('bản đã lưu')
    await pickCase(browser)
    await check(browser)
    await addPapers(browser)
    await people(browser)
    await browser.press('Gửi hồ sơ')
    await browser.see('Chưa có mạng. Hồ sơ chờ sẵn trong máy')
    // Another cold start in the meantime, at the first screen.
    await browser.go('/')
    await browser.see('Tiếp tục hồ sơ')
    sandbox = await Sandbox.start({ data: sandbox.data, port: Number(new URL(sandbox.url).port) })
    await browser.network(true)
    await browser.until(async () => submissions(await sandbox.requests()).length === 1, 'the outbox sends by itself')
    await browser.go('/')
    await browser.see('Đã gửi')
    await browser.press('Theo dõi hồ sơ này')
    await browser.see('Đã gửi, chờ tiếp nhận')
    await browser.network(false)
    await browser.reload()
    await browser.see('Dưới đây là tình trạng biết được lúc')
    await browser.see('Đã gửi, chờ tiếp nhận')
    await browser.network(true)
    const seen = await sandbox.requests()
    assert.equal(uploads(seen).length, 4, 'each file once')
    assert.equal(seen.filter((one) => one.method === 'POST' && /\/dossiers$/.test(one.path)).length, 1, 'one dossier')
  } finally {
    await browser.close().finally(() => sandbox.stop())
  }
})

test('one look at the first screen is enough: without a network, a procedure is found, its checklist shown and a draft begun', () => scene(async (browser, sandbox) => {
  await browser.go('/')
  await browser.see('Máy này giữ gì?')
  await browser.stocked('catalogue', 'wards', 'procedure/1.116501')
  await browser.driver.get('about:blank')
  await sandbox.stop({ keep: true })
  await browser.network(false)
  await choose(browser)
  await pickCase(browser)
  await check(browser)
}))

test('two tabs send the same dossier, and it arrives once', () => scene(async (browser, sandbox) => {
  await untilReview(browser)
  const draft = await draftId(browser)
  // Signed in, so that both may start at once.
  await signedIn(browser)
  await sandbox.faults({ method: 'POST', path: '/o/rest/v2/dossiers/*/files', kind: 'delay', ms: 700, times: 20 })
  await browser.go(`/ho-so/${draft}/gui`)
  await browser.heading('Xem lại và gửi')
  const first = await browser.driver.getWindowHandle()
  await browser.driver.switchTo().newWindow('tab')
  const second = await browser.driver.getWindowHandle()
  await browser.go(`/ho-so/${draft}/gui`)
  await browser.heading('Xem lại và gửi')
  await browser.press('Gửi hồ sơ')
  await browser.driver.switchTo().window(first)
  await browser.press('Gửi hồ sơ')
  await browser.see('thẻ khác')
  await browser.heading('Đã gửi hồ sơ')
  await browser.driver.switchTo().window(second)
  await browser.heading('Đã gửi hồ sơ')
  const seen = await sandbox.requests()
  assert.deepEqual([submissions(seen).length, uploads(seen).length], [1, 4])
}))

test('two dossiers of one procedure wait together, and each arrives once with its own papers and people', () => scene(async (browser, sandbox) => {
  browser.expectFailures()
  const drafts = []
  for (const person of [an, chau]) {
    if (person === an) {
      await choose(browser)
    } else {
      await browser.go('/thu-tuc/1.116501')
    }
    await pickCase(browser)
    if (person === an) {
      await check(browser)
    } else {
      for (const part of Object.keys(papers)) await tick(browser, part)
      await browser.press('Chuẩn bị hồ sơ')
      await browser.press('Soạn hồ sơ mới')
    }
    await browser.heading('Chụp giấy tờ')
    drafts.push(await draftId(browser))
    await addPapers(browser, person === an ? papers : { ...papers, TP01: 'hop-dong.jpg' })
    await people(browser, person)
  }
  await signedIn(browser)
  // The first is stopped half-way: the portal's unsent dossier is its own.
  await sandbox.faults({ method: 'POST', path: '/o/rest/v2/dossiers/*/files', kind: 'answer', status: 503, skip: 1, times: 1000, headers: { 'Retry-After': '1' } })
  await browser.go(`/ho-so/${drafts[0]}/gui`)
  await browser.press('Gửi hồ sơ')
  await browser.see('Cổng đang bận')
  await browser.press('Dừng gửi')
  await browser.until(async () => !(await browser.textOf('body')).includes('Cổng đang bận'), 'stopped')
  await sandbox.noFaults()
  await browser.go(`/ho-so/${drafts[1]}/gui`)
  await browser.press('Gửi hồ sơ')
  await browser.see('Ông/bà gửi hoặc xoá hồ sơ ấy trước')
  assert.equal(submissions(await sandbox.requests()).length, 0)
  // Both wait: one after the other is sent.
  await browser.network(false)
  for (const draft of drafts) {
    await browser.go(`/ho-so/${draft}/gui`)
    await browser.press('Gửi hồ sơ')
    await browser.see('Hồ sơ chờ sẵn trong máy')
  }
  await browser.network(true)
  await browser.until(async () => submissions(await sandbox.requests()).length === 2, 'both are sent')
  const sizes = []
  const headers = { authorization: `Bearer ${await sandbox.token(chau)}`, groupId: '51801' }
  for (const [n, person] of [an, chau].entries()) {
    await browser.go(`/ho-so/${drafts[n]}/bien-nhan`)
    await browser.heading('Đã gửi hồ sơ')
    await browser.see('Cơ quan đã nhận 4 tệp')
    const ask = async (path) => (await fetch(`${sandbox.url}/o/rest/v2${path}`, { headers })).json()
    const dossier = await browser.driver.executeScript(`return new Promise((resolve) => {
      const open = indexedDB.open('mot-cua')
      open.onsuccess = () => {
        const row = open.result.transaction('drafts').objectStore('drafts').get(arguments[0])
        row.onsuccess = () => { open.result.close(); resolve(JSON.parse(row.result).sending.Sent.dossier) }
      }
    })`, drafts[n])
    assert.equal((await ask(`/dossiers/${dossier}`)).applicantName.toLowerCase(), person.name.toLowerCase())
    sizes.push((await ask(`/dossiers/${dossier}/files`)).data.find((file) => file.dossierPartNo === 'TP01').fileSize)
  }
  assert.notEqual(sizes[0], sizes[1], 'each has its own paper')
}))

test('a draft that is deleted while it waits is not sent, and no other tab brings it back', () => scene(async (browser, sandbox) => {
  await untilReview(browser)
  const draft = await draftId(browser)
  await signedIn(browser)
  await browser.go(`/ho-so/${draft}/nguoi-nop`)
  await browser.find('#applicant-name')
  const first = await browser.driver.getWindowHandle()
  await browser.driver.switchTo().newWindow('tab')
  await browser.network(false)
  await browser.go(`/ho-so/${draft}/gui`)
  await browser.press('Gửi hồ sơ')
  await browser.see('Hồ sơ chờ sẵn trong máy')
  await browser.press('Một Cửa', { within: 'header' })
  await browser.press('Xoá hồ sơ nháp')
  await browser.press('Xoá hồ sơ nháp', { within: '.ask' })
  await browser.until(async () => !(await browser.all('.drafts')).length, 'the list is empty')
  await browser.network(true)
  // The first tab still shows it, and types on.
  await browser.driver.switchTo().window(first)
  await browser.type('applicant-name', 'Người khác')
  await browser.see('Máy này không giữ hồ sơ nháp đó')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  await browser.go('/')
  await browser.see('Máy này giữ gì?')
  assert.equal((await browser.all('.drafts')).length, 0)
  assert.equal(submissions(await sandbox.requests()).length, 0)
}))

test('two tabs work on one draft: what either adds stays, and stop means stop in both', () => scene(async (browser, sandbox) => {
  browser.expectFailures()
  await untilPapers(browser)
  await addPapers(browser, { TP01: 'phieu.jpg' })
  const draft = await draftId(browser)
  await browser.go(`/ho-so/${draft}/nguoi-nop`)
  await browser.find('#applicant-name')
  const first = await browser.driver.getWindowHandle()
  await browser.driver.switchTo().newWindow('tab')
  const second = await browser.driver.getWindowHandle()
  await browser.go(`/ho-so/${draft}/giay-to`)
  await addPapers(browser, { TP02: 'giay-chung-nhan.jpg', TP03: 'hop-dong.jpg', TP06: 'mot-trang.pdf' })
  await browser.driver.switchTo().window(first)
  await fillPerson(browser, 'applicant', chau)
  await browser.press('Của chính tôi')
  await browser.press('Tiếp: xem lại')
  await browser.heading('Xem lại và gửi')
  await browser.reload()
  await browser.see(chau.name)
  await browser.until(async () => !(await browser.textOf('main')).includes('Chưa gửi được'), 'nothing lacks')
  await sandbox.faults({ method: 'POST', path: '/o/rest/v2/dossiers/*/files', kind: 'answer', status: 503, times: 1000, headers: { 'Retry-After': '1' } })
  await browser.press('Gửi hồ sơ')
  await signIn(browser)
  await browser.see('Cổng đang bận')
  await browser.driver.switchTo().window(second)
  await browser.go(`/ho-so/${draft}/gui`)
  await browser.until(async () => /Cổng đang bận|thẻ khác/.test(await browser.textOf('main')), 'this tab would send it, too')
  await browser.driver.switchTo().window(first)
  await browser.press('Dừng gửi')
  await browser.until(async () => !(await browser.textOf('body')).includes('Cổng đang bận'), 'stopped')
  await browser.driver.switchTo().window(second)
  await browser.until(async () => !/Cổng đang bận|thẻ khác/.test(await browser.textOf('main')), 'stopped here, too')
  await sandbox.noFaults()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  assert.equal(submissions(await sandbox.requests()).length, 0)
}))

const contents = (requests) => requests.filter((one) => one.method === 'GET' && /\/files\/[^/]+$/.test(one.path))

test('what the portal holds otherwise than it was sent is taken back and sent anew', () => scene(async (browser, sandbox) => {
  await untilReview(browser)
  // One file comes back with other bytes of the same number: the portal has spoilt it.
  await sandbox.faults({ method: 'GET', path: '/o/rest/v2/dossiers/*/files/*', kind: 'answer', status: 200, contentType: 'image/jpeg', body: 'spoilt', times: 1 })
  await browser.press('Gửi hồ sơ')
  await signIn(browser)
  await browser.heading('Đã gửi hồ sơ')
  const seen = await sandbox.requests()
  assert.equal(uploads(seen).length, 5, 'four files, and one of them again')
  assert.equal(seen.filter((one) => one.method === 'DELETE' && /\/files\//.test(one.path)).length, 1, 'what was spoilt is taken back')
  assert.ok(contents(seen).length >= 5, 'all are read back')
  assert.equal(submissions(seen).length, 1)
}))

test('a network that costs: nothing is read back; with “only Wi-Fi” nothing leaves until there is one, in the middle of it too', () => scene(async (browser, sandbox) => {
  browser.expectFailures()
  await browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
    source: `Object.defineProperty(navigator, 'connection', { value: { get type() { return window.network ?? 'cellular' }, saveData: false } })`,
  })
  const network = (type) => browser.driver.executeScript(`window.network = arguments[0]`, type)
  await untilReview(browser)
  await browser.press('Chỉ gửi khi có Wi-Fi')
  await browser.press('Gửi hồ sơ')
  await browser.see('có Wi-Fi là tự gửi')
  assert.equal(uploads(await sandbox.requests()).length, 0)
  await sandbox.faults({ method: 'POST', path: '/o/rest/v2/dossiers/*/files', kind: 'delay', ms: 1_500, times: 20, skip: 1 })
  await network('wifi')
  await signIn(browser)
  await browser.until(async () => uploads(await sandbox.requests()).length >= 1, 'the first file leaves')
  await network('cellular')
  await browser.see('có Wi-Fi là tự gửi')
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  assert.equal(submissions(await sandbox.requests()).length, 0)
  await sandbox.noFaults()
  // The citizen may change their mind: then it goes on over this network, and no byte is read back.
  await browser.press('Chỉ gửi khi có Wi-Fi')
  await browser.heading('Đã gửi hồ sơ')
  const seen = await sandbox.requests()
  assert.equal(submissions(seen).length, 1)
  assert.equal(contents(seen).length, 0, 'nothing is read back over a network that costs')
}))

test('what is said to be sent goes on after a reload, and stops when the citizen says so', () => scene(async (browser, sandbox) => {
  browser.expectFailures()
  await untilReview(browser)
  await sandbox.faults({ method: 'POST', path: '/o/rest/v2/dossiers/*/files', kind: 'answer', status: 503, skip: 1, times: 1000, headers: { 'Retry-After': '1' } })
  await browser.press('Gửi hồ sơ')
  await signIn(browser)
  await browser.see('Cổng đang bận')
  await browser.reload()
  await browser.see('Cổng đang bận')
  await browser.press('Dừng gửi')
  await browser.until(async () => !(await browser.textOf('body')).includes('Cổng đang bận'), 'stopped')
  await browser.reload()
  await browser.heading('Xem lại và gửi')
  await sandbox.noFaults()
  const before = uploads(await sandbox.requests()).length
  await browser.press('Gửi hồ sơ')
  await browser.heading('Đã gửi hồ sơ')
  assert.equal(uploads(await sandbox.requests()).length - before, 3, 'the file that had arrived did not leave again')
}))

test('what was begun and stopped is taken back from the portal, and may be sent anew', () => scene(async (browser, sandbox) => {
  browser.expectFailures()
  await untilReview(browser)
  await sandbox.faults({ method: 'POST', path: '/o/rest/v2/dossiers/*/files', kind: 'answer', status: 503, skip: 2, times: 1000, headers: { 'Retry-After': '1' } })
  await browser.press('Gửi hồ sơ')
  await signIn(browser)
  await browser.see('Cổng đang bận')
  await browser.press('Dừng gửi')
  await browser.press('Huỷ, lấy lại giấy ở cổng')
  await browser.accessible('taking back')
  await browser.press('Huỷ, lấy lại giấy ở cổng', { within: '.ask' })
  await browser.see('Đã huỷ. Cổng không còn giữ gì của hồ sơ này.')
  await sandbox.noFaults()
  const headers = { authorization: `Bearer ${await sandbox.token(chau)}`, groupId: '51801' }
  const held = async () => (await (await fetch(`${sandbox.url}/o/rest/v2/dossiers?start=0&end=9&owner=true`, { headers })).json()).data ?? []
  assert.deepEqual(await held(), [])
  await browser.press('Gửi hồ sơ')
  await browser.heading('Đã gửi hồ sơ')
  assert.equal((await held()).length, 1)
  assert.equal(uploads((await sandbox.requests())).filter(({ status }) => status === 200).length, 2 + 4)
}))

/** Makes a new version of the built app: one file is another, and the list says so unless half of it is missing. */
function newVersion(app, { half = false, broken = false } = {}) {
  const worker = readFileSync(join(app, 'service-worker.js'), 'utf8')
  const print = (bytes) => createHash('sha256').update(bytes).digest('base64')
  const name = 'index.html'
  const path = join(app, name)
  const old = readFileSync(path)
  // A version that cannot start has no words.
  const fresh = broken ? Buffer.from(old.toString().replace('/messages/vi-', '/messages/none-')) : Buffer.concat([old, Buffer.from(`<!-- ${Date.now()} -->\n`)])
  assert.ok(worker.includes(print(old)), `the list has ${name}`)
  writeFileSync(join(app, 'service-worker.js'), worker.replace(print(old), print(fresh)).replace(/[0-9a-f]{16}(?="|')/, `${Date.now()}`.padStart(16, '0').slice(-16)))
  if (!half) writeFileSync(path, fresh)
  for (const one of [name, 'service-worker.js']) rmSync(join(app, `${one}.br`), { force: true })
  return {
    mend() {
      writeFileSync(path, broken ? old : fresh)
      if (broken) writeFileSync(join(app, 'service-worker.js'), worker)
    },
  }
}

const update = (browser) => browser.driver.executeScript(`return navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => true, () => false)`)
const caches = (browser) => browser.driver.executeScript('return caches.keys()')
const waits = (browser) => browser.driver.executeScript('return navigator.serviceWorker.getRegistration().then((one) => Boolean(one.waiting))')

test('a new version waits until the journey is over; half a deployment is not taken; a broken one is left behind', async () => {
  const app = mkdtempSync(join(tmpdir(), 'mot-cua-app-'))
  cpSync(new URL('../../dist', import.meta.url).pathname, app, { recursive: true })
  const sandbox = await Sandbox.start({ app })
  const browser = await Browser.open(sandbox.url)
  browser.expectFailures()
  browser.expected.push(/integrity/, /service-worker/i)
  try {
    await untilPapers(browser)
    const draft = await draftId(browser)
    await browser.until(async () => (await caches(browser)).length === 1, 'the first version is kept')
    await browser.reload()
    await browser.heading('Chụp giấy tờ')
    const [old] = await caches(browser)

    const half = newVersion(app, { half: true })
    await update(browser)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    assert.equal(await waits(browser), false, 'half of a version is none')
    half.mend()
    await update(browser)
    await browser.until(() => waits(browser), 'the new version waits')
    assert.equal((await browser.all('#update')).length, 0, 'nothing is said in the middle of the journey')
    await browser.reload()
    await browser.heading('Chụp giấy tờ')
    assert.ok((await caches(browser)).includes(old), 'the old version serves the journey to its end')

    const first = await browser.driver.getWindowHandle()
    await browser.driver.switchTo().newWindow('tab')
    await browser.go('/')
    await browser.press('Dùng bản mới')
    await browser.see('đóng các thẻ Một Cửa khác')
    await browser.driver.close()
    await browser.driver.switchTo().window(first)
    await browser.go('/')
    await browser.press('Dùng bản mới')
    await browser.until(async () => !(await caches(browser)).includes(old), 'the new version took over')
    await browser.heading('Ông/bà cần làm gì')
    assert.equal((await browser.all('#update')).length, 0)
    await browser.press('Tiếp tục hồ sơ')
    await browser.heading('Chụp giấy tờ')
    assert.equal(await draftId(browser), draft)

    // A version whose start fails: the page says so, and its button leads out once the office has mended it.
    const broken = newVersion(app, { broken: true })
    await browser.go('/')
    await update(browser)
    await browser.press('Dùng bản mới')
    await browser.see('Trang này gặp lỗi')
    await browser.see('vẫn còn trên máy')
    browser.expected.push(/message table/, /unreachable/)
    broken.mend()
    newVersion(app)
    await browser.press('Tải lại trang')
    await browser.heading('Ông/bà cần làm gì')
    await browser.press('Tiếp tục hồ sơ')
    await browser.heading('Chụp giấy tờ')
  } finally {
    await browser.close().finally(() => sandbox.stop())
    rmSync(app, { recursive: true, force: true })
  }
})

test('little room is told at the start, before anything is begun', () => scene(async (browser) => {
  // As a nearly full phone answers.
  const { identifier } = await browser.driver.sendAndGetDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
    source: `StorageManager.prototype.estimate = async () => ({ quota: 21e6, usage: 1e6 })`,
  })
  await browser.go('/')
  await browser.see('Máy chỉ còn khoảng 20 MB')
  await browser.accessible('little room')
  await browser.go('/thu-tuc/1.116501')
  await browser.press('Mua bán')
  await browser.see('Máy chỉ còn khoảng 20 MB')
  await browser.driver.sendDevToolsCommand('Page.removeScriptToEvaluateOnNewDocument', { identifier })
  await browser.go('/')
  await browser.see('Máy này giữ gì?')
  await new Promise((resolve) => setTimeout(resolve, 500))
  assert.doesNotMatch(await browser.textOf('main'), /Máy chỉ còn/)
}))

test('a private window is told at the start, where the browser lets it be seen', () => scene(async (browser) => {
  // As Firefox and WebKit answer in private windows.
  await browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
    source: `StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('', 'SecurityError'))`,
  })
  await browser.go('/')
  await browser.see('Ông/bà đang mở cửa sổ riêng tư')
  await browser.accessible('a private window')
}))

test('a private window of Firefox is told at the start, and a common one has nothing to be told', async () => {
  for (const isPrivate of [true, false]) {
    await scene(async (browser) => {
      await browser.go('/')
      await browser.see('Máy này giữ gì?')
      if (isPrivate) return browser.see('Ông/bà đang mở cửa sổ riêng tư')
      await new Promise((resolve) => setTimeout(resolve, 2_000))
      assert.doesNotMatch(await browser.textOf('body'), /cửa sổ riêng tư/)
    }, { browser: 'firefox', isPrivate })
  }
})

test('the browser\'s share of the disk is full: told at once, what was there stays, and what was refused is taken later', async () => {
  const sandbox = await Sandbox.start()
  const profile = mkdtempSync(join(tmpdir(), 'mot-cua-full-'))
  let browser = await Browser.open(sandbox.url, { profile })
  // A browser looks how much room there is when it opens a store, and trusts that for a while: so it is started anew each time.
  const again = async (bytes) => {
    await browser.driver.quit()
    browser = await Browser.open(sandbox.url, { profile })
    if (bytes) await browser.driver.sendDevToolsCommand('Storage.overrideQuotaForOrigin', { origin: sandbox.url, quotaSize: bytes })
    await browser.go(page)
    await browser.find('.page img')
  }
  let page
  try {
    await untilPapers(browser)
    page = (await browser.path()).replace('/giay-to', '/giay-to/TP01')
    await browser.go(page)
    await browser.hand('camera', photo('phieu.jpg'))
    await browser.find('.page img')
    await again(1)
    await browser.hand('camera', photo('giay-chung-nhan.jpg'))
    await browser.see('Bộ nhớ máy đã đầy')
    assert.equal((await browser.all('.page')).length, 1)
    await browser.reload()
    await browser.until(async () => (await browser.all('.page img')).length === 1, 'what was saved before is there')
    await again()
    await browser.hand('camera', photo('giay-chung-nhan.jpg'))
    await browser.until(async () => (await browser.all('.page img')).length === 2, 'taken')
  } finally {
    await browser.close().finally(() => sandbox.stop())
  }
})

test('storage that fails late or is blocked is told at once', () => scene(async (browser) => {
  browser.expectFailures()
  await choose(browser)
  await pickCase(browser)
  // A tick that the device does not keep is shown with that word.
  await browser.driver.executeScript(`
    window.put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }`)
  await tick(browser, 'TP01')
  await browser.see('Bộ nhớ máy đã đầy')
  await browser.driver.executeScript('IDBObjectStore.prototype.put = window.put')
  await check(browser)
  await browser.go((await browser.path()).replace('/giay-to', '/giay-to/TP01'))
  await browser.find('#camera')
  const kept = 0
  // As a browser does that takes everything first, and finds at the end that it cannot write it down.
  await browser.driver.executeScript(`
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (...given) {
      const asked = put.apply(this, given)
      asked.addEventListener('success', () => this.transaction.abort())
      return asked
    }`)
  await browser.hand('camera', photo('phieu.jpg'))
  await browser.see('Bộ nhớ máy đã đầy')
  await browser.reload()
  await browser.until(async () => (await browser.all('.page')).length === kept, 'nothing is shown that was not written down')
  await browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
    source: `IDBFactory.prototype.open = () => { throw new DOMException('blocked', 'SecurityError') }`,
  })
  await browser.go('/')
  await browser.see('không cho lưu')
}))
