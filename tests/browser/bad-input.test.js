// Bad files, a bad portal, hostile texts: each ends in a sentence that says what to do, and nothing is lost.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { photo } from './support/browser.js'
import { addPapers, chau, check, choose, draftId, fact, openPaper, people, pickCase, send, signIn, untilPapers, untilReview } from './support/journey.js'
import { Officer } from './support/sandbox.js'
import { scene } from './support/scene.js'

const pictures = new URL('./output/', import.meta.url).pathname

/** A JPEG of more than 40 MB: a whole photograph with a long comment segment after another. */
function hugePhoto(folder) {
  const jpeg = readFileSync(photo('hop-dong.jpg'))
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(65533, 'x')])
  const path = join(folder, 'rat-lon.jpg')
  writeFileSync(path, Buffer.concat([jpeg.subarray(0, 2), ...Array(640).fill(comment), jpeg.subarray(2)]))
  return path
}

test('bad files are refused with a reason; the pages already there stay', () => scene(async (browser) => {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-huge-'))
  try {
    await untilPapers(browser)
    await openPaper(browser, await draftId(browser), 'TP01')
    await browser.hand('camera', photo('phieu.jpg'))
    await browser.see('1 trang')
    for (const [file, sentence] of [
      ['empty.jpg', 'trống, không có gì bên trong'],
      ['chuong-trinh.pdf', 'không phải ảnh hay PDF'],
      ['khoa.pdf', 'có khoá mật khẩu'],
      ['hong.pdf', 'bị hỏng'],
      ['hong.jpg', 'bị hỏng, thiếu một phần'],
      ['mot-trang.pdf', 'Mỗi giấy chỉ gửi được một tệp'],
    ]) {
      await browser.hand('files', photo(file))
      await browser.see(sentence)
      await browser.until(async () => (await browser.all('.page')).length === 1, `the first page stays beside ${file}`)
    }
    await browser.hand('files', photo('anh.heic'))
    await browser.until(async () => /không mở được ảnh anh.heic/.test(await browser.textOf('main')) || (await browser.all('.page')).length === 2, 'HEIC is opened or refused with a way out')
    const before = (await browser.all('.page')).length
    await browser.hand('files', hugePhoto(folder), photo('anh.webp'))
    await browser.until(async () => (await browser.all('.page')).length === before + 2, 'a photo of 40 MB and a WebP become pages')
    await browser.press('Xong giấy này')
    await browser.see(`Đã có ${before + 2} trang`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}))

test('a page that is hard to read is told at once, and the citizen decides', () => scene(async (browser) => {
  await untilPapers(browser)
  await openPaper(browser, await draftId(browser), 'TP01')
  await browser.hand('camera', photo('phieu.jpg'))
  await browser.see('1 trang')
  assert.equal((await browser.all('.page .notice')).length, 0, 'a good page passes')
  await browser.hand('files', photo('anh.png'))
  await browser.see('Ảnh nhỏ quá, khó đọc chữ')
  await browser.accessible('a doubtful page')
  await browser.press('Vẫn dùng ảnh này')
  await browser.until(async () => (await browser.all('.page .notice')).length === 0, 'the doubt is gone')
  await browser.hand('camera', photo('phieu.jpg'))
  await browser.see('giống một trang đã có')
  await browser.reload()
  await browser.see('giống một trang đã có')
  await browser.press('Xong giấy này')
  await browser.see('Đã có 3 trang')
}))

test('many pages are shrunk under the limit of the portal', () => scene(async (browser, sandbox) => {
  await untilPapers(browser)
  await addPapers(browser, { TP02: 'giay-chung-nhan.jpg', TP03: 'hop-dong.jpg', TP06: 'mot-trang.pdf' })
  await openPaper(browser, await draftId(browser), 'TP01')
  const pages = ['phieu.jpg', 'giay-chung-nhan.jpg', 'hop-dong.jpg']
  await browser.hand('files', ...Array(12).fill(pages).flat().map(photo))
  await browser.see('36 trang')
  await browser.press('Xong giấy này')
  await people(browser)
  await send(browser)
  const sizes = await browser.driver.executeScript(`return [...document.querySelectorAll('.receipt .rows .hint')].map((one) => one.innerText)`)
  assert.match(sizes[0], /^[1-4],\d MB$/, 'under 5 MB')
  assert.ok((await sandbox.requests()).some((one) => one.method === 'POST' && /files$/.test(one.path) && one.bytesIn > 1e6))
}))

/** The signed-in citizen has one dossier at the portal, and it is sent. */
async function onlyOneDossier(browser) {
  await browser.go('/tra-cuu')
  await browser.press('Xem hồ sơ của tôi')
  await browser.see('Đã gửi, chờ tiếp nhận')
  const count = await browser.driver.executeScript(`return [...document.querySelectorAll('a.choice')]
    .filter((one) => /tra-cuu\\/\\d+$/.test(one.href)).length`)
  assert.equal(count, 1)
}

const files = '/o/rest/v2/dossiers/*/files'
const answer = (status, body, contentType = 'application/json', headers = {}) => ({ kind: 'answer', status, body, contentType, headers })
const error = (status, description = '') => answer(status, JSON.stringify({ message: 'No Content.', code: status, description }))

test('a portal that fails in the middle of sending loses nothing and doubles nothing', () => scene(async (browser, sandbox) => {
  browser.expectFailures()
  await untilReview(browser)
  await browser.press('Gửi hồ sơ')
  await browser.find('#email')
  await sandbox.faults({ method: 'POST', path: '/o/rest/v2/dossiers', ...error(500) })
  await signIn(browser)
  for (const [fault, sentence] of [
    [null, 'đang gặp lỗi'],
    [{ method: 'POST', path: '/o/rest/v2/dossiers', ...answer(200, '<html><h1>Wi-Fi</h1></html>', 'text/html') }, 'Cổng trả lời không đúng'],
    [{ method: 'POST', path: '/o/rest/v2/dossiers', kind: 'drop-after' }, 'Không có mạng'],
    [{ method: 'POST', path: files, ...error(401) }, 'không được phép'],
    [{ method: 'POST', path: files, ...error(403, 'Hồ sơ sai mẫu') }, 'Hồ sơ sai mẫu'],
    [{ method: 'POST', path: files, ...answer(404, 'x', 'text/plain') }, 'không tìm thấy hoặc không nhận'],
    [{ method: 'POST', path: files, ...error(409) }, 'không tìm thấy hoặc không nhận'],
    [{ method: 'POST', path: files, ...error(413) }, 'tệp lớn quá'],
    [{ method: 'POST', path: files, kind: 'drop-in' }, 'Không có mạng'],
    [{ method: 'POST', path: files, kind: 'drop-after' }, 'Không có mạng'],
    [{ method: 'GET', path: files, skip: 1, ...answer(200, '{"total": 4, "data": [{"refer') }, 'Cổng trả lời không đúng'],
    [{ method: 'GET', path: files, ...answer(200, '') }, 'Cổng trả lời không đúng'],
    [{ method: 'GET', path: files, ...answer(429, '', 'text/plain', { 'Retry-After': '2' }) }, 'Cổng đang bận'],
    [{ method: 'POST', path: '/o/rest/v2/dossiers/*/actions', kind: 'drop-before' }, 'Không có mạng'],
    [{ method: 'GET', path: files, times: 9, ...answer(200, '{"total":0,"data":[]}') }, 'Cổng chưa nhận đủ tệp'],
  ]) {
    if (fault) {
      // A browser tries again by itself on each connection that it had open, so a drop has to last.
      await sandbox.faults({ times: fault.kind.startsWith('drop') ? 20 : 1, ...fault })
      await browser.press('Gửi hồ sơ')
    }
    await browser.see(sentence)
    assert.notEqual(await browser.textOf('h1'), 'Đã gửi hồ sơ', 'never shown as sent')
    // What may pass is tried again by itself; the citizen may stop that, and is told when it is of no use.
    if (await browser.driver.executeScript(`return !document.querySelector('.sending').hidden`)) {
      await browser.see('Thử ngay')
      await browser.press('Dừng gửi')
      await browser.until(async () => !(await browser.find('#send').then((send) => send.getAttribute('disabled'))), 'stopped')
    } else {
      await browser.see('Chưa mất gì cả')
    }
    await sandbox.noFaults()
  }
  await sandbox.noFaults()
  await browser.press('Gửi hồ sơ')
  await browser.heading('Đã gửi hồ sơ')
  await browser.see('Cơ quan đã nhận 4 tệp')
  await onlyOneDossier(browser)
}))

test('the answer to the submission is lost, and the dossier is still sent once', () => scene(async (browser, sandbox) => {
  browser.expectFailures()
  await untilReview(browser)
  await sandbox.faults({ method: 'POST', path: '/o/rest/v2/dossiers/*/actions', kind: 'drop-after', times: 20 })
  await send(browser)
  await onlyOneDossier(browser)
}))

test('the session ends in the middle of the third file: sign in again, on whatever screen, and it goes on', () => scene(async (browser, sandbox) => {
  await untilReview(browser)
  const uploads = async (status) => (await sandbox.requests()).filter((one) => one.method === 'POST' && /files$/.test(one.path) && (!status || one.status === status))
  // The portal ends all sessions while it reads a file.
  const endsUnder = async (file) => {
    await browser.until(async () => (await uploads()).length === file, `file ${file} is on its way`)
    await sandbox.endSessions()
  }
  const slow = (skip) => sandbox.faults({ method: 'POST', path: files, skip, times: 1, kind: 'delay', ms: 1_500 })
  await slow(2)
  await browser.press('Gửi hồ sơ')
  await signIn(browser)
  await endsUnder(3)
  await browser.until(async () => (await browser.all('#email')).length === 1 && (await browser.driver.executeScript(`return document.getElementById('email').value`)) === '', 'asked again')
  await browser.see('✓ Cổng đã nhận')
  assert.equal((await uploads(200)).length, 2)
  // It ends once more, while the citizen looks at something else.
  await slow(0)
  await signIn(browser)
  await browser.until(async () => (await uploads()).length === 4, 'the third file leaves again')
  await browser.press('Sửa người nộp và chủ hồ sơ')
  await browser.heading('Ai nộp hồ sơ')
  await sandbox.endSessions()
  await browser.see('đăng nhập lại để gửi tiếp hồ sơ “Sang tên')
  await browser.accessible('signing in again elsewhere')
  await browser.picture(`${pictures}dang-nhap-lai.png`)
  // Also from the way in, after a reload.
  await browser.go('/')
  await browser.see('đăng nhập lại để gửi tiếp hồ sơ')
  await browser.press('Đăng nhập và gửi tiếp')
  await signIn(browser)
  await browser.see('Theo dõi hồ sơ này')
  await browser.until(async () => (await browser.textOf('.outgoing')) === '', 'nothing is left to say')
  assert.equal((await uploads(200)).length, 4, 'what had arrived did not leave again')
  await onlyOneDossier(browser)
}))

test('wrong password, and a portal that is down at the first visit', () => scene(async (browser, sandbox) => {
  browser.expectFailures()
  await sandbox.faults({ method: 'GET', path: '/o/rest/v2/serviceinfos', times: 1, ...answer(500, 'x', 'text/plain') })
  await browser.go('/thu-tuc')
  await browser.see('đang gặp lỗi')
  await browser.reload()
  await browser.see('Có 33 thủ tục')
  await sandbox.faults({ method: 'GET', path: '/o/rest/v2/serviceinfos', times: 20, kind: 'drop-before' })
  await browser.reload()
  await browser.see('bản đã lưu từ lần trước')
  await browser.see('Có 33 thủ tục')
  await browser.go('/tra-cuu')
  await browser.press('Xem hồ sơ của tôi')
  await signIn(browser, { ...chau, password: 'sai' })
  await browser.see('Email hoặc mật khẩu không đúng')
}))

test('hostile text from the portal is text; missing dates and strange states are said as they are', () => scene(async (browser, sandbox) => {
  await sandbox.setService('1.116501', {
    serviceName: 'Đăng ký <script>document.title="x"</script><img src=x onerror="document.title=1"> biến động',
    durationText: '<p>08 ngày làm việc<script>document.title="x"</script></p><iframe src="//evil.example"></iframe>',
  })
  await choose(browser)
  await browser.see('<script>')
  assert.equal((await browser.all('main script, main iframe, main img:not([src^="/pictures/"], [src^="data:"])')).length, 0)
  await pickCase(browser)
  assert.equal((await browser.all('main script, main iframe, main img:not([src^="/pictures/"], [src^="data:"])')).length, 0)
  assert.match(await browser.driver.getTitle(), /Giấy tờ cần có/)

  await check(browser)
  await addPapers(browser)
  await people(browser)
  await send(browser)
  const dossier = Number(await fact(browser, 'Mã hồ sơ tạm'))
  const officer = await new Officer(sandbox).signIn()
  await officer.step(dossier, 'tiep-nhan', { due: '2026-12-31' })
  await sandbox.setDossier(dossier, { dueDate: null, dossierStatus: 'la-lam', dossierStatusText: 'Đang <b>chờ</b> trăng', dossierSubStatus: '', dossierSubStatusText: '' })
  await browser.press('Theo dõi hồ sơ này')
  await browser.see('Đang <b>chờ</b> trăng')
  await browser.see('Đây là lời của cổng')
  assert.equal(await fact(browser, 'Ngày hẹn trả'), 'Cổng chưa cho biết')
}))
