// The whole journey without a mouse or a finger: Tab, Shift+Tab, Enter, Space, arrows and typing only.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Key, photo } from './support/browser.js'
import { chau, papers } from './support/journey.js'
import { Keys } from './support/keys.js'
import { scene } from './support/scene.js'

test('by keyboard alone', () => scene(async (browser) => {
  const keys = new Keys(browser)
  await browser.go('/')
  await browser.see('Cần giúp?')
  await keys.press('Làm thủ tục')
  await browser.heading('muốn làm việc gì')
  await browser.see('Có 33')
  await keys.toId('query')
  await keys.send('sang ten so do')
  await browser.until(async () => (await browser.textOf('.results li')).includes('1.116501'), 'the best result comes first')
  await keys.press('Sang tên sổ đỏ')
  await browser.heading('Sang tên')
  await keys.press('Mua bán')
  await browser.heading('Giấy tờ cần có')
  for (const part of Object.keys(papers)) {
    await keys.to((now) => now.id.startsWith(`tick-${part}`), part)
    await keys.send(Key.SPACE)
    for (let up = 0; up < 3 && (await keys.now()).id !== `tick-${part}-Have`; up++) await keys.send(Key.ARROW_UP)
    assert.ok(await browser.driver.executeScript(`return document.getElementById('tick-${part}-Have').checked`))
  }
  await keys.press('Chuẩn bị hồ sơ')
  await browser.heading('Chụp giấy tờ')
  for (const [part, file] of Object.entries(papers)) {
    await keys.to((now) => now.tag === 'A' && now.text.includes('Chưa có'), part)
    await keys.send(Key.ENTER)
    await browser.find('#files')
    // The system's own file dialogue is out of a test's reach; the way to its button is not.
    await keys.toId('files')
    await browser.hand('files', photo(file))
    await browser.find('.page img, .page .pdf')
    if (part === 'TP01') {
      await browser.hand('files', photo('anh.png'))
      await browser.see('2 trang')
      await browser.find('#up-1')
      await keys.toId('up-1')
      await keys.send(Key.ENTER)
      await browser.until(async () => (await browser.textOf('.page .number')).includes('174 kB'), 'the second page is first')
      await keys.toId('turn-0')
      await keys.send(Key.SPACE)
      await browser.find('.page .turn-1')
      await browser.until(async () => (await keys.now()).id === 'turn-0', 'the focus stays on the same tool')
    }
    await keys.press('Xong giấy này')
    await browser.heading('Chụp giấy tờ')
  }
  await keys.press('Tiếp: người nộp')
  await browser.heading('Ai nộp hồ sơ')
  for (const [field, text] of Object.entries({ name: chau.name, 'id-number': chau.id, birth: chau.birth, phone: chau.phone, street: chau.street })) {
    await keys.toId(`applicant-${field}`)
    await keys.send(text)
  }
  await keys.toId('applicant-ward')
  await keys.send('Phường N')
  await keys.to((now) => now.id === 'owner-same', 'whose')
  await keys.send(Key.SPACE)
  await keys.press('Tiếp: xem lại')
  await browser.heading('Xem lại và gửi')
  await keys.toId('send')
  await keys.send(Key.ENTER)
  await browser.find('#email')
  await browser.until(async () => (await keys.now()).id === 'sign-in', 'the focus is at the form')
  await keys.toId('email')
  await keys.send(chau.email)
  await keys.toId('password')
  await keys.send(chau.password, Key.ENTER)
  await browser.heading('Đã gửi hồ sơ')
  await browser.see('Cơ quan đã nhận 4 tệp')
}, { width: 1024, height: 768 }))
