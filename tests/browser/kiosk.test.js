// The lobby kiosk: every screen in each size, its keyboard, its walls, its lock, the staff's page; and an outage of the portal.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Browser, photo } from './support/browser.js'
import { chau, draftId, fillPerson, openPaper, papers, signIn, tick } from './support/journey.js'
import { read } from './support/qr.js'
import { Sandbox } from './support/sandbox.js'
import { scene } from './support/scene.js'
import { bring } from './support/screen-reader.js'
import { said, voices } from './support/voices.js'

const root = new URL('../../', import.meta.url).pathname
const output = new URL('./output/', import.meta.url).pathname
const portrait = { width: 1080, height: 1920 }

/** The kiosk's first screen. */
async function begin(browser) {
  await browser.go('/?mode=kiosk')
  await browser.see('Mời ông/bà chạm')
}

/** A sandbox whose app has another configuration. */
async function configured(change, steps) {
  const app = mkdtempSync(join(tmpdir(), 'mot-cua-config-'))
  cpSync(join(root, 'dist'), app, { recursive: true })
  rmSync(join(app, 'config.json.br'), { force: true })
  const config = JSON.parse(readFileSync(join(app, 'config.json')))
  change(config)
  writeFileSync(join(app, 'config.json'), JSON.stringify(config))
  const sandbox = await Sandbox.start({ app })
  const browser = await Browser.open(sandbox.url, portrait)
  let failed
  await steps(browser, sandbox).catch((error) => { failed = error })
  await browser.close().catch((error) => { failed ??= error })
  await sandbox.stop()
  rmSync(app, { recursive: true, force: true })
  if (failed) throw failed
}

/** Every target is large enough, and the way on is in sight without scrolling. */
async function fits(browser, where) {
  const small = await browser.driver.executeScript(`
    return [...document.querySelectorAll('button, a.button, a.door, a.choice, select, input:not([type=radio]):not([type=checkbox]):not([type=file]), summary, label.tick, label.picker')]
      .filter((one) => one.checkVisibility() && one.getClientRects().length && !one.closest('.skip'))
      .map((one) => [one.innerText || one.id, one.getBoundingClientRect().height, one.getBoundingClientRect().width])
      .filter(([, height, width]) => height < 63.5 || width < 63.5)`)
  assert.deepEqual(small, [], `${where}: targets of 64 px`)
  const wide = await browser.driver.executeScript('return document.documentElement.scrollWidth - innerWidth')
  assert.ok(wide <= 0, `${where}: nothing sideways`)
}

for (const [width, height] of [[1080, 1920], [1920, 1080], [3840, 2160]]) {
  test(`the journey at ${width} × ${height}: each screen is accessible, large enough, and says nothing of keeping`, () => scene(async (browser) => {
    const shown = async (name) => {
      await browser.accessible(`${name} at ${width}`)
      await fits(browser, `${name} at ${width}`)
      await browser.picture(`${output}kiosk-${name}-${width}.png`)
    }
    await begin(browser)
    await shown('dau')
    await browser.press('Làm thủ tục')
    await browser.see('Có 33 thủ tục')
    await shown('chon')
    await browser.press('Mua bán đất')
    await browser.press('Sang tên sổ đỏ', { within: 'main' })
    await shown('truong-hop')
    await browser.press('Mua bán')
    await browser.heading('Giấy tờ cần có')
    await shown('giay-to')
    assert.ok(await browser.driver.executeScript(`const on = [...document.querySelectorAll('.foot .button')].at(-1).getBoundingClientRect(); return on.bottom <= innerHeight`), 'the way on is in sight')
    await browser.press('Chuẩn bị hồ sơ')
    await browser.heading('Chụp giấy tờ')
    await browser.see('Máy này không giữ lại gì')
    await shown('ho-so')
    const draft = await draftId(browser)
    await browser.press('Phiếu yêu cầu (mẫu 21)')
    await browser.hand('camera', photo('phieu.jpg'))
    await browser.find('.page img')
    await shown('trang')
    await browser.press('Xong giấy này')
    await browser.press('Tiếp: người nộp')
    await fillPerson(browser, 'applicant', chau)
    await browser.driver.executeScript('document.activeElement.blur()')
    await browser.press('Bàn phím')
    await shown('nguoi-nop')
    await browser.press('Của chính tôi')
    await browser.press('Tiếp: xem lại')
    await browser.heading('Xem lại và gửi')
    await shown('xem-lai')
    await browser.press('Khoá, chuyển')
    await browser.heading('Giữ hồ sơ nháp')
    assert.equal((await browser.all('#pin')).length, 0, 'nothing to lock where nothing stays')
    await shown('mang-ve')
    await browser.press('Quay lại', { within: '.bar-kiosk' })
    await browser.heading('Xem lại và gửi')
    assert.equal(await draftId(browser), draft)
    assert.equal(await browser.driver.executeScript('return history.length'), 2, 'the browser has no history of it')
    await browser.press('Kết thúc')
    await browser.press('Kết thúc', { within: '.ask' })
    await browser.see('Mời ông/bà chạm')
  }, { width, height }))
}

