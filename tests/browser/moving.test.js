// A draft goes to another device, is locked by a PIN, and everything is forgotten.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Browser, photo } from './support/browser.js'
import { addPapers, chau, draftId, fillPerson, people, send, untilPapers } from './support/journey.js'
import { film } from './support/photographs.js'
import { read } from './support/qr.js'
import { Sandbox } from './support/sandbox.js'
import { scene } from './support/scene.js'

const output = new URL('./output/', import.meta.url).pathname

/** Runs the steps with two devices of one citizen, and the portal. */
async function twoDevices(steps, size) {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-move-'))
  try {
    await scene(async (old, sandbox) => {
      const fresh = await Browser.open(sandbox.url, size?.(folder))
      let failed
      await steps(old, fresh, folder, sandbox).catch((error) => { failed = error })
      await fresh.close().catch((error) => { failed ??= error })
      if (failed) throw failed
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function keep(browser) {
  const draft = await draftId(browser)
  await browser.go(`/ho-so/${draft}/giu`)
  await browser.heading('Giữ hồ sơ nháp')
}

/** The codes on the screen, each read as a camera would. */
async function scanAll(browser) {
  await browser.press('Hiện mã QR')
  await browser.see('Mã 1/')
  const of = Number((await browser.textOf('main')).match(/Mã 1\/(\d+)/)[1])
  // As many pixels as a phone's screen has, and a photograph of it more.
  await browser.driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', { width: 390, height: 844, deviceScaleFactor: 3, mobile: true })
  const shots = []
  for (let n = 1; n <= of; n++) {
    let shot
    await browser.until(async () => {
      shot = await browser.shot('img.qr')
      return (await read(shot)).includes(` ${n}/${of} `)
    }, `code ${n} is on the screen`)
    shots.push(shot)
    if (n < of) await browser.press('Mã sau')
  }
  return shots
}

const value = (browser, id) => browser.driver.executeScript('return document.getElementById(arguments[0])?.value', id)

test('a draft without its papers goes by a chain of codes: photographed in any order, or filmed', () => twoDevices(async (old, fresh, folder) => {
  await untilPapers(old)
  const draft = await draftId(old)
  await addPapers(old, { TP01: 'phieu.jpg' })
  await old.go(`/ho-so/${draft}/nguoi-nop`)
  await old.find('#applicant-ward option')
  await fillPerson(old, 'applicant', chau)
  await keep(old)
  await old.accessible('safe keeping')
  const shots = await scanAll(old)
  await old.accessible('the codes')
  await old.picture(`${output}chuyen-ma-qr.png`)
  console.log(`${shots.length} codes`)

  const paths = shots.map((shot, at) => {
    const path = join(folder, `${at}.png`)
    writeFileSync(path, shot, 'base64')
    return path
  })
  await fresh.go('/')
  await fresh.see('Máy này giữ gì?')
  await fresh.press('Máy này giữ gì?')
  await fresh.press('Nhận hồ sơ từ máy khác')
  await fresh.heading('Nhận hồ sơ từ máy khác')
  await fresh.accessible('receiving')
  await fresh.hand('codes', photo('phieu.jpg'))
  await fresh.see('chưa đọc được mã QR')
  const backwards = [...paths].reverse()
  await fresh.hand('codes', ...backwards.slice(0, 2))
  await fresh.see(`Đã đọc 2/${shots.length} mã`)
  await fresh.hand('codes', ...backwards)
  await fresh.heading('Chụp giấy tờ')
  assert.equal(await draftId(fresh), draft, 'the same draft: sent from both, the portal has it once')
  await fresh.go(`/ho-so/${draft}/nguoi-nop`)
  await fresh.until(async () => await value(fresh, 'applicant-name') === chau.name, 'what was typed is there')
  await fresh.go(`/ho-so/${draft}/giay-to/TP01`)
  await fresh.see('0 trang')

  // What is newer here stays.
  await fresh.go('/nhan-ho-so')
  await fresh.hand('codes', ...paths)
  await fresh.see('Máy này đã có bản mới hơn')
}))

test('the camera reads the chain from the other screen', async () => {
  // Two browsers: the second one's camera sees the first one's codes, one after the other.
  await scene(async (old, sandbox) => {
    const folder = mkdtempSync(join(tmpdir(), 'mot-cua-move-'))
    await untilPapers(old)
    const draft = await draftId(old)
    await keep(old)
    await old.press('Hiện mã QR')
    await old.see('Mã 1/')
    const of = Number((await old.textOf('main')).match(/Mã 1\/(\d+)/)[1])
    const frames = []
    for (let n = 1; n <= of; n++) {
      await old.see(`Mã ${n}/${of}`)
      const path = join(folder, `${n}.jpg`)
      // As a JPEG, drawn by the page's own browser.
      const data = await old.driver.executeAsyncScript(`
        const done = arguments[0], image = document.querySelector('img.qr')
        const draw = () => {
          const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 }), pen = canvas.getContext('2d')
          pen.fillStyle = '#ccc'
          pen.fillRect(0, 0, 1280, 720)
          pen.drawImage(image, 330, 50, 620, 620)
          done(canvas.toDataURL('image/jpeg', 0.9).split(',')[1])
        }
        image.complete ? draw() : image.addEventListener('load', draw)`)
      writeFileSync(path, data, 'base64')
      frames.push(path)
      if (n < of) await old.press('Mã sau')
    }
    const fresh = await Browser.open(sandbox.url, { camera: film(...frames) })
    let failed
    try {
      await fresh.go('/nhan-ho-so')
      await fresh.press('Quét mã QR')
      for (let have = -1, now = 0; now > have || have < 0; ) {
        // Each wait is for one code more; a slow machine reads one in a few seconds.
        have = now
        await fresh.until(async () => {
          if ((await fresh.textOf('h1')).includes('Chụp giấy tờ')) return true
          now = Number((await fresh.textOf('main')).match(/Đã đọc (\d+)/)?.[1] ?? 0)
          return now > have
        }, 'another code is read')
        if ((await fresh.textOf('h1')).includes('Chụp giấy tờ')) break
      }
      await fresh.heading('Chụp giấy tờ')
      assert.equal(await draftId(fresh), draft)
    } catch (error) {
      failed = error
    }
    await fresh.close().catch((error) => { failed ??= error })
    rmSync(folder, { recursive: true, force: true })
    if (failed) throw failed
  })
})

test('a draft with its papers goes as one sealed file; a wrong passphrase, a cut or strange file is told', () => twoDevices(async (old, fresh, folder, sandbox) => {
  await untilPapers(old)
  const draft = await draftId(old)
  await addPapers(old)
  await people(old)
  await keep(old)
  await old.driver.executeScript(`
    const make = URL.createObjectURL
    URL.createObjectURL = (blob) => { window.made = blob; return make(blob) }`)
  await old.press('Tạo tệp')
  await old.find('.words')
  await old.accessible('the passphrase')
  await old.picture(`${output}chuyen-tep.png`)
  const words = await old.textOf('.words')
  assert.equal(words.split(' ').length, 6)
  const base64 = await old.driver.executeAsyncScript(`
    const done = arguments[0]
    window.made.arrayBuffer().then((buffer) => {
      let text = ''
      for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte)
      done(btoa(text))
    })`)
  assert.match(await old.driver.executeScript(`return document.querySelector('a[download]').download`), /^ho-so-mot-cua-\d\d-\d\d-\d{4}\.motcua$/)
  const whole = Buffer.from(base64, 'base64')
  assert.ok(!whole.includes(chau.name) && !whole.includes('JFIF'), 'nothing can be read in it')
  const save = (name, bytes) => { writeFileSync(join(folder, name), bytes); return join(folder, name) }
  const changed = Buffer.from(whole)
  changed[whole.length - 9] ^= 1
  const newer = Buffer.from(whole)
  newer[6] = 9

  await fresh.go('/nhan-ho-so')
  const attempt = async (path, passphrase, says) => {
    await fresh.hand('parcel', path)
    await fresh.type('passphrase', passphrase)
    await fresh.press('Mở tệp')
    await fresh.see(says)
  }
  await fresh.press('Mở tệp')
  await fresh.see('Ông/bà chọn tệp trước')
  const good = save('good.motcua', whole)
  await attempt(good, 'nhà sông lúa xoài ghe chợ', 'Sáu từ chưa đúng')
  await attempt(photo('mot-trang.pdf'), words, 'Đây không phải mã hay tệp hồ sơ')
  await attempt(save('newer.motcua', newer), words, 'bản Một Cửa mới hơn')
  await attempt(save('cut.motcua', whole.subarray(0, whole.length - 1000)), words, 'Tệp bị thiếu phần cuối')
  await attempt(save('changed.motcua', changed), words, 'Hồ sơ chuyển sang bị hỏng')
  await fresh.go('/')
  await fresh.see('Máy này giữ gì?')
  assert.doesNotMatch(await fresh.textOf('main'), /Sang tên/, 'nothing was taken in')

  // Without accents, with capitals: as people type.
  await fresh.go('/nhan-ho-so')
  const plain = words.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd').toUpperCase()
  await attempt(good, ` ${plain.replace(' ', '  ')} `, 'Chụp giấy tờ')
  await fresh.heading('Chụp giấy tờ')
  await fresh.go(`/ho-so/${draft}/giay-to/TP02`)
  await fresh.find('.page .view img')
  await fresh.go(`/ho-so/${draft}/gui`)
  await fresh.heading('Xem lại và gửi')
  await send(fresh)
  await fresh.see('Cơ quan đã nhận 4 tệp')
  // The old device sends it too: the portal has it once.
  await old.go(`/ho-so/${draft}/gui`)
  await old.heading('Xem lại và gửi')
  await send(old)
  const created = (await sandbox.requests()).filter(({ method, path, status }) => method === 'POST' && path === '/o/rest/v2/dossiers' && status === 200)
  assert.ok(created.length <= 2)
  const sent = await old.driver.executeAsyncScript(`fetch('/o/rest/v2/dossiers?start=0&end=50&owner=true', { headers: { groupId: '51801' } }).then((answer) => answer.json()).then(({ data }) => arguments[0](data.filter((one) => one.dossierStatus).length))`)
  assert.equal(sent, 1, 'one dossier')
}))

/** Everything in the store as text, pictures as letters. */
const dump = (browser) => browser.driver.executeAsyncScript(`
  const done = arguments[0], open = indexedDB.open('mot-cua')
  open.onsuccess = async () => {
    const all = [], database = open.result
    for (const shelf of database.objectStoreNames) {
      const store = database.transaction(shelf).objectStore(shelf)
      const rows = await new Promise((resolve) => { store.getAll().onsuccess = (event) => resolve(event.target.result) })
      const letters = (bytes) => Array.from(new Uint8Array(bytes.buffer ?? bytes), (byte) => String.fromCharCode(byte)).join('')
      const flat = (value) => typeof value === 'string' ? value : value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? letters(value)
        : value && typeof value === 'object' ? Object.values(value).map(flat).join(' ') : ''
      all.push(shelf + ': ' + rows.map(flat).join(' '))
    }
    database.close()
    done(all.filter((text) => !text.startsWith('kept')).join(' | '))
  }`)

test('a locked draft cannot be read without its PIN, and is as it was with it', () => scene(async (browser) => {
  await untilPapers(browser)
  const draft = await draftId(browser)
  await addPapers(browser)
  await people(browser)
  assert.ok((await dump(browser)).includes(chau.name) && (await dump(browser)).includes('JFIF'), 'the dump sees what is there')
  await keep(browser)
  await browser.type('pin', '12345')
  await browser.press('Khoá hồ sơ')
  await browser.see('Mã cần ít nhất 6')
  await browser.type('pin', 'mua lua 7')
  await browser.type('pin-again', 'mua lua 8')
  await browser.press('Khoá hồ sơ')
  await browser.see('Hai lần gõ chưa giống nhau')
  await browser.type('pin-again', 'mua lua 7')
  await browser.press('Khoá hồ sơ')
  await browser.see('Hồ sơ này đang có khoá')
  await browser.accessible('a locked draft')
  const sealed = await dump(browser)
  assert.ok(!sealed.includes(chau.name) && !sealed.includes(chau.id) && !sealed.includes('JFIF'), 'nothing of it can be read in the store')

  // Changed while it is open, it stays sealed.
  await browser.go(`/ho-so/${draft}/nguoi-nop`)
  await browser.heading('Hồ sơ này có khoá')
  await browser.accessible('the lock')
  await browser.picture(`${output}co-khoa.png`)
  await browser.type('pin', 'sai het roi')
  await browser.press('Mở hồ sơ')
  await browser.see('Mã không đúng')
  await browser.type('pin', 'mua lua 7')
  await browser.press('Mở hồ sơ')
  await browser.until(async () => await value(browser, 'applicant-name') === chau.name, 'it is open')
  await browser.type('applicant-name', 'Thạch Thị Châu Anh')
  await browser.press('Tiếp: xem lại')
  await browser.heading('Xem lại và gửi')
  assert.ok(!(await dump(browser)).includes('Châu Anh'))
  await browser.reload()
  await browser.heading('Hồ sơ này có khoá')
  await browser.go('/')
  await browser.see('🔒 Sang tên')

  // With the lock taken off, all is there in the open.
  await browser.go(`/ho-so/${draft}/giu`)
  await browser.type('pin', 'mua lua 7')
  await browser.press('Mở hồ sơ')
  await browser.heading('Giữ hồ sơ nháp')
  await browser.press('Bỏ khoá')
  await browser.press('Bỏ khoá', { within: '.ask' })
  await browser.find('#pin-again')
  const open = await dump(browser)
  assert.ok(open.includes('Châu Anh') && open.includes('JFIF'))
  await browser.reload()
  await browser.go(`/ho-so/${draft}/gui`)
  await browser.heading('Xem lại và gửi')
  await send(browser)
}))

test('a copy of a locked dossier has the same lock', () => scene(async (browser) => {
  await untilPapers(browser)
  await addPapers(browser)
  await people(browser)
  await keep(browser)
  await browser.type('pin', 'mua lua 7')
  await browser.type('pin-again', 'mua lua 7')
  await browser.press('Khoá hồ sơ')
  await browser.see('Hồ sơ này đang có khoá')
  await browser.press('Về danh sách giấy tờ')
  await browser.press('Tiếp: người nộp')
  await browser.press('Tiếp: xem lại')
  await browser.heading('Xem lại và gửi')
  await send(browser)
  await browser.press('Theo dõi hồ sơ này')
  await browser.press('Soạn hồ sơ mới từ hồ sơ này')
  await browser.heading('Chụp giấy tờ')
  const kept = await dump(browser)
  assert.ok(!kept.includes(chau.name) && !kept.includes('JFIF'), 'nothing of the copy lies open')
  const copy = await draftId(browser)
  await browser.reload()
  await browser.heading('Hồ sơ này có khoá')
  await browser.type('pin', 'mua lua 7')
  await browser.press('Mở hồ sơ')
  await browser.see('Đã xong 4/4 giấy tờ')
  assert.equal(await draftId(browser), copy)
}))

test('forgetting wipes store, caches and worker, and other pages let go', () => scene(async (browser) => {
  await untilPapers(browser)
  const draft = await draftId(browser)
  await addPapers(browser, { TP01: 'phieu.jpg' })
  const first = await browser.driver.getWindowHandle()
  await browser.driver.switchTo().newWindow('tab')
  await browser.go('/may-nay')
  await browser.see('1 hồ sơ nháp')
  await browser.accessible('what the device holds')
  await browser.picture(`${output}may-nay.png`)
  // Something in each place where a browser keeps things for an origin.
  await browser.driver.executeScript(`return (async () => {
    for (const name of await caches.keys()) await (await caches.open(name)).put('/left', new Response('left'))
    await caches.open('left')
    localStorage.left = sessionStorage.left = 'left'
    await navigator.serviceWorker.register('/service-worker.js', { scope: '/may-nay' })
  })()`)
  await browser.press('Xoá hết')
  await browser.press('Xoá hết', { within: '.ask' })
  await browser.heading('Ông/bà cần làm gì')
  await browser.see('Máy này giữ gì?')
  assert.doesNotMatch(await browser.textOf('main'), /Sang tên/)
  assert.doesNotMatch(await dump(browser), /Sang tên|JFIF/)
  const left = await browser.driver.executeScript(`return (async () => ({
    caches: (await Promise.all((await caches.keys()).map(async (name) => name === 'left' || Boolean(await (await caches.open(name)).match('/left'))))).some(Boolean),
    storage: [localStorage.left, sessionStorage.left].some(Boolean),
    workers: (await navigator.serviceWorker.getRegistrations()).some(({ scope }) => scope.endsWith('/may-nay')),
  }))()`)
  assert.deepEqual(left, { caches: false, storage: false, workers: false })
  await browser.driver.switchTo().window(first)
  await browser.heading('Ông/bà cần làm gì')
  await browser.go(`/ho-so/${draft}/giay-to`)
  await browser.heading('Không thấy hồ sơ nháp')
}))
