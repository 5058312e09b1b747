// What the office does, as the citizen sees it: every state, the answer to a supplement, money, lateness, withdrawal, result.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { photo } from './support/browser.js'
import { binh, chau, draftId, fact, send, signedIn, untilReview } from './support/journey.js'
import { drawn, read } from './support/qr.js'
import { Officer } from './support/sandbox.js'
import { scene } from './support/scene.js'

const output = new URL('./output/', import.meta.url).pathname
/** The day so many days from today, as a form's date field writes it. */
const inDays = (days) => new Date(Date.now() + days * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10)

/** A dossier that was just sent and is followed; `look` asks the portal again. */
async function followed(browser, sandbox) {
  await untilReview(browser)
  await send(browser)
  const dossier = Number(await fact(browser, 'Mã hồ sơ tạm'))
  const officer = await new Officer(sandbox).signIn()
  await browser.press('Theo dõi hồ sơ này')
  await browser.see('Đã gửi, chờ tiếp nhận')
  const look = async (headline) => {
    await browser.press('Hỏi lại cổng')
    await browser.until(async () => (await browser.textOf('.status h2')) === headline, `the headline is “${headline}”`)
  }
  return { dossier, officer, look }
}

/** What was asked of the portal about dossiers and the papers of this procedure, in order; other checklists are fetched ahead. */
const asked = async (sandbox) => (await sandbox.requests()).map(({ path }) => path).filter((path) => /^\/o\/rest\/v2\/(dossiers|dossierlogs|dossiertemplates\/T-1\.116501)/.test(path)).map((path) => path.replace('/o/rest/v2', ''))

const YOURS = 'Bây giờ đến lượt ông/bà.'
const UNSAID = 'Cổng không cho biết đến lượt ai.'
/** Whose turn it is where it is not the office's; nobody's where it is over. */
const TURNS = {
  'Cần bổ sung giấy tờ': YOURS, 'Cần nộp tiền': YOURS, 'Đã xong, chờ nhận kết quả': YOURS, 'Đang thu nhận': UNSAID, 'Đã bàn giao': UNSAID, 'Tạm dừng': UNSAID, 'Đang chỉnh sửa': UNSAID,
  'Đã trả kết quả': '', 'Không được tiếp nhận': '', 'Đã dừng giải quyết': '', 'Đã rút hồ sơ': '',
}

test('each state of the portal has its headline and says who has the dossier', () => scene(async (browser, sandbox) => {
  await signedIn(browser, binh)
  const states = [
    [1, 'Đã gửi, chờ tiếp nhận'], [3, 'Đang thu nhận'], [4, 'Đã được tiếp nhận'], [6, 'Đang giải quyết'], [10, 'Cần bổ sung giấy tờ'],
    [12, 'Đã bổ sung, chờ tiếp nhận'], [13, 'Cần nộp tiền'], [16, 'Đang giải quyết'], [17, 'Đã bàn giao'], [18, 'Tạm dừng'],
    [19, 'Đang chỉnh sửa'], [20, 'Đã xin rút, chờ trả lời'], [21, 'Đã xong, chờ nhận kết quả'], [23, 'Đang gửi qua bưu điện'],
    [24, 'Đã trả kết quả'], [26, 'Không được tiếp nhận'], [28, 'Đã dừng giải quyết'], [29, 'Đã rút hồ sơ'],
  ]
  for (const [dossier, headline] of states) {
    await browser.go(`/tra-cuu/${dossier}`)
    await browser.until(async () => (await browser.textOf('.status h2')) === headline, `${dossier}: ${headline}`)
    assert.ok(await fact(browser, 'Ai đang giữ'), `${dossier}: who has it`)
    const turn = await browser.textOf('.status .lead')
    assert.equal(turn, TURNS[headline] ?? 'Ông/bà chưa phải làm gì.', `${dossier}: whose turn`)
    await browser.accessible(`dossier ${dossier}`)
    await browser.pictureOfAll(`${output}trang-thai-${dossier}.png`)
  }
  assert.ok((await sandbox.requests()).length > states.length)
}))