test('the keyboard on the screen: accents by tapping, Telex and VNI, numbers, procedures, the next field', () => scene(async (browser) => {
  await begin(browser)
  const key = (label) => browser.driver.executeScript(`
    const found = [...document.querySelectorAll('.keyboard .key')].find((one) => (one.getAttribute('aria-label') ?? one.innerText).replace(/^.: /, '').startsWith(arguments[0]) || one.innerText === arguments[0])
    if (!found) throw new Error('no key ' + arguments[0])
    found.click()`, label)
  const keys = async (text) => { for (const letter of text) await key(letter === ' ' ? 'Dấu cách' : letter) }
  const value = (id) => browser.driver.executeScript('return document.getElementById(arguments[0]).value', id)
  await browser.press('Làm thủ tục')
  await browser.see('Có 33 thủ tục')
  await (await browser.find('#query')).click()
  await browser.find('.keyboard:not([hidden])')
  await browser.accessible('the keyboard')
  await fits(browser, 'the keyboard')
  await browser.picture(`${output}kiosk-ban-phim.png`)
  await keys('thua')
  await key('Dấu móc')
  await key('Dấu huyền')
  await keys(' ke')
  await key('Dấu mũ')
  await key('Dấu sắc')
  assert.equal(await value('query'), 'thừa kế')
  await browser.until(async () => (await browser.all('.suggestions .key')).length > 0, 'procedures are offered')
  await browser.driver.executeScript(`document.querySelector('.suggestions .key').click()`)
  assert.ok((await value('query')).length > 10, 'a procedure is taken over')
  await begin(browser)
  await browser.press('Phản ánh')
  await (await browser.find('#feedback-text')).click()
  await key('Cách gõ dấu')
  await keys('giaays ddaats')
  assert.equal(await value('feedback-text'), 'giấy đất')
  await key('Cách gõ dấu')
  await key('Dấu cách')
  await keys('so63')
  assert.equal(await value('feedback-text'), 'giấy đất sổ')
  await key('Xoá chữ')
  assert.equal(await value('feedback-text'), 'giấy đất s')
  await (await browser.find('#feedback-phone')).click()
  await keys('0912')
  assert.equal(await value('feedback-phone'), '0912')
  const covered = await browser.driver.executeScript(`
    return document.getElementById('feedback-phone').getBoundingClientRect().bottom - document.querySelector('.keyboard').getBoundingClientRect().top`)
  assert.ok(covered <= 0, `the field is in sight above the keys, not ${covered} below their edge`)
  // A keyboard with keys goes on working.
  await (await browser.find('#feedback-name')).sendKeys('An')
  assert.equal(await value('feedback-name'), 'An')
}, portrait))

