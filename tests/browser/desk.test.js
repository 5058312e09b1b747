// The helper's desk: people served in turn and interleaved, each in a space of their own; nothing crosses from one to another.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Key, photo } from './support/browser.js'
import { draftId, fillPerson, openPaper, papers, tick } from './support/journey.js'
import { Keys } from './support/keys.js'
import { scene } from './support/scene.js'
import { databases, page } from './support/traces.js'

const PEOPLE = Number(process.env.PEOPLE ?? 3)
const SEED = process.env.SEED ?? 'bàn'
const output = new URL('./output/', import.meta.url).pathname
const size = { width: 1366, height: 900 }

const draw = (n, ...names) => createHash('sha256').update([SEED, ...names].join('/')).digest().readUInt32BE(0) % n
const word = (...names) => 'Qzx' + createHash('sha256').update([SEED, ...names].join('/')).digest('hex').slice(0, 10).replace(/\d/g, (digit) => 'ghijklmnop'[digit])

const person = (n) => ({
  n, nickname: `STT ${n + 101}`, name: `Nguyễn ${word(n, 'name')}`, id: `0920850${String(10000 + n)}`, birth: '02/09/1985',
  phone: `09${String(10_000_000 + n)}`, street: `Ấp ${word(n, 'street')}`, email: `nguoi${n}@example.vn`, password: 'matkhau99',
})

/** A PDF that no one else hands in: PDFs are sent as they are. */
const pdf = (n, part) => Buffer.concat([readFileSync(photo('mot-trang.pdf')), Buffer.from(`\n%${word(n, part)}\n`)])

async function begin(browser) {
  await browser.go('/?mode=desk')
  await browser.heading('Bàn hỗ trợ')
  await browser.type('helper-code', 'TNV-07')
  await browser.type('helper-place', 'Quầy 3')
  await browser.press('Bắt đầu')
  await browser.see('Người tiếp theo')
}

async function open(browser, someone, aloud) {
  await browser.heading('Bàn hỗ trợ')
  await browser.type('space-name', someone.nickname)
  await browser.press('Mời người này')
  await browser.heading('Lời đồng ý')
  await browser.press(aloud ? 'Ông/bà đã nghe đọc' : 'Tôi đồng ý')
  await browser.heading('Ông/bà cần làm gì')
}

/** The driver types as fast as a code reader does; a hand needs a moment before Enter. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 150))

/** What a code reader types: all of it at once, and Enter. */
async function scan(browser, text) {
  await pause()
  await (await browser.driver.switchTo().activeElement()).sendKeys(text, Key.ENTER)
}

/** Whose words lie in which database of the browser. */
async function spaces(browser, everyone) {
  return Object.entries(await databases(browser)).map(([name, text]) => ({
    name, whose: everyone.filter(({ n }) => text.includes(word(n, 'name')) || text.includes(word(n, 'street')) || Object.keys(papers).some((part) => text.includes(word(n, part)))).map(({ n }) => n),
  }))
}

/** Whose words, but this person's, the page, its storages, caches and history hold. */
async function others(browser, someone, everyone) {
  const held = await page(browser)
  return everyone.filter(({ n }) => n !== someone.n && (held.includes(word(n, 'name')) || held.includes(word(n, 'street')))).map(({ n }) => n)
}