test('a supplement is asked, answered with new pages, and received', () => scene(async (browser, sandbox) => {
  const { dossier, officer, look } = await followed(browser, sandbox)
  await officer.step(dossier, 'yeu-cau-bo-sung', { reason: 'Ảnh hợp đồng bị mờ', part: 'TP03', 'comment-TP03': 'Chụp lại trang có con dấu' })
  await sandbox.forgetRequests()
  await look('Cần bổ sung giấy tờ')
  await browser.see('cơ quan chỉ yêu cầu bổ sung một lần')
  assert.deepEqual(await asked(sandbox), [`/dossiers/${dossier}`, `/dossiers/${dossier}/marks`], 'two requests')
  await browser.see('Cơ quan nói: Chụp lại trang có con dấu')
  const name = await browser.textOf('#asked ~ ul strong')
  // Two as well where the device does not know the papers of the template: their names are asked for when they are wanted.
  await browser.forgetKept('procedure/1.116501')
  await sandbox.forgetRequests()
  await look('Cần bổ sung giấy tờ')
  await browser.see('Cơ quan nói: Chụp lại trang có con dấu')
  assert.equal(await browser.textOf('#asked ~ ul strong'), 'Giấy tờ mang mã TP03')
  assert.deepEqual(await asked(sandbox), [`/dossiers/${dossier}`, `/dossiers/${dossier}/marks`], 'two requests')
  await browser.accessible('a supplement whose papers are not known')
  await browser.press('Xem là giấy gì, rồi gửi bổ sung')
  await browser.until(async () => (await browser.textOf('#asked ~ ul strong')) === name, 'the name')
  assert.equal(await browser.driver.executeScript('return document.activeElement.id'), 'asked')
  assert.match(await browser.textOf('main'), /Cơ quan yêu cầu lúc \d\d\/\d\d\/\d{4} \d\d:\d\d/)
  await browser.accessible('a supplement')
  await browser.pictureOfAll(`${output}bo-sung.png`)
  // Photographed, answered and sent on this screen; the only paper that is wanted stands open.
  const here = await browser.path()
  await browser.press('Chụp và gửi bổ sung')
  await browser.see('Giấy tờ bổ sung')
  await browser.see('Chưa chụp')
  assert.equal(await (await browser.find('#send')).getAttribute('disabled'), 'true', 'nothing is sent without a page')
  await browser.hand('camera', photo('giay-chung-nhan.jpg'))
  await browser.find('.page img')
  await browser.see('✓ Đã chụp')
  await browser.accessible('answering a supplement')
  await browser.pictureOfAll(`${output}bo-sung-tra-loi.png`)
  await browser.reload()
  await browser.find('.page img')
  assert.equal(await browser.path(), here)
  assert.doesNotMatch(await browser.textOf('main'), /Số căn cước/, 'who files is known to the office')

  // The last word of the portal is lost: sent once all the same.
  await sandbox.forgetRequests()
  await sandbox.faults({ method: 'POST', path: '/o/rest/v2/dossiers/*/actions', kind: 'drop-after' })
  browser.expectFailures()
  await browser.press('Gửi bổ sung')
  await browser.until(async () => (await browser.textOf('.status h2')) === 'Đã bổ sung, chờ tiếp nhận', 'the answer is there')
  assert.equal(await browser.path(), here)
  const seen = await sandbox.requests()
  assert.equal(seen.filter(({ method, path }) => method === 'POST' && path.endsWith('/files')).length, 1)
  assert.equal(seen.filter(({ method, path }) => method === 'POST' && path.endsWith('/dossiers')).length, 0, 'no second dossier')
  assert.equal(seen.filter(({ method }) => method === 'DELETE').length, 0, 'nothing that was sent before is taken away')
  await browser.see('Đã bổ sung lúc')
  const { data } = await browser.driver.executeAsyncScript(`fetch('/o/rest/v2/dossiers/${dossier}/files', { headers: { groupId: '51801' } }).then((answer) => answer.json()).then(arguments[0])`)
  assert.equal(data.filter((file) => file.dossierPartType !== 2).length, 4, 'four papers, one of them new')
  await officer.step(dossier, 'tiep-nhan', { due: '2027-03-01' })
  await look('Đã được tiếp nhận')
  // The proof has both: what was sent first, and the answer.
  const proof = await browser.textOf('.proof')
  assert.match(proof, /Đã gửi lúc [\s\S]*4|Đã gửi lúc/)
  assert.match(proof, /Đã bổ sung lúc \d\d\/\d\d\/\d{4}/)
  assert.equal((await browser.all('.proof ul')).length, 2)
}))

test('money: to whom and how much, by a code that banks read; reported is not confirmed', () => scene(async (browser, sandbox) => {
  const { dossier, officer, look } = await followed(browser, sandbox)
  await officer.step(dossier, 'tiep-nhan', { due: '2027-03-01' })
  await officer.step(dossier, 'yeu-cau-thanh-toan', { amount: '1250000', title: 'Lệ phí trước bạ' })
  await sandbox.forgetRequests()
  await look('Cần nộp tiền')
  await browser.see('Số tiền: 1.250.000 đồng')
  assert.deepEqual(await asked(sandbox), [`/dossiers/${dossier}`, `/dossiers/${dossier}/payment`], 'two requests')
  await browser.see('Ông/bà chưa nộp tiền')
  await browser.see('Cơ quan chưa xác nhận')
  assert.equal(await fact(browser, 'Số tài khoản'), '1890201000001')
  await browser.accessible('a duty')
  await browser.pictureOfAll(`${output}nop-tien.png`)
  const code = await read(await browser.shot('.missing img.qr'))
  assert.match(code, /^000201010212.*0006970405.*01131890201000001.*54071250000.*6304[0-9A-F]{4}$/)
  // A picture that does not arrive stays on the device until it has.
  browser.expectFailures()
  await sandbox.faults({ method: 'PUT', path: '/o/rest/v2/dossiers/*/payments/*/confirmfile', kind: 'answer', status: 500, contentType: 'text/html', body: '<h1>500</h1>' })
  await browser.hand('proof', photo('phieu.jpg'))
  await browser.see('Ảnh biên lai còn trên máy')
  await browser.reload()
  await browser.see('Ảnh biên lai còn trên máy')
  await browser.press('Gửi lại ảnh biên lai')
  await browser.see('Ông/bà đã nộp, đang chờ cơ quan xác nhận')
  await browser.see('Cơ quan chưa xác nhận')
  // Reported is the office's turn, and nothing leads to paying twice.
  await browser.until(async () => (await browser.textOf('.status h2')) === 'Đã báo nộp tiền, chờ xác nhận', 'reported')
  assert.equal(await browser.textOf('.status .lead'), 'Ông/bà chưa phải làm gì.')
  assert.deepEqual([(await browser.all('.missing img.qr')).length, (await browser.textOf('main')).includes('Nộp tiền trực tuyến')], [0, false])
  await officer.step(dossier, 'xac-nhan-da-thanh-toan')
  await look('Đang giải quyết')

  // The receipt is kept, and there without the portal.
  const receipt = async () => {
    await browser.press('Xem khoản tiền đã nộp')
    await browser.see('Cơ quan đã xác nhận')
    await browser.press('Lấy biên lai của cơ quan')
    await browser.see('Biên lai đã được lưu trên máy này')
  }
  await receipt()
  await browser.accessible('a receipt of money')
  await browser.pictureOfAll(`${output}bien-lai.png`)
  await browser.reload()
  await sandbox.faults({ method: 'GET', path: '/o/rest/v2/dossiers/*/payments/*/invoicefile', times: 9, kind: 'answer', status: 500, contentType: 'text/html', body: '<h1>500</h1>' })
  await receipt()
}))