test('by a screen reader: each key has a name, what it put is said, a password is not', () => scene(async (browser) => {
  await begin(browser)
  await browser.press('Tra cứu hồ sơ')
  await browser.press('Xem hồ sơ của tôi')
  await bring(browser)
  /** Lets the reader find the keys by their names, from the field on, and press them; gives all that it said. */
  const typed = (id, names) => browser.driver.executeAsyncScript(`
    const [id, names, done] = arguments
    ;(async () => {
      document.getElementById(id).focus()
      await new Promise((resolve) => setTimeout(resolve, 300))
      await reader.start({ container: document.body })
      for (const name of names) {
        for (let step = 0; await reader.lastSpokenPhrase() !== 'button, ' + name; step += 1) {
          if (step > 900) throw new Error('no key ' + name)
          await reader.next()
        }
        await reader.act()
        await new Promise((resolve) => setTimeout(resolve, 80))
      }
      const log = await reader.spokenPhraseLog()
      await reader.stop()
      return log
    })().then(done, (error) => done(['failed: ' + error]))`, id, names)
  const heard = (log) => log.filter((line) => line.startsWith('polite: ')).map((line) => line.slice(8).trim())
  const value = (id) => browser.driver.executeScript('return document.getElementById(arguments[0]).value', id)
  const secret = await typed('password', ['a', 'b', 'b'])
  assert.equal(await value('password'), 'abb')
  assert.deepEqual(heard(secret), ['Đã gõ một ký tự', 'Đã gõ một ký tự', 'Đã gõ một ký tự'])
  await begin(browser)
  await browser.press('Phản ánh')
  await browser.find('#feedback-text')
  await bring(browser)
  const text = await typed('feedback-text', ['d', 'a', 'â: Dấu mũ', 'á: Dấu sắc', 't', 't', 'Dấu cách', 'Xoá chữ', 'Xoá chữ'])
  assert.equal(await value('feedback-text'), 'dất')
  assert.deepEqual(heard(text), ['d', 'a', 'â', 'ấ', 't', 't', 'Dấu cách', 'Đã xoá', 'Đã xoá t'])
}, portrait))

