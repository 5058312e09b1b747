// The scanner in a real browser: photographs of papers on tables become flat, clean, upright pages, or say why not.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { Key, photo } from './support/browser.js'
import { draftId, openPaper, untilPapers, untilReview } from './support/journey.js'
import { film, take } from './support/photographs.js'
import { scene } from './support/scene.js'

async function toPages(browser) {
  await untilPapers(browser)
  await openPaper(browser, await draftId(browser), 'TP01')
}

/** Width, height and mean brightness along the rim of the first page's picture, as it will be sent. */
function firstPage(browser) {
  return browser.driver.executeAsyncScript(`
    const done = arguments[0]
    const image = document.querySelector('.page .view img')
    const read = () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight })
      const pen = canvas.getContext('2d', { willReadFrequently: true })
      pen.drawImage(image, 0, 0)
      const { width, height } = canvas
      const mean = (x, y, w, h) => {
        const { data } = pen.getImageData(x, y, w, h)
        let sum = 0
        for (let at = 0; at < data.length; at += 4) sum += data[at] + data[at + 1] + data[at + 2]
        return sum / data.length / 0.75
      }
      const inch = Math.round(width / 40)
      let coloured = 0
      const { data } = pen.getImageData(0, 0, width, height)
      for (let at = 0; at < data.length; at += 4) if (Math.abs(data[at] - data[at + 2]) > 40) coloured++
      done({ width, height, src: image.src, coloured: coloured / (width * height),
        rim: [mean(0, 0, width, inch), mean(0, height - inch, width, inch), mean(0, 0, inch, height), mean(width - inch, 0, inch, height)] })
    }
    image.complete ? read() : image.addEventListener('load', read)`)
}

test('a slanted photograph becomes a flat white page; its corners and colours can be changed by keys, by a tap and by dragging', () => scene(async (browser) => {
  const [one] = take({ first: 12, side: 2400 })
  await toPages(browser)
  await browser.hand('files', one.path)
  await browser.see('1 trang')
  const flat = await firstPage(browser)
  assert.ok(Math.abs(flat.height / flat.width - Math.SQRT2) < 0.05, `an A4 page, not ${flat.width} × ${flat.height}`)
  assert.ok(flat.rim.every((level) => level > 225), `no table along the rim: ${flat.rim}`)

  await browser.press('Sửa góc, màu trang 1')
  const corner = await browser.find('#corner-0')
  await browser.accessible('choosing corners')
  const place = () => browser.driver.executeScript('const one = document.getElementById("corner-0"); return [parseFloat(one.style.left), parseFloat(one.style.top)]')
  const [left, top] = await place()
  assert.ok(Math.abs(left - one.corners[0][0] / one.width * 100) < 1 && Math.abs(top - one.corners[0][1] / one.height * 100) < 1, 'the corner lies where the paper’s is')
  await corner.sendKeys(Key.ARROW_RIGHT, Key.ARROW_RIGHT, Key.ARROW_DOWN)
  const [right, down] = await place()
  assert.ok(Math.abs(right - left - 0.5) < 0.01 && Math.abs(down - top - 0.25) < 0.01, 'arrow keys move it')
  await browser.until(async () => /phần trăm từ trái/.test(await browser.textOf('[role=status].unseen, .unseen')), 'and its place is spoken')

  // A tap on the corner, then a tap on its place.
  const frame = await browser.find('.corners')
  await browser.driver.executeScript('arguments[0].scrollIntoView({ block: "center", behavior: "instant" })', frame)
  const { width, height } = await frame.getRect()
  await corner.click()
  await browser.driver.actions().move({ origin: frame, x: Math.round(-width * 0.4), y: Math.round(-height * 0.45) }).click().perform()
  const [tapped] = await place()
  assert.ok(Math.abs(tapped - 10) < 1.5, `tapped to ${tapped} %`)
  // Dragging.
  await browser.driver.actions().move({ origin: corner }).press().move({ origin: frame, x: Math.round(-width * 0.3), y: Math.round(-height * 0.3) }).release().perform()
  const [dragged] = await place()
  assert.ok(Math.abs(dragged - 20) < 1.5, `dragged to ${dragged} %`)
  // Corners that cross are refused next to where it happened.
  await corner.sendKeys(...Array(40).fill(Key.chord(Key.SHIFT, Key.ARROW_DOWN)), ...Array(40).fill(Key.chord(Key.SHIFT, Key.ARROW_RIGHT)))
  await browser.see('Bốn góc đang chéo nhau')
  assert.equal(await (await browser.find('#use-corners')).isEnabled(), false)

  await browser.press('Đen trắng', { within: '.adjust' })
  await browser.press('Lấy cả ảnh')
  await browser.until(async () => (await browser.all('.adjust')).length === 0, 'the panel closes')
  await browser.until(async () => (await firstPage(browser)).src !== flat.src, 'the page is made anew')
  const whole = await firstPage(browser)
  assert.ok(Math.abs(whole.height / whole.width - one.height / one.width) < 0.01, 'the whole photograph')
  assert.ok(whole.coloured < 0.001, 'without colour')
  await browser.see('giữ cả ảnh')
  await browser.reload()
  await browser.see('giữ cả ảnh')
}))

