// Every screen: nothing for axe-core to find, a title, the focus at the heading, back, forward and reload.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { test } from 'node:test'
import { Browser } from './support/browser.js'
import { addPapers, check, choose, draftId, openPaper, people, pickCase, signIn } from './support/journey.js'
import { Sandbox } from './support/sandbox.js'

const pictures = new URL('output/', import.meta.url).pathname
mkdirSync(pictures, { recursive: true })

test('axe-core finds nothing on any screen, and each has its picture', async () => {
  const sandbox = await Sandbox.start()
  const browser = await Browser.open(sandbox.url)
  const look = async (name) => {
    await browser.accessible(name)
    await browser.picture(`${pictures}${name}.png`)
  }
  try {
    await choose(browser)
    await look('truong-hop')
    await browser.go('/')
    await browser.see('Tra cứu hồ sơ')
    await look('trang-dau')
    await browser.go('/thu-tuc')
    await browser.see('Có 33 thủ tục')
    await browser.press('Tìm theo lĩnh vực')
    await look('chon-thu-tuc')
    await browser.go('/thu-tuc/1.116501')
    await pickCase(browser)
    await look('giay-to-can-co')
    await check(browser)
    await look('chup-giay-to')
    await openPaper(browser, await draftId(browser), 'TP01')
    await look('chua-co-trang')
    await browser.press('Xong giấy này')
    await addPapers(browser)
    await openPaper(browser, await draftId(browser), 'TP01')
    await browser.find('.page img')
    await browser.press('Xoá trang 1')
    await browser.see('Xoá trang này?')
    await look('mot-trang')
    await browser.press('Giữ lại')
    await browser.press('Xong giấy này')
    await browser.heading('Chụp giấy tờ')
    await browser.press('Tiếp: người nộp')
    await browser.heading('Ai nộp hồ sơ')
    await browser.press('Tiếp: xem lại')
    await browser.see('Có 7 chỗ cần sửa')
    await look('loi-nguoi-nop')
    await browser.press('Của người khác')
    await browser.see('văn bản ủy quyền')
    await look('nguoi-nop')
    await browser.back()
    await browser.heading('Chụp giấy tờ')
    await people(browser)
    await browser.press('Gửi hồ sơ')
    await browser.find('#email')
    await look('dang-nhap')
    await browser.press('Tôi chưa có tài khoản')
    await browser.find('.captcha img')
    await look('mo-tai-khoan')
    await browser.press('Tôi đã có tài khoản')
    await signIn(browser)
    await browser.heading('Đã gửi hồ sơ')
    await look('bien-nhan')
    await browser.press('Theo dõi hồ sơ này')
    await browser.see('Đã gửi, chờ tiếp nhận')
    await look('theo-doi')
    await browser.go('/')
    await browser.see('Hồ sơ trên máy này')
    await look('trang-dau-co-ho-so')
    await browser.go('/tra-cuu')
    await browser.press('Xem hồ sơ của tôi')
    await browser.see('Đăng ký biến động')
    await look('tra-cuu')
    await browser.go('/phan-anh')
    await browser.find('.captcha img')
    await look('phan-anh')
    await browser.go('/khong-co')
    await browser.heading('Không có trang này')
    await look('khong-co')
  } finally {
    await browser.close().finally(() => sandbox.stop())
  }
})

test('back, forward and reload keep the place; title and focus follow', async () => {
  const sandbox = await Sandbox.start()
  const browser = await Browser.open(sandbox.url)
  const at = async (path, heading) => {
    await browser.heading(heading)
    assert.equal(await browser.path(), path)
    assert.match(await browser.driver.getTitle(), new RegExp(`${heading}.* – Một Cửa`))
  }
  const focused = () => browser.driver.executeScript('return document.activeElement.tagName')
  try {
    await choose(browser)
    await browser.until(async () => (await focused()) === 'H1', 'the focus is at the heading')
    await at('/thu-tuc/1.116501', 'Sang tên')
    await pickCase(browser)
    await browser.until(async () => (await focused()) === 'H1', 'the focus is at the heading')
    const checklist = await browser.path()
    await at(checklist, 'Giấy tờ cần có')
    await browser.back()
    await at('/thu-tuc/1.116501', 'Sang tên')
    await browser.back()
    await at('/thu-tuc', 'muốn làm việc gì')
    await browser.forward()
    await at('/thu-tuc/1.116501', 'Sang tên')
    await browser.forward()
    await at(checklist, 'Giấy tờ cần có')
    await browser.reload()
    await at(checklist, 'Giấy tờ cần có')
    for (const [path, heading] of [['/tra-cuu', 'Tra cứu hồ sơ'], ['/phan-anh', 'Phản ánh'], ['/', 'Ông/bà cần làm gì'], ['/x/y', 'Không có trang này']]) {
      await browser.go(path)
      await browser.reload()
      await at(path, heading)
    }
  } finally {
    await browser.close().finally(() => sandbox.stop())
  }
})
