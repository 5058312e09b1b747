// From one's own words to the right checklist.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pickCase, signIn } from './support/journey.js'
import { grown } from '../bench/names.mjs'
import { read } from './support/qr.js'
import { scene } from './support/scene.js'

const pictures = new URL('./output/', import.meta.url).pathname

/** Counts what a thumb does, and does it. */
class Thumb {
  taps = 0
  constructor(browser) { this.browser = browser }
  async tap(words, options) { this.taps += 1; await this.browser.press(words, options) }
}

/** Chooses an answer, after scrolling it clear of the bar at the foot. */
async function say(browser, id) {
  await browser.find(`#${id}`)
  await browser.driver.executeScript(`document.getElementById(arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })`, id)
  await (await browser.find(`#${id}`)).click()
}

const shown = (browser) => browser.driver.executeScript(`
  return [...document.querySelectorAll('ol.papers > li')].filter((one) => one.checkVisibility()).map((one) => one.querySelector('strong').innerText)`)

test('from a cold start to the checklist of a sale with a mortgage in four taps', () => scene(async (browser) => {
  const thumb = new Thumb(browser)
  await browser.go('/')
  await browser.heading('Ông/bà cần làm gì')
  thumb.taps += 1 // into the field
  await browser.type('query', 'sang tên sổ đỏ có thế chấp\n')
  await browser.heading('muốn làm việc gì')
  await browser.find('.results mark')
  await browser.picture(`${pictures}tim-thay.png`)
  await thumb.tap('Sang tên sổ đỏ')
  await browser.see('Ông/bà sang tên vì việc gì')
  await thumb.tap('Mua bán')
  await browser.heading('Giấy tờ cần có')
  thumb.taps += 1
  await say(browser, 'the-chap-co')
  await browser.see('Vì ông/bà trả lời: Đất, nhà có đang thế chấp ở ngân hàng không? – Có.')
  assert.equal(thumb.taps, 4)

  // The paper that the bank has to give is on the list, and is called for.
  assert.ok((await shown(browser)).some((name) => /ngân hàng/i.test(name)))
  await browser.accessible('giay-to-theo-tra-loi')
  await browser.picture(`${pictures}giay-to-theo-tra-loi.png`)

  // Other answers: it is not needed, stays on the list, and can be shown.
  await say(browser, 'the-chap-khong')
  await browser.until(async () => !(await shown(browser)).some((name) => /ngân hàng/i.test(name)), 'the bank’s paper is folded away')
  await browser.press('Hiện')
  assert.ok((await shown(browser)).some((name) => /ngân hàng/i.test(name)))
  await browser.see('Theo trả lời của ông/bà: không cần')

  // The answers are still there after a reload.
  await browser.reload()
  await browser.until(() => browser.driver.executeScript(`return document.getElementById('the-chap-khong')?.checked`), 'the answer was kept')
}))