test('pages that are upside down or cut off are told at once, and turned with one press', () => scene(async (browser) => {
  const [upside] = take({ first: 27, side: 2400, trouble: 'upside down' })
  const [cut] = take({ first: 15, side: 2400, trouble: 'corner cut off' })
  await toPages(browser)
  await browser.hand('files', upside.path)
  await browser.see('Trang này bị ngược')
  await browser.press('Xoay lại cho đúng')
  await browser.until(async () => (await browser.all('.page .notice')).length === 0 && (await browser.all('.page .turn-2')).length === 1, 'it is turned, and the doubt is gone')
  await browser.hand('files', cut.path)
  await browser.see('Ảnh bị mất góc giấy')
}))

test('a table without a paper is kept whole, and said so', () => scene(async (browser) => {
  const [empty] = take({ first: 3, side: 2400, trouble: 'no sheet' })
  await toPages(browser)
  await browser.hand('files', empty.path)
  await browser.see('chưa thấy rõ bốn mép giấy')
}))

test('the camera on the page outlines the sheet and takes the picture by itself, once', () => {
  const [one] = take({ first: 27, side: 1920 })
  return scene(async (browser) => {
    await toPages(browser)
    // The pretended camera has no light, the machine no Vietnamese voice and no buzzer: what they are told to do is noted.
    await browser.driver.executeScript(`
      const told = window.told = { light: [], buzzes: 0, words: [] }
      const track = MediaStreamTrack.prototype, able = track.getCapabilities
      track.getCapabilities = function () { return { ...able.call(this), torch: true } }
      track.applyConstraints = async ({ advanced }) => { told.light.push(advanced[0].torch) }
      navigator.vibrate = () => ++told.buzzes
      speechSynthesis.getVoices = () => [{ lang: 'vi-VN' }]
      Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { set() {} })
      speechSynthesis.speak = (words) => told.words.push(words.text)`)
    await browser.press('Chụp giấy tờ', { within: '.take' })
    await browser.see('1 trang')
    await browser.see('Ông/bà đặt trang tiếp theo')
    const page = await firstPage(browser)
    assert.ok(Math.abs(page.height / page.width - Math.SQRT2) < 0.08, `flat: ${page.width} × ${page.height}`)
    assert.equal(await browser.driver.executeScript('return document.querySelector(".film .shade").style.clipPath.startsWith("polygon")'), true)
    await browser.accessible('the camera')
    await browser.press('Đèn')
    await browser.press('Đèn')
    await browser.press('Chụp ngay')
    await browser.see('2 trang')
    const told = await browser.driver.executeScript('return window.told')
    assert.deepEqual(told.light, [true, false], 'the light goes on and off')
    assert.equal(told.buzzes, 2, 'the phone buzzes at each picture')
    assert.ok(told.words.some((words) => words.includes('đặt trang tiếp theo')), `the hints are spoken: ${told.words}`)
    await browser.see('giống một trang đã có')
    await browser.press('Xong', { within: '.camera' })
    await browser.until(async () => (await browser.all('.camera')).length === 0, 'the camera is gone')
    assert.equal((await browser.all('.page')).length, 2)
  }, { camera: film(one.path) })
})

test('a browser without a canvas for workers gets its page from WebAssembly alone', () => scene(async (browser, sandbox) => {
  const [one] = take({ first: 12, side: 2400 })
  const name = (await (await fetch(sandbox.url)).text()).match(/scanner-[0-9a-f]+\.js/)[0]
  const script = await (await fetch(`${sandbox.url}/${name}`)).text()
  await sandbox.faults({ method: 'GET', path: `/${name}`, times: 50, kind: 'answer', status: 200, contentType: 'text/javascript', body: `delete self.OffscreenCanvas;${script}` })
  browser.expectFailures()
  await toPages(browser)
  await browser.hand('files', one.path)
  await browser.see('1 trang')
  const flat = await firstPage(browser)
  assert.ok(Math.abs(flat.height / flat.width - Math.SQRT2) < 0.05 && flat.rim.every((level) => level > 225), 'flat and white')
  const asked = (await sandbox.requests()).map(({ path }) => path)
  assert.ok(asked.some((path) => path.includes('scan-worker-alone')), 'by the other scanner')
}))

test('a browser without a camera says so, and offers the other ways', () => scene(async (browser) => {
  await toPages(browser)
  await browser.press('Chụp giấy tờ', { within: '.take' })
  await browser.see('Không mở được máy ảnh')
  await browser.press('Xong', { within: '.camera' })
  await browser.find('#camera')
}))

