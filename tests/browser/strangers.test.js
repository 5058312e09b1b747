// The lobby kiosk forgets: strangers use it in turn, each leaves at another moment and in another way, and nothing that they
// typed or photographed is found afterwards, in the browser or on its disk.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Browser, photo } from './support/browser.js'
import { Sandbox } from './support/sandbox.js'
import { onDisk, pieces, within } from './support/traces.js'

const STRANGERS = Number(process.env.STRANGERS ?? 6)
const SEED = process.env.SEED ?? 'sảnh'
const LEAVINGS = ['idle', 'end', 'crash']

/** A number below `n` that depends on the seed and the names alone. */
const draw = (n, ...names) => createHash('sha256').update([SEED, ...names].join('/')).digest().readUInt32BE(0) % n
/** A word that stands nowhere else. */
const word = (...names) => 'qzx' + createHash('sha256').update([SEED, ...names].join('/')).digest('hex').slice(0, 12).replace(/\d/g, (digit) => 'ghijklmnop'[digit])

/** Digits that stand nowhere else. */
const digits = (n, ...names) => [...createHash('sha256').update([SEED, 'digits', ...names].join('/')).digest()].map((byte) => byte % 10).join('').slice(0, n)

/** A photograph with a word in it, as a comment of the JPEG. */
function marked(name, text) {
  const bytes = readFileSync(photo(name))
  const comment = Buffer.from(text)
  return Buffer.concat([bytes.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment, bytes.subarray(2)])
}

const attract = (browser) => browser.see('Mời ông/bà chạm')