test('the checklist goes to another phone by a link that carries the answers and nothing else', () => scene(async (browser) => {
  await browser.go('/thu-tuc/1.116501')
  await browser.press('Mua bán')
  await browser.heading('Giấy tờ cần có')
  await say(browser, 'the-chap-co')
  await browser.press('Mã QR mở danh sách này')
  await browser.find('img.qr')
  await browser.picture(`${pictures}ma-qr.png`)
  const scanned = await read(await browser.shot('img.qr'))
  await browser.driver.executeScript(`Object.defineProperty(navigator, 'share', { configurable: true, value: async (data) => { window.shared = data } })`)
  await browser.press('Gửi danh sách này')
  const shared = await browser.driver.executeScript('return window.shared')
  const link = new URL(shared.text)
  assert.match(link.pathname, /^\/thu-tuc\/1\.116501\/\d+\/\d+$/)
  assert.match(link.hash, /^#tra-loi=[a-z0-9.,-]*the-chap\.co/)
  assert.equal(link.search, '')
  assert.equal(scanned, link.href, 'the code on the screen opens the same')

  await browser.driver.executeScript(`indexedDB.databases().then((all) => all.forEach(({ name }) => indexedDB.deleteDatabase(name)))`)
  await browser.go('/')
  await browser.go(link.pathname + link.hash)
  await browser.until(() => browser.driver.executeScript(`return document.getElementById('the-chap-co')?.checked`), 'the same answers')
  await browser.see('Vì ông/bà trả lời: Đất, nhà có đang thế chấp')
}))

test('a picture of what happened leads to its procedures', () => scene(async (browser) => {
  await browser.go('/thu-tuc')
  await browser.find('.tiles .tile')
  await browser.picture(`${pictures}cac-hinh.png`)
  await browser.press('Thừa kế')
  await browser.find('.results li')
  assert.match(await browser.textOf('.results'), /1\.116501/)
  await browser.press('Các hình khác')
  await browser.find('.tiles .tile')
}))

test('a guide that is older than the portal’s record says so, and the portal’s own list is shown', () => scene(async (browser, sandbox) => {
  await sandbox.setService('1.116501', { regularText: '31/2024/QH15; Nghị định 999/2027/NĐ-CP' })
  await browser.go('/thu-tuc/1.116501')
  await browser.see('Trường hợp nào giống của ông/bà')
  await browser.press('Mua bán')
  await browser.heading('Giấy tờ cần có')
  await browser.see('Cổng đã cập nhật thủ tục này sau khi lời hướng dẫn được viết')
  assert.equal((await browser.all('.question')).length, 0)
  assert.equal((await browser.all('ol.papers > li.not-needed')).length, 0)
}))

test('a paper that the portal keeps for who signed in is said to be there', () => scene(async (browser) => {
  await browser.go('/tra-cuu')
  await browser.press('Xem hồ sơ của tôi')
  await signIn(browser)
  await browser.see('Hồ sơ của tôi')
  await browser.go('/thu-tuc/1.116501')
  await pickCase(browser)
  const form = await browser.driver.executeScript(`return decodeURIComponent(document.querySelector('a.form').href.split('/').at(-1))`)
  const kept = await browser.driver.executeScript(`
    const body = new FormData()
    for (const [name, value] of Object.entries({ fileTemplateNo: arguments[0], fileNo: '1', fileName: 'Phiếu đã ký.pdf', applicantIdNo: '092177004321', status: '1' })) body.append(name, value)
    body.append('file', new Blob(['%PDF-1.7']), 'phieu.pdf')
    return fetch('/o/rest/v2/applicantdatas', { method: 'POST', body, headers: { groupId: '51801' } }).then((answer) => answer.status)`, form)
  assert.equal(kept, 200)
  await browser.reload()
  await browser.see('Đã có trên cổng: Phiếu đã ký.pdf')
}))

test('a catalogue as large as the nation’s: results while it loads, all of it kept, found again without a network', () => scene(async (browser, sandbox) => {
  await sandbox.addServices(grown(6300))
  await browser.go('/thu-tuc')
  await browser.find('#query')
  const first = Date.now()
  await browser.see('Đang tải')
  await browser.type('query', 'sang ten so do')
  await browser.find('.results li')
  await browser.until(async () => !(await browser.textOf('main')).includes('Đang tải'), 'all has come')
  console.log(`6,300 procedures in ${Date.now() - first} ms, over ${(await sandbox.requests()).filter(({ path }) => path === '/o/rest/v2/serviceinfos').length} requests`)
  const best = async () => (await browser.textOf('.results li')).includes('1.116501')
  assert.ok(await best(), 'the best result comes first')
  await browser.stocked('catalogue')
  await sandbox.forgetRequests()
  await browser.reload()
  await browser.find('#query')
  await browser.until(best, 'what was typed is found in the list that is kept')
  await browser.until(async () => (await sandbox.requests()).some(({ path }) => path === '/o/rest/v2/serviceinfos'), 'the portal is asked whether there is a newer list')
  await new Promise((resolve) => setTimeout(resolve, 500))
  assert.equal((await sandbox.requests()).filter(({ path }) => path === '/o/rest/v2/serviceinfos').length, 1, 'and told no more than that')
  await browser.network(false)
  await browser.reload()
  await browser.until(best, 'without a network too')
  await browser.type('query', 'khai sinh')
  await browser.until(async () => (await browser.textOf('.results li')).includes('1.001193'), 'and anything else')
}))
