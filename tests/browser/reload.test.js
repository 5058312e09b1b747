// The tab is killed at every step, the browser at some; what was there before is there again.
import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Browser, photo } from './support/browser.js'
import { chau, check, choose, draftId, fillPerson, openPaper, papers, pickCase, send, tick, untilPapers } from './support/journey.js'
import { Sandbox } from './support/sandbox.js'
import { scene } from './support/scene.js'

test('a reload at every step loses nothing', () => scene(async (browser, sandbox) => {
  const reload = async (heading) => {
    const path = await browser.path()
    await browser.reload()
    await browser.heading(heading)
    assert.equal(await browser.path(), path)
  }
  const held = (id) => browser.driver.executeScript('return document.getElementById(arguments[0])?.value', id)
  await choose(browser)
  await reload('Sang tên')
  await pickCase(browser)
  await tick(browser, 'TP03')
  await reload('Giấy tờ cần có')
  await browser.until(() => browser.driver.executeScript(`return document.getElementById('tick-TP03-Have')?.checked`), 'the tick is back')
  await check(browser)
  await reload('Chụp giấy tờ')
  const draft = await draftId(browser)
  for (const [part, file] of Object.entries(papers)) {
    await openPaper(browser, draft, part)
    await browser.hand('files', photo(file))
    await browser.find('.page img, .page .pdf')
    await browser.reload()
    await browser.find('.page img, .page .pdf')
    await browser.press('Xong giấy này')
    await browser.heading('Chụp giấy tờ')
  }
  // Order and turn of pages are kept as well.
  await openPaper(browser, draft, 'TP01')
  await browser.hand('files', photo('anh.png'))
  await browser.see('2 trang')
  await browser.press('Đưa trang 2 lên trước')
  await browser.until(async () => (await browser.textOf('.page .number')).includes('174 kB'), 'moved')
  await browser.press('Xoay trang 1')
  await browser.find('.turn-1')
  await browser.reload()
  await browser.find('.page:first-child .turn-1')
  assert.match(await browser.textOf('.page .number'), /174 kB/)
  await browser.press('Xong giấy này')
  await browser.press('Tiếp: người nộp')
  await browser.heading('Ai nộp hồ sơ')
  await fillPerson(browser, 'applicant', chau)
  await browser.press('Của chính tôi')
  // No hand is faster than the device's store; the test's is.
  await new Promise((resolve) => setTimeout(resolve, 300))
  await reload('Ai nộp hồ sơ')
  await browser.until(async () => (await held('applicant-ward')) !== '', 'the ward is back')
  assert.deepEqual([await held('applicant-name'), await held('applicant-id-number'), await held('applicant-street')], [chau.name, chau.id, chau.street])
  await browser.press('Tiếp: xem lại')
  await browser.heading('Xem lại và gửi')
  await reload('Xem lại và gửi')
  await send(browser)
  await reload('Đã gửi hồ sơ')
  await browser.see('Cơ quan đã nhận 4 tệp')
  // The way back to sending leads to the receipt, and nothing is sent twice.
  await browser.go(`/ho-so/${draft}/gui`)
  await browser.heading('Đã gửi hồ sơ')
  const made = (await sandbox.requests()).filter((one) => one.method === 'POST' && /\/(dossiers|actions)$/.test(one.path))
  assert.equal(made.length, 2, 'one dossier, one submission')
}))

test('the browser is killed in the middle, and the journey goes on from the first screen', async () => {
  const sandbox = await Sandbox.start()
  const profile = mkdtempSync(join(tmpdir(), 'mot-cua-kill-'))
  let browser = await Browser.open(sandbox.url, { profile })
  try {
    await untilPapers(browser)
    const draft = await draftId(browser)
    await openPaper(browser, draft, 'TP01')
    await browser.hand('camera', photo('phieu.jpg'))
    await browser.find('.page img')
    await browser.kill()
    browser = await Browser.open(sandbox.url, { profile })
    await browser.go('/')
    await browser.press('Tiếp tục hồ sơ')
    await browser.find('.page img')
    assert.equal(await browser.path(), `/ho-so/${draft}/giay-to/TP01`)
  } finally {
    await browser.close().finally(() => sandbox.stop())
  }
})

test('a link that is pressed while the app still opens its store leads on, and leaves nothing stuck', async () => {
  const sandbox = await Sandbox.start()
  try {
    // The store is created at the very first visit only, so each try is a browser of its own.
    for (const wait of [0, 25, 50, 75, 100]) {
      const browser = await Browser.open(sandbox.url)
      await browser.go('/')
      await new Promise((resolve) => setTimeout(resolve, wait))
      await browser.driver.executeScript(`document.querySelector('a.door').click()`)
      await browser.heading('muốn làm việc gì')
      await browser.close()
    }
  } finally {
    await sandbox.stop()
  }
})
