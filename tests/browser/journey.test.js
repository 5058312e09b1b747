// One citizen's whole way, and the office's answer to it, each step seen in the app.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPapers, chau, fact, people, send, untilPapers, untilReview } from './support/journey.js'
import { Officer } from './support/sandbox.js'
import { scene } from './support/scene.js'

for (const browserName of ['chromium', 'firefox', 'webkit']) {
  test(`from the first screen to the result, with three photographs and a PDF, in ${browserName}`, () =>
    scene(untilSupplement, browserName === 'chromium' ? undefined : { browser: browserName }))
}

async function untilSupplement(browser, sandbox) {
  await untilPapers(browser)
  await addPapers(browser)
  await browser.see('Đã xong 4/4 giấy tờ')
  await people(browser)
  await send(browser)

  // The receipt is what the portal itself lists.
  await browser.see('Cơ quan đã nhận 4 tệp')
  const dossier = Number(await fact(browser, 'Mã hồ sơ tạm'))
  const secret = await fact(browser, 'Mã bí mật để tra cứu')
  assert.ok(dossier > 0 && /^\d{6}$/.test(secret))
  const uploads = (await sandbox.requests()).filter((one) => one.method === 'POST' && /\/files$/.test(one.path))
  assert.equal(uploads.length, 4, 'each file left once')

  // The office takes it to the end; the citizen sees each step.
  const officer = await new Officer(sandbox).signIn()
  await browser.press('Theo dõi hồ sơ này')
  await browser.see('Đã gửi, chờ tiếp nhận')
  const sees = async (headline) => {
    await browser.press('Hỏi lại cổng')
    await browser.see(headline)
  }
  await officer.step(dossier, 'tiep-nhan', { due: '2026-12-31' })
  await sees('Đã được tiếp nhận')
  assert.match(await fact(browser, 'Số hồ sơ'), /^000\./)
  assert.equal(await fact(browser, 'Ngày hẹn trả'), '31/12/2026')
  await officer.step(dossier, 'chuyen-xu-ly')
  await sees('Đang giải quyết')
  await officer.step(dossier, 'yeu-cau-bo-sung', { reason: 'Ảnh hợp đồng bị mờ', part: 'TP03', 'comment-TP03': 'Chụp lại trang có con dấu' })
  await sees('Cần bổ sung giấy tờ')
  await browser.see('Chụp lại trang có con dấu')
  await browser.see('Bây giờ đến lượt ông/bà')
}

test('the office asks for money, is late, says sorry, and hands the result over', () => scene(async (browser, sandbox) => {
  await untilReview(browser)
  await send(browser)
  const dossier = Number(await fact(browser, 'Mã hồ sơ tạm'))
  const secret = await fact(browser, 'Mã bí mật để tra cứu')
  const officer = await new Officer(sandbox).signIn()
  await officer.step(dossier, 'tiep-nhan', { due: '2026-12-31' })
  await officer.step(dossier, 'chuyen-xu-ly')

  // Looked up as a stranger to the session would: by number and a second fact.
  await browser.driver.manage().deleteAllCookies()
  await browser.go('/tra-cuu')
  await browser.press('Tra cứu', { within: 'main form' })
  await browser.see('Ông/bà ghi số hồ sơ')
  await browser.type('number', String(dossier))
  await browser.type('fact', '000000')
  await browser.press('Tra cứu', { within: 'main form' })
  await browser.see('không khớp nhau')
  await browser.type('fact', secret)
  await browser.press('Tra cứu', { within: 'main form' })
  await browser.see('Đang giải quyết')
  const number = await fact(browser, 'Số hồ sơ')
  await browser.type('number', number)
  await browser.type('fact', chau.id)
  await browser.press('Tra cứu', { within: 'main form' })
  await browser.until(async () => (await fact(browser, 'Số hồ sơ')) === number, 'found by number and card')
  await browser.type('fact', '092177009999')
  await browser.press('Tra cứu', { within: 'main form' })
  await browser.see('không khớp nhau')

  const looks = async (headline) => {
    await browser.type('fact', secret)
    await browser.press('Tra cứu', { within: 'main form' })
    await browser.see(headline)
  }
  await officer.step(dossier, 'yeu-cau-thanh-toan', { amount: '1250000', title: 'Lệ phí trước bạ' })
  await looks('Cần nộp tiền')
  await browser.see('1.250.000 đồng')
  await officer.step(dossier, 'xac-nhan-da-thanh-toan')
  const came = Date.parse('2025-12-01T09:00:00+07:00')
  await sandbox.setDossier(dossier, { submitDate: came, receiveDate: came, dueDate: Date.parse('2026-01-05T17:00:00+07:00') })
  await looks('kể từ ngày 05/01/2026')
  await officer.step(dossier, 'xin-loi-va-hen-lai', { due: '2027-01-15', reason: 'Chờ cơ quan thuế' })
  await looks('Ngày hẹn mới: 15/01/2027')
  await officer.step(dossier, 'ket-thuc-xu-ly')
  await looks('Đã xong, chờ nhận kết quả')
  await officer.step(dossier, 'tra-ket-qua')
  await looks('Đã trả kết quả')
  browser.expectFailures()
}))