test(`${PEOPLE} people at the desk, interleaved: each dossier has its owner's papers, byte for byte, and who helped`, () => scene(async (browser, sandbox) => {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-desk-'))
  const everyone = Array.from({ length: PEOPLE }, (_, n) => person(n))
  for (const someone of everyone) await sandbox.register(someone)
  // The page's rules let nothing fetch a file that was made on it: so it is taken where it is made.
  await browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
    source: `window.made = {}; const make = URL.createObjectURL; URL.createObjectURL = (blob) => { const url = make(blob); window.made[url] = blob; return url }`,
  })
  try {
    await begin(browser)
    await browser.accessible('the desk')
    await browser.picture(`${output}desk-danh-sach.png`)
    for (const someone of everyone) {
      await open(browser, someone, someone.n % 2)
      await browser.driver.actions().keyDown(Key.ALT).sendKeys('n').keyUp(Key.ALT).perform()
      await browser.heading('Bàn hỗ trợ')
    }
    const show = async (someone, byKey = someone.n < 20 && (someone.n > 8 || draw(2, someone.n, 'key'))) => {
      if (byKey) {
        const [keys, digit] = [someone.n < 10 ? [Key.ALT] : [Key.ALT, Key.SHIFT], `${(someone.n + 1) % 10}`]
        const pressing = keys.reduce((actions, key) => actions.keyDown(key), browser.driver.actions()).sendKeys(digit)
        await keys.reduce((actions, key) => actions.keyUp(key), pressing).perform()
      } else {
        await browser.until(async () => {
          if ((await browser.textOf('h1')).includes('Bàn hỗ trợ')) return true
          await browser.driver.executeScript(`[...document.querySelectorAll('.bar-desk button')].find((one) => one.innerText === 'Người khác')?.click()`)
          await new Promise((resolve) => setTimeout(resolve, 200))
          return false
        }, 'the list')
        await browser.press(`Phục vụ ${someone.nickname}`)
      }
      await browser.until(async () => (await browser.textOf('.bar-desk strong')).includes(someone.nickname), `${someone.nickname} is served`)
      await browser.heading('Ông/bà cần làm gì')
    }
    const goOn = () => browser.press('Tiếp tục hồ sơ')
    const steps = [
      async () => {
        await browser.press('Làm thủ tục')
        await browser.see('Có 33 thủ tục')
        await browser.type('query', 'sang ten so do')
        await browser.press('Sang tên sổ đỏ', { within: 'main' })
        await browser.press('Mua bán')
        await browser.heading('Giấy tờ cần có')
        for (const part of Object.keys(papers)) await tick(browser, part)
        await browser.press('Chuẩn bị hồ sơ')
        await browser.heading('Chụp giấy tờ')
      },
      async ({ n }) => {
        await goOn()
        await browser.heading('Chụp giấy tờ')
        const draft = await draftId(browser)
        for (const part of Object.keys(papers)) {
          const file = join(folder, `${n}-${part}.pdf`)
          writeFileSync(file, pdf(n, part))
          await openPaper(browser, draft, part)
          await browser.hand('files', file)
          await browser.find('.page .pdf')
          await browser.press('Xong giấy này')
          await browser.heading('Chụp giấy tờ')
        }
      },
      async (someone) => {
        await goOn()
        await browser.heading('Chụp giấy tờ')
        await browser.press('Tiếp: người nộp')
        await fillPerson(browser, 'applicant', someone)
        await browser.press('Của chính tôi')
        const remembered = await browser.driver.executeScript(`return [...document.querySelectorAll('main input:not([type=radio]):not([type=file])')].filter((field) => field.autocomplete !== 'off').length`)
        assert.equal(remembered, 0, 'the browser remembers no field')
        await browser.press('Tiếp: xem lại')
        await browser.heading('Xem lại và gửi')
      },
      async (someone) => {
        await goOn()
        await browser.heading('Xem lại và gửi')
        await browser.press('Gửi hồ sơ')
        await browser.see('Người dân đăng nhập bằng điện thoại')
        assert.equal((await browser.all('input[type=password]')).length, 0, 'no helper is asked for a password')
        if (someone.n === 0) {
          await browser.accessible('signing in at the desk')
          await browser.picture(`${output}desk-dang-nhap.png`)
        }
        await browser.driver.executeScript(`document.getElementById('lend-code').focus()`)
        await scan(browser, `MC1:${await sandbox.token(someone)}`)
        await browser.heading('Đã gửi hồ sơ')
        await browser.see('Cơ quan đã nhận 4 tệp')
      },
    ]
    // Each does their steps in order; who is next is drawn.
    const left = everyone.map((someone) => ({ someone, at: 0 }))
    let turn = 0
    while (left.length) {
      const next = left[draw(left.length, 'turn', turn++)]
      await show(next.someone)
      await steps[next.at](next.someone)
      assert.deepEqual(await others(browser, next.someone, everyone), [], `${next.someone.nickname}, step ${next.at}: nobody else's words are here`)
      next.at += 1
      if (next.at === steps.length) left.splice(left.indexOf(next), 1)
    }
    for (const { name, whose } of await spaces(browser, everyone)) assert.ok(whose.length <= 1, `${name} holds words of ${whose}`)

    // What the portal has: each dossier its owner's, each file as it was handed in.
    for (const someone of everyone) {
      const authorization = `Bearer ${await sandbox.token(someone)}`
      const ask = (path) => fetch(`${sandbox.url}/o/rest/v2${path}`, { headers: { authorization, groupId: '51801' } })
      const { data } = await (await ask('/dossiers?owner=true&start=0&end=50')).json()
      const mine = [data].flat()
      assert.equal(mine.length, 1, 'one dossier each')
      const detail = await (await ask(`/dossiers/${mine[0].dossierId}`)).json()
      assert.equal(detail.applicantName.toLowerCase(), someone.name.toLowerCase())
      assert.equal(detail.documentNo, 'Hỗ trợ tại quầy: TNV-07, Quầy 3')
      const helper = JSON.parse(detail.metaData).helper
      assert.deepEqual([helper.code, helper.place, helper.aloud, helper.language], ['TNV-07', 'Quầy 3', someone.n % 2 === 1, 'vi'])
      const files = [(await (await ask(`/dossiers/${mine[0].dossierId}/files`)).json()).data].flat()
      assert.equal(files.length, 4)
      for (const file of files) {
        const bytes = Buffer.from(await (await ask(`/dossiers/${mine[0].dossierId}/files/${file.referenceUid}`)).arrayBuffer())
        assert.ok(bytes.equals(pdf(someone.n, file.dossierPartNo)), `${someone.nickname}: ${file.dossierPartNo}`)
      }
    }

    // The end of each: wiped, and counted without a name.
    for (const someone of everyone) {
      // The keys count those who are still there.
      await show(someone, false)
      await browser.press('Xong với người này')
      await browser.press('Xong với người này', { within: '.ask' })
      await browser.heading('Bàn hỗ trợ')
      const holding = (await spaces(browser, everyone)).filter(({ whose }) => whose.includes(someone.n))
      assert.deepEqual(holding, [], `${someone.nickname} is wiped`)
    }
    await browser.see(`Đã phục vụ ${PEOPLE} người, gửi ${PEOPLE} hồ sơ`)
    const csv = await browser.driver.executeAsyncScript(`window.made[document.querySelector('a[download="thong-ke.csv"]').href].text().then(arguments[0])`)
    assert.equal(csv.trim().split('\r\n').length, PEOPLE + 1)
    assert.ok(!everyone.some(({ n, nickname }) => csv.includes(word(n, 'name')) || csv.includes(nickname)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, size))

test('nothing crosses between two people: two tabs, back, copying, undo, a reload, files that were picked', () => scene(async (browser) => {
  await begin(browser)
  const [one, two] = [person(0), person(1)]
  const secret = word('one', 'complaint')
  await open(browser, one, false)
  await browser.press('Phản ánh')
  await browser.type('feedback-text', secret)
  const field = await browser.find('#feedback-text')
  await field.sendKeys(Key.chord(Key.CONTROL, 'a'), Key.chord(Key.CONTROL, 'c'))
  await browser.until(async () => (await browser.driver.executeScript('return document.getElementById("feedback-text").value')) === secret, 'typed')
  await browser.hand('feedback-photo', photo('phieu.jpg'))
  await browser.see('Đã có một tấm ảnh')
  await browser.press('Người khác')
  await open(browser, two, false)
  const isClean = async (where) => {
    const held = await browser.driver.executeScript(`return document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map((field) => field.value)`)
    assert.ok(!held.includes(secret), where)
    assert.ok(!held.includes('phieu.jpg') && !(await browser.textOf('main')).includes('Đã có một tấm ảnh'), `the picture, ${where}`)
    const picked = await browser.driver.executeScript(`return [...document.querySelectorAll('input[type=file]')].filter((field) => field.files.length || field.value || field.webkitEntries?.length).map((field) => field.id)`)
    assert.deepEqual(picked, [], `fields that remember a file, ${where}`)
  }
  await browser.press('Phản ánh')
  await browser.find('#feedback-text')
  await isClean('another space')
  const other = await browser.find('#feedback-text')
  await other.sendKeys(Key.chord(Key.CONTROL, 'v'))
  await isClean('what was copied')
  await other.sendKeys(Key.chord(Key.CONTROL, 'z'))
  await isClean('what was undone')
  for (let n = 0; n < 4; n++) {
    await browser.back()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await isClean('back')
  }
  await browser.go('/phan-anh')
  await browser.reload()
  await browser.find('#feedback-text')
  await isClean('after a reload')
  // Another tab has nobody's space until one is chosen; then both stand side by side.
  const first = await browser.driver.getWindowHandle()
  await browser.driver.switchTo().newWindow('tab')
  await browser.go('/phan-anh?mode=desk')
  await browser.heading('Bàn hỗ trợ')
  await isClean('a new tab')
  await browser.press(`Phục vụ ${one.nickname}`)
  await browser.press('Phản ánh')
  await browser.until(async () => (await browser.driver.executeScript('return document.getElementById("feedback-text")?.value')) === secret, 'the first person finds what was written')
  await browser.driver.switchTo().window(first)
  await isClean('beside the other tab')
}, size))

test('each person is served in their language: it comes back with them, and goes with them', () => scene(async (browser) => {
  await begin(browser)
  const [first, second] = [person(0), person(1)]
  await browser.type('space-name', first.nickname)
  await browser.press('Mời người này')
  await browser.heading('Lời đồng ý')
  await browser.press('ខ្មែរ')
  const speaks = (language) => browser.until(async () => (await browser.driver.executeScript('return document.documentElement.lang')) === language, `it speaks ${language}`)
  await speaks('km')
  await browser.driver.executeScript(`document.querySelector('main .button').click()`)
  await browser.until(async () => (await browser.all('.bar-desk strong')).length === 1, 'agreed')
  await browser.driver.actions().keyDown(Key.ALT).sendKeys('n').keyUp(Key.ALT).perform()
  await open(browser, second)
  await speaks('vi')
  await browser.driver.actions().keyDown(Key.ALT).sendKeys('1').keyUp(Key.ALT).perform()
  await browser.until(async () => (await browser.textOf('.bar-desk strong')).includes(first.nickname), 'the first again')
  await speaks('km')
  assert.match(await browser.driver.executeScript(`return Object.keys(localStorage).join()`), /spoken\//)
  await browser.driver.executeScript(`document.querySelector('#end-service button').click()`)
  await browser.driver.executeScript(`document.querySelector('#end-service .danger').click()`)
  await speaks('vi')
  await browser.heading('Bàn hỗ trợ')
  const left = await browser.driver.executeScript(`return Object.keys(localStorage).filter((name) => name.startsWith('spoken/')).length`)
  assert.ok(left <= 1, 'what the first spoke is forgotten')
}, size))

test('the citizen sees what is filled in, in a window of their own, and says whether it is right', () => scene(async (browser) => {
  await begin(browser)
  await open(browser, person(0), false)
  await browser.press('Lời nói')
  await browser.see('Hôm nay ông/bà cần làm việc gì?')
  await browser.press('Phím tắt')
  await browser.accessible('the desk with its keys')
  await browser.picture(`${output}desk-phim-tat.png`)
  const first = await browser.driver.getWindowHandle()
  await browser.press('Màn hình cho người dân')
  await browser.press('Phản ánh')
  await browser.type('feedback-text', 'Chờ lâu quá')
  let second
  await browser.until(async () => {
    second = (await browser.driver.getAllWindowHandles()).find((handle) => handle !== first)
    return second
  }, 'the window')
  await browser.driver.switchTo().window(second)
  await browser.see('Chờ lâu quá')
  await browser.accessible('the citizen\'s window')
  await browser.picture(`${output}desk-guong.png`)
  await browser.press('Sai')
  await browser.driver.switchTo().window(first)
  await browser.see('Người dân bấm: sai')
  await browser.type('feedback-text', 'Chờ lâu')
  await browser.until(async () => !(await browser.textOf('.bar-desk')).includes('Người dân bấm'), 'what was changed is not judged yet')
  await browser.driver.switchTo().window(second)
  await browser.press('Đúng')
  await browser.driver.switchTo().window(first)
  await browser.see('Người dân bấm: đúng')
  // It speaks as the helper's screen does.
  await browser.driver.executeScript(`document.querySelector('#aids [value=en]').click()`)
  await browser.driver.switchTo().window(second)
  await browser.until(async () => (await browser.textOf('.mirror .foot')).includes('Right'), 'English in the window')
}, size))

test('the citizen\'s window shows its own tab\'s person, and a service that ends is left by every tab', () => scene(async (browser) => {
  await begin(browser)
  const [one, two] = [person(0), person(1)]
  await open(browser, one, false)
  const first = await browser.driver.getWindowHandle()
  await browser.press('Màn hình cho người dân')
  let window
  await browser.until(async () => {
    window = (await browser.driver.getAllWindowHandles()).find((handle) => handle !== first)
    return window
  }, 'the window')
  await browser.press('Phản ánh')
  await browser.type('feedback-text', 'Lời của người thứ nhất')
  // Another tab serves another person, and yet another one the first.
  const tab = async (someone) => {
    await browser.driver.switchTo().newWindow('tab')
    await browser.go('/?mode=desk')
    await browser.heading('Bàn hỗ trợ')
    if (someone === two) await open(browser, two, false)
    else await browser.press(`Phục vụ ${one.nickname}`)
    await browser.press('Phản ánh')
    await browser.find('#feedback-text')
    return browser.driver.getWindowHandle()
  }
  const second = await tab(two)
  await browser.type('feedback-text', 'Lời của người thứ hai')
  const third = await tab(one)
  await browser.driver.switchTo().window(window)
  await browser.see('Lời của người thứ nhất')
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  assert.doesNotMatch(await browser.textOf('body'), /người thứ hai/)
  assert.equal(await browser.driver.executeScript('return sessionStorage.space ?? null'), null, 'the window is in nobody\'s space')
  assert.equal(await browser.driver.executeScript(`return getComputedStyle(document.querySelector('header')).display`), 'none', 'nothing leads to the desk')
  await browser.press('Sai')
  await browser.driver.switchTo().window(second)
  await new Promise((resolve) => setTimeout(resolve, 500))
  assert.doesNotMatch(await browser.textOf('.bar-desk'), /Người dân bấm/)

  // The first person's service ends: the third tab leaves it, and nothing of it is left.
  await browser.driver.switchTo().window(first)
  await browser.see('Người dân bấm: sai')
  await browser.press('Xong với người này', { within: '#end-service' })
  await browser.press('Xong với người này', { within: '#end-service .ask' })
  await browser.heading('Bàn hỗ trợ')
  await browser.driver.switchTo().window(third)
  await browser.heading('Bàn hỗ trợ')
  assert.equal(await browser.driver.executeScript('return sessionStorage.space ?? null'), null)
  for (const [name, text] of Object.entries(await databases(browser))) assert.ok(!text.includes('người thứ nhất'), name)
  await browser.driver.switchTo().window(second)
  await browser.until(async () => (await browser.driver.executeScript('return document.getElementById("feedback-text").value')) === 'Lời của người thứ hai', 'the other person\'s words stay')
}, size))

test('a code reader that types is heard in any field: a receipt is looked up, the field stays as it was', () => scene(async (browser) => {
  await begin(browser)
  await open(browser, person(0), false)
  await browser.press('Phản ánh')
  await browser.type('feedback-text', 'Câu này ở lại')
  await scan(browser, 'D-3439-10')
  await browser.heading('Tra cứu hồ sơ')
  await browser.until(() => browser.driver.executeScript(`return document.getElementById('number').value === '10' && document.getElementById('fact').value === '3439'`), 'both are filled in')
  await browser.go('/phan-anh')
  await browser.until(async () => (await browser.driver.executeScript('return document.getElementById("feedback-text")?.value')) === 'Câu này ở lại', 'the field is as it was')
}, size))

test('the citizen signs in on their own phone, which shows a code for the counter', () => scene(async (browser, sandbox) => {
  await browser.go('/cho-quay')
  await browser.heading('Đăng nhập cho máy ở quầy')
  await browser.type('email', 'chau@example.vn')
  await browser.type('password', 'sai')
  await browser.press('Đăng nhập')
  browser.expectFailures()
  await browser.until(async () => (await browser.all('main .notice.wrong')).length > 0, 'a wrong password is told')
  await browser.type('password', 'matkhau3')
  await browser.press('Đăng nhập')
  await browser.see('Đã đăng nhập')
  await browser.accessible('the code for the counter')
  const { read } = await import('./support/qr.js')
  const code = await read(await browser.shot('img.qr'))
  assert.match(code, /^MC1:eyJ/)
  const who = await (await fetch(`${sandbox.url}/o/rest/v2/users/login`, { headers: { authorization: `Bearer ${code.slice(4)}` } })).json()
  assert.equal(who[0].email, 'chau@example.vn')
}))

test('the desk by keyboard alone, from the helper\'s code to the end of a service', () => scene(async (browser, sandbox) => {
  const keys = new Keys(browser)
  const alt = (letter) => browser.driver.actions().keyDown(Key.ALT).sendKeys(letter).keyUp(Key.ALT).perform()
  const someone = person(0)
  await sandbox.register(someone)
  await browser.go('/?mode=desk')
  await browser.heading('Bàn hỗ trợ')
  await keys.toId('helper-code')
  await keys.send('TNV-07')
  await pause()
  await keys.send(Key.ENTER)
  await browser.see('Người tiếp theo')
  await keys.toId('space-name')
  await keys.send(Key.END, '7')
  await pause()
  await keys.send(Key.ENTER)
  await browser.heading('Lời đồng ý')
  await keys.press('Tôi đồng ý')
  await browser.heading('Ông/bà cần làm gì')
  await alt('k')
  await browser.see('Bước tiếp theo')
  await alt('l')
  await browser.see('Hôm nay ông/bà cần làm việc gì?')
  await keys.press('Làm thủ tục')
  await browser.see('Có 33 thủ tục')
  await keys.toId('query')
  await keys.send('sang ten so do')
  await browser.until(async () => (await browser.textOf('.results li')).includes('1.116501'), 'the best result comes first')
  await keys.press('Sang tên sổ đỏ')
  await browser.heading('Sang tên')
  await keys.press('Mua bán')
  await browser.heading('Giấy tờ cần có')
  // The way on is a key.
  await alt('g')
  await browser.heading('Chụp giấy tờ')
  await alt('b')
  await browser.heading('Giấy tờ cần có')
  await alt('g')
  await browser.until(async () => /Chụp giấy tờ|Giấy tờ cần có/.test(await browser.textOf('h1')), 'on')
  await alt('x')
  await browser.find('#end-service .ask')
  await browser.until(() => browser.driver.executeScript(`return Boolean(document.activeElement.closest('.ask'))`), 'the focus is at the question')
  await keys.press('Xong với người này')
  await browser.heading('Bàn hỗ trợ')
  await browser.see('Đã phục vụ 1 người')
}, size))