test('money: paid at the gateway that the portal opens, never at another address', () => scene(async (browser, sandbox) => {
  const { dossier, officer, look } = await followed(browser, sandbox)
  await officer.step(dossier, 'tiep-nhan', { due: '2027-03-01' })
  await officer.step(dossier, 'yeu-cau-thanh-toan', { amount: '1250000', title: 'Lệ phí trước bạ' })
  await look('Cần nộp tiền')
  await sandbox.faults({ method: 'POST', path: '/o/pgi/kpdvcqg/createtransaction', kind: 'answer', status: 200, contentType: 'application/json', body: '{"error":"0","payment_url":"http://elsewhere.example/pay"}' })
  await browser.press('Nộp tiền trực tuyến')
  await browser.until(async () => (await browser.all('.missing .notice.wrong')).length > 0, 'another address is refused')
  assert.match(await browser.path(), /^\/tra-cuu\//)
  await sandbox.noFaults()
  await browser.press('Nộp tiền trực tuyến')
  await browser.see('Cổng thanh toán (bản mẫu)')
  await browser.see('1.250.000 đồng')
  await browser.press('Nộp tiền')
  await browser.heading('Tra cứu hồ sơ')
  await browser.press('Sang tên')
  await browser.see('Ông/bà đã nộp, đang chờ cơ quan xác nhận')
}))

test('late: said so plainly, with an apology and a new date; late twice; a complaint with the dossier filled in', () => scene(async (browser, sandbox) => {
  const { dossier, officer, look } = await followed(browser, sandbox)
  await officer.step(dossier, 'tiep-nhan', { due: inDays(20) })
  await officer.step(dossier, 'chuyen-xu-ly')
  await look('Đang giải quyết')
  await browser.see('ngày làm việc, còn')
  assert.match(await browser.driver.executeScript(`return document.querySelector('a[download="ngay-hen.ics"]').href`), /^blob:/)
  // Forty days pass at the office. The device's own clock stays behind; the portal's counts.
  await officer.putAhead(40)
  await look('Đang giải quyết')
  await browser.see('Cơ quan đã trễ hẹn')
  await browser.see('Cơ quan chưa báo ngày hẹn mới')
  await browser.pictureOfAll(`${output}tre-hen.png`)
  const anew = inDays(60)
  await officer.step(dossier, 'xin-loi-va-hen-lai', { due: anew, reason: 'Chờ cơ quan thuế' })
  await look('Đang giải quyết')
  await browser.see(`Cơ quan xin lỗi ông/bà vì trễ hẹn. Ngày hẹn mới: ${anew.split('-').reverse().join('/')}`)
  await browser.see('Chờ cơ quan thuế')
  await officer.putAhead(30)
  await look('Đang giải quyết')
  await browser.see('mà vẫn trễ')
  await browser.accessible('late twice')
  await browser.pictureOfAll(`${output}tre-hen-hai-lan.png`)
  await browser.press('Gửi phản ánh trễ hẹn')
  await browser.heading('Phản ánh')
  await browser.until(() => browser.driver.executeScript(`return /nay đã trễ \\d+ ngày làm việc/.test(document.getElementById('feedback-text').value)`), 'the complaint is written')
}))

test('refused at the desk, stopped, not resolved: said with the reason, and nobody waits for anything', () => scene(async (browser, sandbox) => {
  const officer = await new Officer(sandbox).signIn()
  const ends = [
    [['tu-choi'], 'Không được tiếp nhận', 'Thiếu hợp đồng công chứng'],
    [['tiep-nhan', 'chuyen-xu-ly', 'dung-xu-ly'], 'Đã dừng giải quyết', 'Đất đang có tranh chấp'],
    [['tiep-nhan', 'chuyen-xu-ly', 'khong-giai-quyet'], 'Đã dừng giải quyết', 'Không đủ điều kiện'],
  ]
  await untilReview(browser)
  await send(browser)
  for (const [n, [steps, headline, reason]] of ends.entries()) {
    if (n > 0) {
      await browser.press('Soạn hồ sơ mới từ hồ sơ này')
      await browser.heading('Chụp giấy tờ')
      await browser.go(`/ho-so/${await draftId(browser)}/gui`)
      await browser.press('Gửi hồ sơ')
      await browser.heading('Đã gửi hồ sơ')
    }
    const dossier = Number(await fact(browser, 'Mã hồ sơ tạm'))
    await browser.press('Theo dõi hồ sơ này')
    await browser.see('Đã gửi, chờ tiếp nhận')
    for (const step of steps) await officer.step(dossier, step, step === 'tiep-nhan' ? { due: inDays(20) } : { reason })
    await browser.press('Hỏi lại cổng')
    await browser.until(async () => (await browser.textOf('.status h2')) === headline, headline)
    await browser.see(reason)
    assert.equal(await browser.textOf('.status .lead'), '')
    assert.equal((await browser.all('#withdraw, .term')).length, 0)
    await browser.accessible(headline)
    await browser.pictureOfAll(`${output}ket-thuc-${steps.at(-1)}.png`)
  }
}))

test('time that waits for the citizen is not counted, and what the portal does not tell is said', () => scene(async (browser, sandbox) => {
  const { dossier, officer, look } = await followed(browser, sandbox)
  await officer.step(dossier, 'tiep-nhan', { due: inDays(30) })
  const row = (stepName, days) => ({ dossierLogId: days, author: 'CÁN BỘ', content: '', createDate: Date.now() + days * 86_400_000, notificationType: 'PROCESS_TYPE', payload: { stepName } })
  await officer.step(dossier, 'chuyen-xu-ly')
  await sandbox.setDossier(dossier, { receiveDate: Date.now() - 28 * 86_400_000, submitDate: Date.now() - 28 * 86_400_000 })
  const log = (rows) => sandbox.faults({ method: 'GET', path: '/o/rest/v2/dossierlogs/*/logs', times: 99, kind: 'answer', status: 200, contentType: 'application/json', body: JSON.stringify({ total: rows.length, data: rows }) })
  const gone = async () => Number((await browser.textOf('.term')).match(/Đã qua (\d+)\//)?.[1] ?? NaN)
  await log([row('Tiếp nhận', -28)])
  await look('Đang giải quyết')
  await browser.until(async () => (await gone()) > 0, 'the stretch')
  const all = await gone()
  await log([row('Tiếp nhận', -28), row('Yêu cầu bổ sung', -21), row('Bổ sung hồ sơ', -7)])
  await look('Đang giải quyết')
  await browser.until(async () => (await gone()) < all, 'two weeks of waiting do not count')
  assert.ok([9, 10].includes(all - await gone()), `ten working days, or nine with a holiday: ${all - await gone()}`)
  await sandbox.noFaults()
  // The reasons cannot be read: that is not the same as none.
  browser.expectFailures()
  await officer.step(dossier, 'yeu-cau-bo-sung', { ['ly-do-TP01']: 'Thiếu chữ ký', reason: 'Bổ sung' })
  await sandbox.faults({ method: 'GET', path: '/o/rest/v2/dossiers/*/marks', kind: 'answer', status: 500, contentType: 'text/html', body: '<h1>500</h1>', times: 9 })
  await look('Cần bổ sung giấy tờ')
  await browser.see('Chưa đọc được cơ quan cần giấy gì')
  await browser.accessible('reasons that cannot be read')
  await sandbox.noFaults()
  await browser.press('Thử lại')
  await browser.see('Cơ quan cần ông/bà bổ sung')
}))

test('withdrawing: a reason and a warning; refused, then agreed', () => scene(async (browser, sandbox) => {
  const { dossier, officer, look } = await followed(browser, sandbox)
  const ask = async (reason) => {
    await browser.press('Rút hồ sơ')
    await browser.see('Rút xong, cơ quan không làm tiếp hồ sơ này')
    await browser.press('Gửi yêu cầu rút')
    await browser.see('Ông/bà ghi lý do rút hồ sơ')
    await browser.type('withdraw-reason', reason)
    await browser.accessible('withdrawing')
    await browser.press('Gửi yêu cầu rút')
    await browser.until(async () => (await browser.textOf('.status h2')) === 'Đã xin rút, chờ trả lời', 'asked')
  }
  await ask('Nộp nhầm thủ tục')
  await officer.step(dossier, 'khong-chap-nhan-rut-ho-so', { reason: 'Hồ sơ đã làm xong' })
  await look('Đã gửi, chờ tiếp nhận')
  await browser.see('Hồ sơ đã làm xong')
  await ask('Vẫn muốn rút')
  await officer.step(dossier, 'chap-nhan-rut-ho-so')
  await look('Đã rút hồ sơ')
  assert.equal((await browser.all('#withdraw')).length, 0)
}))

test('the result: by post, then handed over; its file is checked, kept and there without a network; what is not what it claims is refused', () => scene(async (browser, sandbox) => {
  const { dossier, officer, look } = await followed(browser, sandbox)
  await officer.step(dossier, 'tiep-nhan', { due: '2027-03-01' })
  await officer.step(dossier, 'chuyen-xu-ly')
  await officer.step(dossier, 'ket-thuc-xu-ly')
  await look('Đã xong, chờ nhận kết quả')
  await browser.see('Ông/bà mang theo căn cước và biên nhận')
  await sandbox.setDossier(dossier, { viaPostal: '2', postalAddress: 'Ấp Hòa Thạnh' })
  await look('Đã xong, chờ nhận kết quả')
  await browser.see('Bưu điện sẽ mang kết quả đến địa chỉ này:')
  await browser.see('Ấp Hòa Thạnh')
  await officer.step(dossier, 'gui-buu-chinh', { tracking: 'EX123456789VN' })
  await look('Đang gửi qua bưu điện')
  await browser.see('Mã bưu gửi: EX123456789VN')
  await officer.step(dossier, 'tra-ket-qua')
  await look('Đã trả kết quả')

  // First the portal sends something else under the file's name.
  await browser.press('Kết quả bản điện tử')
  await browser.see('Tải kết quả')
  await sandbox.faults({ method: 'GET', path: '/o/rest/v2/dossiers/*/files/*', kind: 'answer', status: 200, contentType: 'application/pdf', body: 'MZ this is a program' })
  await browser.press('Tải kết quả')
  await browser.see('Tệp tải về không đúng cỡ')
  // As large as it says, and still no PDF.
  const { data: [result] } = await browser.driver.executeAsyncScript(`fetch('/o/rest/v2/dossiers/${dossier}/files', { headers: { groupId: '51801' } })
    .then((answer) => answer.json()).then(({ data }) => arguments[0]({ data: data.filter((file) => file.dossierPartType === 2) }))`)
  await sandbox.faults({ method: 'GET', path: '/o/rest/v2/dossiers/*/files/*', kind: 'answer', status: 200, contentType: 'application/pdf', body: 'MZ'.padEnd(result.fileSize, ' ') })
  await browser.press('Tải kết quả')
  await browser.see('không đúng loại')
  await sandbox.noFaults()
  await browser.press('Tải kết quả')
  await browser.see('Tệp mở được, đúng loại và đúng cỡ')
  assert.match(await browser.driver.executeScript(`return document.querySelector('.code').textContent`), /^[0-9a-f]{64}$/)
  await browser.driver.executeScript(`
    for (const [name, does] of [['canShare', () => true], ['share', async ({ files }) => { window.shared = [files[0].name, files[0].type, files[0].size] }]]) Object.defineProperty(navigator, name, { value: does, configurable: true })`)
  await browser.press('Chia sẻ')
  await browser.until(() => browser.driver.executeScript('return window.shared'), 'handed to the phone\'s share sheet')
  assert.deepEqual((await browser.driver.executeScript('return window.shared')).slice(1), ['application/pdf', result.fileSize])
  await browser.accessible('a result')
  await browser.pictureOfAll(`${output}ket-qua.png`)
  await browser.press('Rất hài lòng')
  await browser.see('Đã gửi đánh giá')

  await browser.stocked()
  await browser.network(false)
  await browser.reload()
  await browser.until(async () => (await browser.textOf('.status h2')) === 'Đã trả kết quả', 'the last known state')
  await browser.press('Kết quả bản điện tử')
  await browser.press('Tải kết quả')
  await browser.see('Tệp mở được, đúng loại và đúng cỡ')
  await browser.network(true)

  // The proof on paper: everything, with a code that leads to the look-up.
  await browser.reload()
  await browser.see('Bằng chứng về hồ sơ')
  const link = new URL(await read(await browser.shot('.proof img.qr')))
  assert.deepEqual([link.pathname, link.search], ['/tra-cuu', ''])
  assert.match(link.hash, /^#so=000\./)
  const { data } = await browser.driver.sendAndGetDevToolsCommand('Page.printToPDF', { paperWidth: 8.27, paperHeight: 11.69 })
  writeFileSync(`${output}bang-chung.pdf`, data, 'base64')
  await browser.go(link.pathname + link.hash)
  await browser.until(() => browser.driver.executeScript(`return document.getElementById('number')?.value.startsWith('000.')`), 'the number is filled in')
  // The code's text pasted where the number goes is understood; a second fact that can be none is told before anyone is asked.
  await browser.type('number', link.href)
  await browser.type('fact', '09208500123')
  const before = (await sandbox.requests()).length
  await browser.press('Tra cứu', { within: 'main form' })
  await browser.until(async () => (await browser.textOf('#fact-error')).includes('đủ 12 số'), 'a card number of eleven digits')
  assert.match(await browser.driver.executeScript(`return document.getElementById('number').value`), /^000\./)
  assert.equal((await sandbox.requests()).length, before)

  // A copy for the next time.
  await browser.go('/')
  await browser.see('Máy này giữ gì?')
  await browser.press('Theo dõi hồ sơ này')
  await browser.press('Soạn hồ sơ mới từ hồ sơ này')
  await browser.heading('Chụp giấy tờ')
  await browser.see('Đã xong 4/4 giấy tờ')
}))

test('a dossier that is not on this device is copied from what the portal holds: its people and its papers', () => scene(async (browser, sandbox) => {
  const { dossier } = await followed(browser, sandbox)
  await browser.go('/')
  await browser.press('Xoá khỏi máy này')
  await browser.press('Xoá khỏi máy này', { within: '.ask' })
  await browser.until(async () => (await browser.all('.drafts')).length === 0, 'the device has forgotten it')
  await browser.go(`/tra-cuu/${dossier}`)
  await browser.until(async () => (await browser.textOf('.status h2')) === 'Đã gửi, chờ tiếp nhận', 'the dossier')
  // One paper cannot be fetched: that is told, and the rest is there.
  await sandbox.faults({ method: 'GET', path: '/o/rest/v2/dossiers/*/files/*', skip: 1, kind: 'answer', status: 500, contentType: 'text/html', body: '<h1>500</h1>' })
  browser.expectFailures()
  await browser.press('Soạn hồ sơ mới từ hồ sơ này')
  await browser.see('Chưa chép được giấy')
  await browser.accessible('a copy that lacks a paper')
  await browser.press('Mở hồ sơ mới')
  await browser.heading('Chụp giấy tờ')
  await browser.see('Đã xong 3/4 giấy tờ')
  await browser.press('Tiếp: người nộp')
  await browser.until(() => browser.driver.executeScript(`return document.getElementById('applicant-name')?.value === 'THẠCH THỊ CHÂU'`), 'who filed it')
  await browser.until(() => browser.driver.executeScript(`return document.getElementById('applicant-ward')?.value`), 'and where they live')
  await browser.press('Tiếp: xem lại')
  await browser.heading('Xem lại và gửi')
  assert.deepEqual(await browser.driver.executeScript(`return document.querySelectorAll('.notice.wrong li').length`), 1, 'but the one paper nothing lacks')
}))

test('the bar code and the QR code of a receipt are read from photographs', () => scene(async (browser) => {
  await browser.go('/tra-cuu')
  await browser.find('#receipt-code')
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-codes-'))
  try {
    for (const [format, text, number, fact] of [['Code128', 'D-482193-77602', '77602', '482193'],
      ['QRCode', 'https://cong.example.vn/tra-cuu?id=88011&secretKey=4821', '88011', '4821']]) {
      const file = join(folder, `${format}.png`)
      writeFileSync(file, await drawn(text, format))
      await browser.hand('receipt-code', file)
      await browser.until(() => browser.driver.executeScript(
        `return document.getElementById('number').value === arguments[0] && document.getElementById('fact').value === arguments[1]`, number, fact), `${format} is read`)
    }
    await browser.hand('receipt-code', photo('phieu.jpg'))
    await browser.see('Không đọc được mã trong ảnh')
    await browser.accessible('looking up by a code')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}))

test('looking up costs two requests; wrong numbers are told before the portal is asked; too many tries are explained', () => scene(async (browser, sandbox) => {
  await browser.go('/tra-cuu')
  await browser.find('#number')
  await sandbox.forgetRequests()
  const look = async (number, secret, says) => {
    await browser.type('number', number)
    await browser.type('fact', secret)
    await browser.press('Tra cứu', { within: 'main form' })
    await browser.see(says)
  }
  await look('hồ sơ số 6!', '1234', 'Số này không giống số hồ sơ')
  const asked = async () => (await sandbox.requests()).filter(({ path }) => path.startsWith('/o/rest/v2/dossier')).length
  assert.equal(await asked(), 0)
  const secret = (id) => String(1000 + ((id - 1) * 271) % 9000)
  await look('6', secret(6), 'Đang giải quyết')
  await browser.until(async () => (await browser.all('.timeline li')).length > 0, 'the log')
  assert.equal(await asked(), 2)
  await browser.press('Ghi nhớ hồ sơ này trên máy')
  await browser.see('Máy này nhớ số hồ sơ')
  await browser.reload()
  await browser.see('Hồ sơ đang theo dõi trên máy này')
  const kept = await browser.textOf('main')
  assert.match(kept, /Đang giải quyết \(hỏi lúc/)
  await browser.accessible('followed dossiers')
  await browser.press('Thôi theo dõi')
  await browser.until(async () => !(await browser.textOf('main')).includes('Hồ sơ đang theo dõi'), 'it is gone')

  // By the owner's card, which is compared here; someone else's opens nothing, and two dossiers of one number are not guessed at.
  const row = (owner) => ({ dossierId: owner, dossierNo: '000.00.01.H92-261128-0001', applicantName: 'TRẦN THỊ BÌNH', applicantIdNo: `********${owner}`, serviceName: 'Cấp lại', dossierStatus: 'processing' })
  const answers = (...owners) => sandbox.faults({ method: 'GET', path: '/o/rest/v2/dossiers', kind: 'answer', status: 200, contentType: 'application/json', body: JSON.stringify({ total: owners.length, data: owners.map(row) }) })
  await answers(1234)
  await look('000.00.01.H92-261128-0001', '092085009999', 'không khớp nhau')
  assert.doesNotMatch(await browser.textOf('main'), /BÌNH|Cấp lại/)
  await answers(1234, 1234)
  await look('000.00.01.H92-261128-0001', '092085001234', 'Có nhiều hồ sơ cùng số')
  assert.doesNotMatch(await browser.textOf('main'), /BÌNH|Cấp lại/)
  await answers()
  await look('000.00.01.H92-261128-0001', '092085001234', 'Không thấy số hồ sơ này')

  // Someone else's dossier: nothing personal, and after some tries the portal slows down.
  browser.expectFailures()
  for (let tries = 0; tries < 10; tries++) {
    await browser.type('number', '7')
    await browser.type('fact', String(100000 + tries))
    await browser.press('Tra cứu', { within: 'main form' })
    await browser.until(async () => /không khớp nhau|Thử nhiều lần quá/.test(await browser.textOf('main')), 'an answer')
    assert.doesNotMatch(await browser.textOf('main'), /BÌNH|Bình/)
  }
  await browser.see('Thử nhiều lần quá')
}))

test('nonsense from the portal: no dates, dates out of order, a log of 500 entries, HTML in a note, an amount of nothing', () => scene(async (browser, sandbox) => {
  const { dossier, officer, look } = await followed(browser, sandbox)
  await officer.step(dossier, 'tiep-nhan', { due: '2027-03-01' })
  await officer.step(dossier, 'chuyen-xu-ly')
  await sandbox.setDossier(dossier, { receiveDate: Date.parse('2027-05-01'), dueDate: Date.parse('2026-01-02'), dossierNote: '<img src=x onerror="window.hurt=1"><b>Đợi</b> <script>window.hurt=2</script>' })
  await look('Đang giải quyết')
  await browser.see('Đợi')
  await browser.see('trước cả ngày nhận hồ sơ')
  assert.doesNotMatch(await browser.textOf('main'), /trễ hẹn/, 'nobody is late by a senseless date')
  assert.equal(await browser.driver.executeScript('return window.hurt ?? null'), null)
  assert.equal((await browser.all('.term progress')).length, 0, 'no stretch is drawn from nonsense')
  await sandbox.setDossier(dossier, { receiveDate: null, dueDate: null, submitDate: null, extendDate: null })
  await look('Đang giải quyết')
  await browser.see('Chưa có ngày hẹn')
  const rows = Array.from({ length: 500 }, (_, n) => ({ dossierLogId: n, author: 'CÁN BỘ', content: `Việc ${n}`, createDate: n % 7 ? 1.6e12 + n * 1e6 : null, notificationType: 'PROCESS_TYPE', payload: { stepName: `Bước ${n}` } }))
  await sandbox.faults({ method: 'GET', path: '/o/rest/v2/dossierlogs/*/logs', kind: 'answer', status: 200, contentType: 'application/json', body: JSON.stringify({ total: 500, data: rows }) })
  await look('Đang giải quyết')
  await browser.see('Xem thêm 494 dòng cũ hơn')
  assert.ok((await browser.driver.executeScript(`return [...document.querySelectorAll('.timeline li')].filter((one) => one.checkVisibility()).length`)) <= 6)
  await sandbox.noFaults()
  await officer.step(dossier, 'yeu-cau-thanh-toan', { amount: '5000', title: '' })
  const payment = { paymentFileId: 4, referenceUid: 'x', paymentFee: '', paymentAmount: -5000, paymentStatus: 2, bankInfo: 'chuyển vào <b>TK</b> 123', epaymentProfile: 'no json' }
  for (const amount of [-5000, 0]) {
    await sandbox.faults({ method: 'GET', path: '/o/rest/v2/dossiers/*/payment', kind: 'answer', status: 200, contentType: 'application/json', body: JSON.stringify({ ...payment, paymentAmount: amount }) })
    await look('Cần nộp tiền')
    await browser.see('đừng nộp theo số đoán')
    assert.equal((await browser.all('.amount')).length, 0, 'no demand of nothing')
    await browser.press('Xem nhật ký của cơ quan')
    await browser.until(async () => (await browser.all('.timeline li')).length > 0, 'the log, when it is wanted')
    await browser.press('Xem hồ sơ qua những bộ phận nào')
    await browser.until(async () => (await browser.textOf('.stages [aria-current=step]')).includes('Hồ sơ đang ở đây'), 'the unit that has it')
  }
}))

test('a portal that wants to see a person: the letters of a picture, then the dossier', () => scene(async (browser, sandbox) => {
  await followed(browser, sandbox).then(({ dossier, officer }) => officer.step(dossier, 'tiep-nhan', { due: '2027-03-01' }))
  await browser.press('Hỏi lại cổng')
  await browser.until(async () => /^000\./.test(await fact(browser, 'Số hồ sơ')), 'the number')
  const number = await fact(browser, 'Số hồ sơ')
  await browser.driver.manage().deleteAllCookies()
  browser.expectFailures()
  await sandbox.faults({ method: 'GET', path: '/o/rest/v2/dossiers', times: 50, kind: 'answer', status: 203, contentType: 'application/json', body: '{"message":"Non-Authoritative Information.","code":203,"description":""}' })
  await browser.go('/tra-cuu')
  await browser.type('number', number)
  await browser.type('fact', chau.id)
  await browser.press('Tra cứu', { within: 'main form' })
  await browser.see('Cổng muốn biết đây là người thật')
  await browser.find('.captcha img')
  await browser.accessible('a look-up with letters')
  const before = await browser.driver.executeScript(`return document.querySelector('.captcha img').src`)
  await browser.type('captcha', 'sai')
  await browser.press('Tra cứu', { within: 'main form' })
  await browser.until(async () => (await browser.textOf('#captcha-error')) !== '', 'wrong letters are told at their field')
  await browser.until(async () => (await browser.driver.executeScript(`return document.querySelector('.captcha img')?.src`)) !== before, 'another picture')
  const letters = await browser.driver.executeAsyncScript(`fetch('/sandbox/captcha').then((answer) => answer.text()).then(arguments[0])`)
  await browser.type('captcha', letters)
  await browser.press('Tra cứu', { within: 'main form' })
  await browser.see('Đã được tiếp nhận')
}))

test('feedback: its number is kept, a photograph goes its own way, and the answer of the office comes back', () => scene(async (browser, sandbox) => {
  await browser.go('/phan-anh')
  await browser.heading('Phản ánh')
  await browser.type('feedback-text', 'Chờ hai giờ ở quầy số 3')
  await browser.hand('feedback-photo', photo('phieu.jpg'))
  await browser.see('Đã có một tấm ảnh')
  await browser.reload()
  await browser.see('Đã có một tấm ảnh')
  await browser.find('.captcha img')
  await browser.type('captcha', await browser.driver.executeAsyncScript(`fetch('/sandbox/captcha').then((answer) => answer.text()).then(arguments[0])`))
  await browser.press('Gửi góp ý')
  await browser.see('Cơ quan đã nhận góp ý, số')
  await browser.see('Cổng này không nhận ảnh')
  await browser.accessible('feedback with a photograph')
  await browser.pictureOfAll(`${output}gop-y.png`)
  const number = (await browser.textOf('#sent')).match(/số (\d+)/)[1]
  await browser.reload()
  await browser.see(`Số ${number}, gửi ngày`)
  await browser.press('Xem trả lời')
  await browser.see('Cơ quan chưa trả lời')
  const officer = await new Officer(sandbox).signIn()
  await officer.answer(number, 'Xin lỗi ông/bà. <b>Quầy 3</b> nay có hai người.')
  await browser.reload()
  await browser.press('Xem trả lời')
  await browser.see('Xin lỗi ông/bà. <b>Quầy 3</b> nay có hai người.')
}))

test('news while no page is open: the service worker asks, tells once, and knows no locked or forgotten dossier', () => scene(async (browser, sandbox) => {
  await browser.driver.sendDevToolsCommand('Browser.grantPermissions', { permissions: ['notifications', 'periodicBackgroundSync'] })
  const { dossier, officer } = await followed(browser, sandbox)
  await browser.press('Báo cho tôi khi hồ sơ thay đổi')
  await browser.see('Đã bật thông báo trên máy này')
  await browser.stocked()
  const woken = async () => {
    await browser.driver.sendDevToolsCommand('ServiceWorker.enable', {})
    const scope = `${browser.url}/`
    const id = await browser.driver.executeAsyncScript(`caches.keys().then(() => navigator.serviceWorker.ready).then(() => arguments[0](0))`)
    for (const registrationId of [0, 1, 2]) {
      await browser.driver.sendDevToolsCommand('ServiceWorker.dispatchPeriodicSyncEvent', { origin: scope.slice(0, -1), registrationId: String(registrationId), tag: 'news' }).catch(() => id)
    }
  }
  // Chromium forgets a notification that it is asked for while it is still putting it up: asked once, when all is quiet.
  const told = () => browser.driver.executeAsyncScript(`navigator.serviceWorker.ready
    .then((registration) => registration.getNotifications()).then((all) => arguments[0](all.map(({ title, body }) => title + ': ' + body)))`)
  await woken()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  assert.deepEqual(await told(), [], 'no news, no word')
  await officer.step(dossier, 'tiep-nhan', { due: '2027-03-01' })
  await sandbox.forgetRequests()
  await woken()
  await browser.until(async () => (await sandbox.requests()).some(({ path }) => path === '/icons/192.png'), 'a notification is put up')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const all = await told()
  assert.equal(all.length, 1, 'the news')
  assert.match(all[0], /^Một Cửa: Hồ sơ .* có tin mới/)
  const asked = (await sandbox.requests()).filter(({ path }) => path.startsWith('/o/rest/v2/dossiers'))
  assert.deepEqual(asked.map(({ path }) => path), [`/o/rest/v2/dossiers/${dossier}`], 'one request')
  await woken()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  assert.equal((await told()).length, 1, 'told once')
  // Forgotten, it is asked for no more.
  await browser.go('/')
  await browser.press('Xoá khỏi máy này')
  await browser.press('Xoá khỏi máy này', { within: '.ask' })
  await browser.until(async () => (await browser.all('.ask')).length === 0, 'forgotten')
  await sandbox.forgetRequests()
  await woken()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  assert.equal((await sandbox.requests()).filter(({ path }) => path.startsWith('/o/rest/v2/dossiers')).length, 0)
}))

test('news: told on whatever screen there is, from the first one on, until they are looked at', () => scene(async (browser, sandbox) => {
  const { officer, dossier } = await followed(browser, sandbox)
  await officer.step(dossier, 'tiep-nhan', { due: '2027-03-01' })
  await browser.go('/')
  await browser.until(async () => /Đã được tiếp nhận/.test(await browser.textOf('.outgoing')), 'the news')
  await browser.accessible('news on the first screen')
  await browser.picture(`${output}tin-moi.png`)
  await browser.go('/phan-anh')
  await browser.until(async () => /Đã được tiếp nhận/.test(await browser.textOf('.outgoing')), 'still there, without asking again')
  await browser.press('Xem', { within: '.outgoing' })
  await browser.until(async () => (await browser.textOf('.status h2')) === 'Đã được tiếp nhận', 'the dossier')
  await browser.until(async () => (await browser.all('.outgoing')).length === 0, 'seen')
  await browser.reload()
  await browser.until(async () => (await browser.textOf('.status h2')) === 'Đã được tiếp nhận', 'the dossier')
  assert.equal((await browser.all('.outgoing')).length, 0)
}))

test('news: asked for at a dossier, never at the start; told once, without a name', () => scene(async (browser, sandbox) => {
  await browser.driver.sendDevToolsCommand('Browser.grantPermissions', { permissions: ['notifications'] })
  await browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
    source: `ServiceWorkerRegistration.prototype.showNotification = async (title, { body }) => { localStorage.told = (localStorage.told ?? '') + title + ': ' + body + '|' }`,
  })
  const { dossier, officer } = await followed(browser, sandbox)
  await browser.press('Báo cho tôi khi hồ sơ thay đổi')
  await browser.see('Đã bật thông báo trên máy này')
  await officer.step(dossier, 'tiep-nhan', { due: '2027-03-01' })
  await browser.go('/may-nay')
  const told = () => browser.driver.executeScript('return localStorage.told ?? ""')
  await browser.until(async () => (await told()).includes('Đã được tiếp nhận'), 'the news')
  await browser.reload()
  await new Promise((resolve) => setTimeout(resolve, 6_000))
  assert.equal((await told()).split('|').length - 1, 1, 'told once')
  assert.ok(!(await told()).includes('CHÂU'))
}))
