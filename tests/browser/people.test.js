// Filing for someone else, opening an account, writing to the office.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { photo } from './support/browser.js'
import { addPapers, an, choose, fact, fillPerson, papers, pickCase, untilPapers } from './support/journey.js'
import { scene } from './support/scene.js'

/** The letters of the picture, which only the sandbox can tell. */
async function letters(browser, sandbox) {
  await browser.find('.captcha img')
  return browser.driver.executeAsyncScript(`const done = arguments[arguments.length - 1]
    fetch('/sandbox/captcha').then((answer) => answer.text()).then((text) => done(text.replaceAll('"', '').trim()))`)
}

const minh = { name: 'Lý Thanh Minh', id: '092201000777', birth: '09/10/2001', phone: '+84 900 000 777', street: '7 hẻm 12' }

test('for someone else, with a paper of authority, from an account opened on the way', () => scene(async (browser, sandbox) => {
  await untilPapers(browser)
  await addPapers(browser)
  await browser.press('Tiếp: người nộp')
  await browser.heading('Ai nộp hồ sơ')
  await fillPerson(browser, 'applicant', minh)
  await browser.press('Của người khác')
  await browser.find('#owner-name')
  await fillPerson(browser, 'owner', an)
  await browser.press('Tiếp: xem lại')
  await browser.see('Thiếu giấy: Giấy ủy quyền')
  assert.equal(await browser.driver.executeScript(`return document.getElementById('send').disabled`), true)
  await browser.press('Thiếu giấy: Giấy ủy quyền')
  await browser.hand('camera', photo('phieu.jpg'))
  await browser.find('.page img')
  await browser.press('Xong giấy này')
  await browser.see(`Đã xong ${Object.keys(papers).length + 1}/${Object.keys(papers).length + 1} giấy tờ`)
  await browser.press('Tiếp: người nộp')
  await browser.press('Tiếp: xem lại')
  await browser.heading('Xem lại và gửi')
  await browser.press('Gửi hồ sơ')
  await browser.press('Tôi chưa có tài khoản')
  await browser.type('email', 'minh@example.vn')
  await browser.type('password', 'mot-mat-khau-dai')
  await letters(browser, sandbox)
  await browser.type('captcha', 'sai')
  await browser.press('Mở tài khoản và đăng nhập')
  await browser.see('Chữ gõ chưa khớp với hình')
  await browser.until(async () => {
    await browser.type('captcha', await letters(browser, sandbox))
    await browser.press('Mở tài khoản và đăng nhập')
    await new Promise((resolve) => setTimeout(resolve, 300))
    return (await browser.textOf('h1')) === 'Đã gửi hồ sơ' || (await browser.textOf('.sending')) !== ''
  }, 'the account is opened')
  await browser.heading('Đã gửi hồ sơ')
  await browser.see('Cơ quan đã nhận 5 tệp')
  const dossier = Number(await fact(browser, 'Mã hồ sơ tạm'))
  const row = await browser.driver.executeAsyncScript(`const done = arguments[arguments.length - 1]
    fetch('/o/rest/v2/dossiers/' + arguments[0], { headers: { groupId: '51801' } }).then((answer) => answer.json()).then(done)`, dossier)
  assert.equal(row.applicantName, an.name.toUpperCase())
  assert.deepEqual([row.delegateName, row.delegateIdNo, row.delegateTelNo], [minh.name, minh.id, '0900000777'])
}))

test('feedback arrives with its number, and what was typed survives a reload', () => scene(async (browser, sandbox) => {
  await browser.go('/phan-anh')
  await browser.type('feedback-text', 'Chờ ở quầy lâu quá, xin thêm ghế.')
  await browser.until(() => browser.driver.executeAsyncScript(`const done = arguments[arguments.length - 1]
    indexedDB.open('mot-cua').onsuccess = ({ target }) => {
      const row = target.result.transaction('kept').objectStore('kept').get('feedback')
      row.onsuccess = () => { target.result.close(); done(String(row.result).includes('xin thêm ghế')) }
    }`), 'the text is on the device')
  await browser.reload()
  await browser.until(async () => /xin thêm ghế/.test(await browser.driver.executeScript(`return document.getElementById('feedback-text')?.value`)), 'the text is back')
  await browser.type('captcha', 'sai')
  await browser.press('Gửi góp ý')
  await browser.see('Chữ gõ chưa khớp với hình')
  await browser.until(async () => {
    await browser.type('captcha', await letters(browser, sandbox))
    await browser.press('Gửi góp ý')
    await new Promise((resolve) => setTimeout(resolve, 300))
    return /đã nhận góp ý, số \d+/.test(await browser.textOf('main'))
  }, 'the office has it')
}))

test('the checklist prints on one page', () => scene(async (browser) => {
  await choose(browser)
  await pickCase(browser)
  const { data } = await browser.driver.sendAndGetDevToolsCommand('Page.printToPDF', { paperWidth: 8.27, paperHeight: 11.69 })
  const pages = Buffer.from(data, 'base64').toString('latin1').match(/\/Type\s*\/Page\b/g)
  assert.equal(pages.length, 1)
}))

test('nothing is asked of anyone but the app’s own origin, and nothing personal stands in an address', () => scene(async (browser, sandbox) => {
  await browser.go('/')
  await browser.see('Cần giúp?')
  const csp = (await fetch(sandbox.url)).headers.get('content-security-policy')
  assert.match(csp, /script-src 'self' 'wasm-unsafe-eval'/)
  assert.doesNotMatch(csp, /unsafe-inline|'unsafe-eval'|https?:/)
  await choose(browser)
  const asked = await browser.driver.executeScript(`return performance.getEntriesByType('resource').map((one) => one.name)`)
  assert.ok(asked.length > 3 && asked.every((url) => url.startsWith(sandbox.url) || url.startsWith('blob:')), asked.join('\n'))
}))