/** A stranger's steps; each leaves a word of theirs somewhere. */
function steps(browser, who, folder, pictures) {
  const account = { email: `${word(who, 'email')}@example.vn`, password: word(who, 'password') }
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
      const made = await browser.driver.executeAsyncScript(`
        const [done] = arguments
        Promise.all(Object.values(window.made).map((blob) => blob.arrayBuffer())).then((all) => done(all.map((bytes) => Array.from(new Uint8Array(bytes)))))`)
      pictures.push(...made.filter((bytes) => bytes.length > 5_000).map((bytes) => Buffer.from(bytes)))
      await browser.press('Xong giấy này')
      await browser.heading('Chụp giấy tờ')
    },
    async () => {
      await browser.press('Tiếp: người nộp')
      await browser.heading('Ai nộp hồ sơ')
      await browser.type('applicant-name', word(who, 'name'))
      await browser.type('applicant-id-number', digits(12, who, 'id'))
      await browser.type('applicant-birth', `01/02/${1950 + draw(50, who, 'year')}`)
      await browser.type('applicant-phone', digits(10, who, 'phone'))
      await browser.type('applicant-street', word(who, 'street'))
      await browser.press('Của người khác')
      await browser.type('owner-name', word(who, 'owner'))
      await browser.type('owner-street', word(who, 'owner-street'))
      await browser.press('Tiếp: xem lại').catch(() => {})
    },
    async () => {
      await browser.driver.executeScript(`document.querySelector('.brand').click()`)
      await attract(browser)
      await browser.press('Phản ánh')
      await browser.type('feedback-text', word(who, 'complaint'))
      await browser.type('feedback-name', word(who, 'feedback-name'))
      await browser.type('feedback-phone', digits(10, who, 'feedback-phone'))
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
    async (sandbox) => {
      // Half of them have an account, and sign in.
      const known = draw(2, who, 'account')
      if (known) {
        const person = { name: word(who, 'account'), id: digits(12, who, 'account'), street: word(who, 'account-street'), phone: digits(10, who, 'account') }
        await sandbox.register({ ...person, ...account })
      }
      await browser.press('Xem hồ sơ của tôi')
      await browser.type('email', account.email)
      await browser.type('password', account.password)
      await browser.press('Đăng nhập', { within: 'main' })
      await browser.see(known ? 'Chưa có hồ sơ nào đã gửi' : 'Email hoặc mật khẩu không đúng')
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

const WORDS = ['query', 'file', 'photo', 'name', 'street', 'owner', 'owner-street', 'complaint', 'feedback-name', 'fact', 'email', 'password', 'account', 'account-street']
const NUMBERS = [[12, 'id'], [10, 'phone'], [10, 'feedback-phone'], [12, 'account'], [10, 'account']]

test(`${STRANGERS} strangers in turn at the kiosk: each leaves, and nothing of theirs is found`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-strangers-'))
  const profile = mkdtempSync(join(tmpdir(), 'mot-cua-kiosk-'))
  const sandbox = await Sandbox.start()
  const size = { width: 1080, height: 1920, profile }
  let browser = await Browser.open(sandbox.url, size)
  // The page's rules let nothing fetch a file that was made on it: so it is taken where it is made.
  const noteMade = () => browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
    source: `window.made = {}; const make = URL.createObjectURL; URL.createObjectURL = (blob) => { const url = make(blob); window.made[url] = blob; return url }`,
  })
  const all = []
  const pictures = [readFileSync(photo('phieu.jpg'))]
  let failed
  try {
    await noteMade()
    await browser.go('/?mode=kiosk')
    await attract(browser)
    for (let n = 0; n < STRANGERS; n++) {
      const who = `người ${n}`
      const words = [...WORDS.map((name) => word(who, name)), ...NUMBERS.map(([length, name]) => digits(length, who, name))]
      all.push(...words)
      browser.expectFailures()
      const plan = steps(browser, who, folder, pictures)
      // The first two and the crash's share go all the way; the others leave at some step.
      const count = n < 2 ? plan.length : 1 + draw(plan.length, who, 'steps')
      for (const step of plan.slice(0, count)) await step(sandbox)
      if (n === 0) {
        const there = await within(browser)
        assert.ok(there.includes(word(who, 'fact')), 'the search sees what is there')
        assert.ok(pictures.length > 1, 'the page that was made of the photograph is known')
      }
      const leaving = LEAVINGS[n % LEAVINGS.length]
      if (leaving === 'idle') {
        await browser.pass(61)
        await browser.see('Ông/bà còn ở đây không?')
        if (n === 0) {
          await browser.accessible('the question at the kiosk')
          await browser.picture(new URL('./output/kiosk-con-o-day.png', import.meta.url).pathname)
        }
        // Any number of times a touch goes on.
        if (draw(2, who, 'touch') || n === 0) {
          await browser.press('Làm tiếp')
          await browser.until(async () => (await browser.all('.cover')).length === 0, 'it goes on')
          await browser.pass(62)
          await browser.see('Ông/bà còn ở đây không?')
        }
        await browser.pass(21)
      } else if (leaving === 'end') {
        await browser.press('Kết thúc')
        await browser.press('Kết thúc', { within: '.ask' })
      } else {
        await browser.kill()
        await new Promise((resolve) => setTimeout(resolve, 300))
        assert.deepEqual(onDisk(profile, words, pictures.flatMap(pieces)), [], `${who}: on the disk of the killed browser`)
        browser = await Browser.open(sandbox.url, size)
        await noteMade()
        await browser.go('/?mode=kiosk')
      }
      await attract(browser)
      await browser.until(async () => (await browser.all('.cover')).length === 0, 'it stands for the next one')
      const left = await within(browser)
      assert.deepEqual(words.filter((one) => left.includes(one)), [], `${who} left (${leaving})`)
      assert.ok(!pictures.flatMap(pieces).some((piece) => left.includes(piece.toString('latin1'))), `${who}: a piece of a picture (${leaving})`)
      assert.deepEqual(onDisk(profile, words, pictures.flatMap(pieces)), [], `${who}: on the disk (${leaving})`)
      const asked = await browser.driver.executeAsyncScript(`fetch('/o/rest/v2/users/login', { headers: { groupId: '51801' } }).then((answer) => answer.text()).then(arguments[0])`)
      assert.match(asked, /Guest/, `${who}: signed out (${leaving})`)
    }
  } catch (error) {
    failed = error
  }
  await browser.driver.quit().catch(() => {})
  // What the browser writes down when it ends.
  const end = onDisk(profile, all, pictures.flatMap(pieces))
  await sandbox.stop()
  rmSync(profile, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
  if (failed) throw failed
  assert.deepEqual(end, [], 'on the disk at the end')
})