test('heard: the screens are read aloud, and the question whether anyone is there has a sound and a voice', () => scene(async (browser) => {
  await voices(browser, ['vi-VN', 'en-GB', 'km-KH'], 15)
  await browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', { source: `
    window.tones = []
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (when) { tones.push([this.frequency.value, this.context.state]); return start.call(this, when) }` })
  await begin(browser)
  const aloud = () => browser.driver.executeScript(`document.querySelector('#aids [value=read]').click()`)
  const texts = async () => (await said(browser)).map(([, text]) => text).join(' ')
  for (const [next, words] of [[null, 'Mời ông/bà chạm'], ['Làm thủ tục', 'Ông/bà muốn làm việc gì'], ['Quay lại', 'Mời ông/bà chạm']]) {
    if (next) await browser.press(next)
    await browser.driver.executeScript('said.length = 0')
    await aloud()
    await browser.until(async () => (await texts()).includes(words), `“${words}” is read`)
    await browser.driver.executeScript(`document.querySelector('#aids [value=again]').click()`)
    await aloud()
    await browser.until(async () => !(await browser.textOf('#aids')).includes('Dừng đọc'), 'stopped')
  }
  await browser.press('Làm thủ tục')
  await browser.see('Có 33 thủ tục')
  for (const [language, voice, title] of [['vi', 'vi-VN', 'Ông/bà còn ở đây không?'], ['km', 'km-KH', null]]) {
    await browser.driver.executeScript(`document.querySelector('#aids [value=' + arguments[0] + ']').click()`, language)
    await browser.until(() => browser.driver.executeScript('return document.documentElement.lang === arguments[0]', language), language)
    await browser.driver.executeScript('said.length = 0; tones.length = 0')
    await browser.pass(61)
    await browser.until(async () => (await browser.all('.cover .ring')).length === 1, 'the question')
    await browser.until(async () => (await said(browser)).length > 0, 'its voice')
    const [spoken, text] = (await said(browser))[0]
    assert.equal(spoken, voice)
    if (title) assert.ok(text.startsWith(title), text)
    assert.deepEqual((await browser.driver.executeScript('return tones')).map(([pitch, state]) => [Math.round(pitch), state]), [[660, 'running'], [880, 'running']])
    await (await browser.find('.cover button')).click()
    await browser.until(async () => (await browser.all('.cover')).length === 0, 'it goes on')
  }
}, portrait))

test('nothing leads out: links, menus, keys, windows, downloads; a paper is shown inside', () => scene(async (browser) => {
  await begin(browser)
  await browser.press('Làm thủ tục')
  await browser.see('Có 33 thủ tục')
  const windows = (await browser.driver.getAllWindowHandles()).length
  const tried = await browser.driver.executeScript(`
    const prevented = (event) => !dispatchEvent(event)
    const key = (name, more) => prevented(new KeyboardEvent('keydown', { key: name, cancelable: true, bubbles: true, ...more }))
    const link = (attributes) => {
      const one = Object.assign(document.createElement('a'), attributes)
      document.querySelector('main').append(one)
      const event = new MouseEvent('click', { cancelable: true, bubbles: true })
      const stopped = !one.dispatchEvent(event)
      one.remove()
      return stopped
    }
    return {
      menu: prevented(new Event('contextmenu', { cancelable: true })), copy: prevented(new Event('copy', { cancelable: true })),
      drop: prevented(new Event('drop', { cancelable: true })), F12: key('F12'), F5: key('F5'), back: key('BrowserBack'),
      newWindow: key('n', { ctrlKey: true }), print: key('p', { ctrlKey: true }), alt: key('ArrowLeft', { altKey: true }),
      wheel: prevented(new WheelEvent('wheel', { ctrlKey: true, cancelable: true })),
      outside: link({ href: 'https://example.vn/' }), telephone: link({ href: 'tel:1022' }), mail: link({ href: 'mailto:a@b.vn' }),
      blank: link({ href: '/thu-tuc', target: '_blank' }), download: link({ href: '/icon.svg', download: 'x' }), script: link({ href: 'javascript:alert(1)' }),
      typing: !key('a'), selection: getComputedStyle(document.querySelector('main p')).userSelect,
    }`)
  const { selection, ...all } = tried
  assert.deepEqual(Object.entries(all).filter(([, held]) => !held).map(([name]) => name), [])
  assert.equal(selection, 'none')
  assert.equal((await browser.driver.getAllWindowHandles()).length, windows)
  // A PDF is looked at inside the page.
  await browser.press('Mua bán đất')
  await browser.press('Sang tên sổ đỏ', { within: 'main' })
  await browser.press('Mua bán')
  await browser.press('Chuẩn bị hồ sơ')
  await browser.heading('Chụp giấy tờ')
  await browser.press('Phiếu yêu cầu (mẫu 21)')
  await browser.hand('files', photo('mot-trang.pdf'))
  await browser.press('Mở xem tệp PDF')
  await browser.find('.viewer iframe')
  assert.equal((await browser.all('a[href^="http"]:not([href^="' + browser.url + '"])')).length, 0)
  await browser.press('Đóng lại')
  await browser.until(async () => (await browser.all('.viewer')).length === 0, 'it is closed')
  assert.equal((await browser.driver.getAllWindowHandles()).length, windows)
}, portrait))

test('what cannot be wiped locks the kiosk, over a restart too, until it can', () => scene(async (browser, sandbox) => {
  await begin(browser)
  await browser.press('Tra cứu hồ sơ')
  await browser.press('Xem hồ sơ của tôi')
  await signIn(browser)
  await browser.until(async () => (await browser.all('#email')).length === 0, 'signed in')
  // The portal cannot be told that the session is over.
  browser.expectFailures()
  await sandbox.faults({ method: 'POST', path: '/o/v1/opencps/logout', times: 99, kind: 'drop-before' })
  await browser.press('Kết thúc')
  await browser.press('Kết thúc', { within: '.ask' })
  await browser.heading('Máy này đang tạm khoá')
  await browser.accessible('a locked kiosk')
  await browser.picture(`${output}kiosk-khoa.png`)
  await browser.go('/thu-tuc?mode=kiosk')
  await browser.heading('Máy này đang tạm khoá')
  await sandbox.noFaults()
  await browser.press('Thử lại')
  await browser.see('Mời ông/bà chạm')
  const who = await browser.driver.executeAsyncScript(`fetch('/o/rest/v2/users/login').then((answer) => answer.json()).then((all) => arguments[0](all[0].role))`)
  assert.match(who, /guest/i)
}, portrait))

test('a link makes no kiosk of a citizen\'s own phone: what lies on it stays', () => scene(async (browser) => {
  await browser.go('/')
  await browser.press('Làm thủ tục')
  await browser.see('Có 33 thủ tục')
  await browser.press('Mua bán đất')
  await browser.press('Sang tên sổ đỏ')
  await browser.press('Mua bán')
  await browser.press('Chuẩn bị hồ sơ')
  await browser.heading('Chụp giấy tờ')
  await browser.go('/?mode=kiosk')
  await browser.see('Hồ sơ trên máy này')
  await browser.see('Sang tên sổ đỏ')
}))

test('papers photographed with one\'s own phone come to the kiosk through the portal\'s draft, and the dossier is sent once, whole', () => scene(async (browser, sandbox) => {
  await begin(browser)
  await browser.press('Làm thủ tục')
  await browser.see('Có 33 thủ tục')
  await browser.press('Mua bán đất')
  await browser.press('Sang tên sổ đỏ', { within: 'main' })
  await browser.press('Mua bán')
  for (const part of Object.keys(papers)) await tick(browser, part)
  await browser.press('Chuẩn bị hồ sơ')
  await browser.heading('Chụp giấy tờ')
  await browser.press('Chụp bằng điện thoại của ông/bà')
  await signIn(browser)
  await browser.see('Ông/bà quét mã này bằng điện thoại')
  await browser.accessible('papers by phone')
  await browser.picture(`${output}kiosk-dien-thoai.png`)
  const link = new URL(await read(await browser.shot('.card img.qr')))
  assert.equal(link.origin, browser.url)
  assert.match(link.pathname, /^\/chup-ho\/\d+$/)
  assert.equal(link.search + link.hash, '', 'nothing personal in it')

  const phone = await Browser.open(sandbox.url)
  try {
    await phone.go(link.pathname)
    await phone.heading('Chụp giấy tờ cho máy ở quầy')
    await signIn(phone)
    await phone.heading('Chụp giấy tờ')
    await phone.accessible('papers for the counter')
    const draft = await phone.driver.executeScript(`return document.querySelector('a.row').getAttribute('href').split('/')[2]`)
    for (const [part, file] of Object.entries(papers).slice(0, 3)) {
      await openPaper(phone, draft, part)
      await phone.hand(file.endsWith('.pdf') ? 'files' : 'camera', photo(file))
      await phone.find('.page img, .page .pdf')
      await phone.press('Xong giấy này')
      await phone.heading('Chụp giấy tờ')
    }
    await phone.press('Chuyển về quầy')
    await phone.see('Đã chuyển 3 giấy')
    // Pressed again, nothing goes twice.
    await phone.press('Chuyển về quầy')
    await phone.until(() => phone.driver.executeScript(`return !document.getElementById('pass').disabled`), 'done again')
  } finally {
    await phone.close()
  }
  await browser.see('Đã nhận 3 giấy từ điện thoại')
  await browser.see('Đã có, chụp bằng điện thoại')
  await openPaper(browser, await draftId(browser), 'TP06')
  await browser.hand('files', photo(papers.TP06))
  await browser.find('.page .pdf')
  await browser.press('Xong giấy này')
  await browser.see('Đã xong 4/4 giấy tờ')
  await browser.press('Tiếp: người nộp')
  await fillPerson(browser, 'applicant', chau)
  await browser.press('Của chính tôi')
  await browser.press('Tiếp: xem lại')
  await browser.press('Gửi hồ sơ')
  await browser.heading('Đã gửi hồ sơ')
  await browser.see('Cơ quan đã nhận 4 tệp')
  await browser.see('Máy này không giữ biên nhận')
  // The receipt on the printer's strip: number, day, and a code that leads to the look-up.
  const number = await browser.driver.executeScript(`return document.querySelector('.receipt dd').innerText`)
  assert.ok((await read(await browser.shot('.receipt img.qr'))).endsWith(`/tra-cuu#so=${number}`))
  await browser.driver.executeScript(`document.documentElement.classList.add('strip')`)
  const { data } = await browser.driver.sendAndGetDevToolsCommand('Page.printToPDF', { preferCSSPageSize: true })
  await browser.driver.executeScript(`document.documentElement.classList.remove('strip')`)
  const strip = Buffer.from(data, 'base64')
  writeFileSync(`${output}bien-nhan-80mm.pdf`, strip)
  const width = Number(strip.toString('latin1').match(/\/MediaBox ?\[0 0 ([\d.]+)/)[1])
  assert.ok(Math.abs(width - 80 / 25.4 * 72) < 1, `the strip is 80 mm wide: ${width} pt`)
}, portrait))

test('an outage of the portal: what is known is shown, and taken home', () => scene(async (browser, sandbox) => {
  await begin(browser)
  await browser.press('Làm thủ tục')
  await browser.see('Có 33 thủ tục')
  await browser.press('Mua bán đất')
  await browser.press('Sang tên sổ đỏ', { within: 'main' })
  await browser.press('Mua bán')
  await browser.heading('Giấy tờ cần có')
  await browser.stockedCounter()
  await browser.press('Kết thúc')
  await browser.press('Kết thúc', { within: '.ask' })
  await browser.see('Mời ông/bà chạm')
  browser.expectFailures()
  await sandbox.faults({ path: '/o/*', times: 9999, kind: 'drop-before' }, { path: '/o/rest/*', times: 9999, kind: 'drop-before' }, { path: '/o/rest/v2/*', times: 9999, kind: 'drop-before' },
    { path: '/o/v1/opencps/*', times: 9999, kind: 'drop-before' }, { path: '/o/rest/v2/*/*', times: 9999, kind: 'drop-before' }, { path: '/o/rest/v2/*/*/*', times: 9999, kind: 'drop-before' })
  await browser.press('Làm thủ tục')
  await browser.see('Có 33 thủ tục')
  await browser.press('Mua bán đất')
  await browser.press('Sang tên sổ đỏ', { within: 'main' })
  await browser.press('Mua bán')
  await browser.heading('Giấy tờ cần có')
  await browser.press('Mã QR')
  const link = new URL(await read(await browser.shot('.hand-on img.qr')))
  assert.match(link.pathname, /^\/thu-tuc\/1\.\d+\/\d+\/\d+$/)
  // The next one is told before they begin.
  await browser.press('Kết thúc')
  await browser.press('Kết thúc', { within: '.ask' })
  await browser.see('Mời ông/bà chạm')
  await browser.see('Chưa hỏi được cổng dịch vụ công')
}, portrait))

test('the staff: behind a PIN, from the name pressed five times; paper, volume, a ticket for the queue, a rating', () => configured((config) => {
  config.mode = 'kiosk'
  config.agency.code = 'SNNMT'
  config.kiosk = { staffPin: createHash('sha256').update('246810').digest('hex') }
}, async (browser) => {
  // The mode comes from the configuration here.
  await browser.go('/')
  await browser.see('Mời ông/bà chạm')
  await browser.press('Lấy số thứ tự')
  await browser.find('.captcha img')
  await browser.type('captcha', await browser.driver.executeAsyncScript(`fetch('/sandbox/captcha').then((answer) => answer.text()).then(arguments[0])`))
  await browser.press('Lấy số', { within: 'main form' })
  await browser.see('Số của ông/bà')
  assert.match(await browser.textOf('.ticket-number'), /^\d{6}-001$/)
  await browser.accessible('a ticket')
  await browser.picture(`${output}kiosk-so-thu-tu.png`)
  await browser.driver.executeScript(`document.querySelector('.brand').click()`)
  await browser.press('Đánh giá phục vụ')
  await browser.accessible('rating the service')
  await browser.press('Rất hài lòng')
  await browser.see('Cảm ơn ông/bà')
  // Presses count together within three seconds.
  await new Promise((resolve) => setTimeout(resolve, 3_100))
  await browser.driver.executeScript(`for (let n = 0; n < 5; n++) document.querySelector('.brand').click()`)
  await browser.heading('Dành cho cán bộ')
  await browser.type('staff-pin', '111111')
  await browser.press('Vào')
  await browser.see('Mã PIN không đúng')
  await browser.type('staff-pin', '246810')
  await browser.press('Vào')
  await browser.see('Cổng trả lời lúc')
  await browser.press('Giấy in sắp hết')
  await browser.accessible('the staff\'s page')
  await browser.picture(`${output}kiosk-nhan-vien.png`)
  // The language that the staff choose is the one that it begins with; what a stranger chooses ends with them.
  await browser.press('English')
  await browser.heading('For officers')
  await browser.press('Một Cửa', { within: 'header' })
  await browser.press('ខ្មែរ')
  await browser.until(async () => (await browser.driver.executeScript('return document.documentElement.lang')) === 'km', 'a stranger chooses')
  await browser.driver.executeScript(`document.querySelector('a[href="/thu-tuc"]').click()`)
  await browser.press('បញ្ចប់')
  await browser.press('បញ្ចប់', { within: '.ask' })
  await browser.until(async () => (await browser.driver.executeScript('return document.documentElement.lang')) === 'en', 'it begins in the staff\'s language')
  assert.equal(await browser.driver.executeScript('return localStorage.getItem("paper-low")'), '1', 'what the staff set stays')
}))