test('the phone closes the page while its camera is open: what was there stays, and the way on is said', () => scene(async (browser) => {
  await toPages(browser)
  await browser.hand('files', photo('phieu.jpg'))
  await browser.see('1 trang')
  // Opening the camera app; the page never hears of its picture.
  await browser.driver.executeScript(`
    document.addEventListener('click', (event) => event.preventDefault(), { once: true, capture: true })
    document.querySelector('label[for=camera]').click()`)
  await browser.reload()
  await browser.see('Điện thoại đã đóng trang này trong lúc ông/bà chụp')
  await browser.see('1 trang')
  await browser.reload()
  await browser.see('1 trang')
  assert.doesNotMatch(await browser.textOf('main'), /Điện thoại đã đóng/)
}))

test('a citizen card fills the form after a yes, and nothing of it leaves the device', () => scene(async (browser, sandbox) => {
  const [card] = take({ first: 32, side: 2400 })
  assert.equal(card.paper, 'can-cuoc')
  await untilPapers(browser)
  const draft = await draftId(browser)
  await browser.go(`/ho-so/${draft}/nguoi-nop`)
  await browser.find('#applicant-ward option')
  const before = (await sandbox.requests()).length
  await browser.hand('applicant-card', photo('phieu.jpg'))
  await browser.see('Chưa đọc được mã QR')
  await browser.hand('applicant-card', card.path)
  await browser.see('Điền các thông tin này?')
  await browser.accessible('the facts of a card')
  assert.equal(await browser.driver.executeScript('return document.getElementById("applicant-name").value'), '')
  await browser.press('Đúng, điền giúp tôi')
  const value = (id) => browser.driver.executeScript('return document.getElementById(arguments[0]).value', id)
  await browser.until(async () => await value('applicant-name') === 'Nguyễn Văn An', 'the name is filled in')
  assert.deepEqual([await value('applicant-id-number'), await value('applicant-birth'), await value('applicant-sex'), await value('applicant-issued'), await value('applicant-street')],
    ['092085001234', '02/09/1985', 'm', '05/03/2022', '12/4 đường Thử Nghiệm'])
  assert.match(await browser.driver.executeScript('return document.getElementById("applicant-ward").selectedOptions[0].text'), /Ninh Kiều/)
  assert.deepEqual((await sandbox.requests()).slice(before).filter((one) => one.method !== 'GET'), [], 'nothing is sent')
}))

test('stopping ends the work at once, and only that', () => scene(async (browser) => {
  const [first, second] = take({ first: 12, count: 2, side: 4000 })
  await toPages(browser)
  await browser.hand('files', photo('phieu.jpg'))
  await browser.see('1 trang')
  await browser.hand('files', first.path, second.path)
  await browser.press('Dừng')
  await browser.see('Đã dừng')
  await browser.hand('files', photo('hop-dong.jpg'))
  await browser.until(async () => (await browser.all('.page .view img')).length >= 2, 'the scanner starts again')
}))

/** Files that are broken on purpose: cut, changed in places, with sizes that no picture has, under false names. */
function* broken(seed) {
  let state = seed
  const chance = (below) => { state = (state * 1103515245 + 12345) % 2147483648; return state % below }
  const sources = ['phieu.jpg', 'anh.png', 'anh.webp', 'mot-trang.pdf', 'anh.heic']
  for (let at = 0; at < sources.length * 3; at++) {
    const name = sources[at % sources.length]
    const bytes = Buffer.from(readFileSync(photo(name)))
    const kind = Math.floor(at / sources.length)
    if (kind === 0) yield [name, bytes.subarray(0, 1 + chance(bytes.length - 1))]
    else if (kind === 1) {
      for (let n = 0; n < 30; n++) bytes[chance(Math.min(bytes.length, 2000))] = chance(256)
      yield [name, bytes]
    } else {
      const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
      if (name === 'phieu.jpg') bytes.writeUInt32BE(0xffffffff, frame + 5)
      else if (name === 'anh.png') bytes.writeUInt32BE(0x7fffffff, 16)
      else for (let n = 0; n < 200; n++) bytes[chance(bytes.length)] = chance(256)
      yield [name, bytes]
    }
  }
}

test('broken files end in a sentence or a page, never in silence; the pages already there stay', () => scene(async (browser) => {
  const [{ path }] = take({ first: 12, side: 1600 })
  const folder = path.slice(0, path.lastIndexOf('/'))
  await toPages(browser)
  await browser.hand('files', photo('phieu.jpg'))
  await browser.see('1 trang')
  for (const seed of (process.env.SEEDS ?? '7').split(',').map(Number)) {
    for (const [name, bytes] of broken(seed)) {
      const pages = (await browser.all('.page')).length
      writeFileSync(`${folder}/${name}`, bytes)
      await browser.hand('files', `${folder}/${name}`)
      await browser.until(async () => (await browser.all('.working.busy')).length === 0, `an end with ${name}`)
      const [after, said] = [(await browser.all('.page')).length, (await browser.all('main > .notice.wrong')).length]
      assert.ok(after === pages + 1 || said > 0, `${name}: a page or a sentence`)
      assert.ok(after >= pages, `${name}: nothing is lost`)
    }
  }
  await browser.reload()
  await browser.find('.page .view img')
}))
