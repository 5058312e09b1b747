// The way between screens: titles, the focus at the heading, back, forward and reload. What the screens are like for everyone
// stands in everyone.test.js.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choose, pickCase } from './support/journey.js'
import { scene } from './support/scene.js'

test('back, forward and reload keep the place; title and focus follow', () => scene(async (browser) => {
  const at = async (path, heading) => {
    await browser.heading(heading)
    assert.equal(await browser.path(), path)
    assert.match(await browser.driver.getTitle(), new RegExp(`${heading}.* – Một Cửa`))
  }
  const focused = () => browser.driver.executeScript('return document.activeElement.tagName')
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
}))
