// A device whose clock is wrong, in another zone: dates are the portal's.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fact, send, untilReview } from './support/journey.js'
import { scene } from './support/scene.js'

const day = 86_400_000
const here = (at) => new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short' }).format(at)

test('forty days ahead and in New York, dates and lateness are the portal’s', () => scene(async (browser, sandbox) => {
  await browser.driver.sendDevToolsCommand('Emulation.setTimezoneOverride', { timezoneId: 'America/New_York' })
  await browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
    source: `{ const now = Date.now; Date.now = () => now() + ${40 * day} }`,
  })
  await browser.go('/thu-tuc/1.116501')
  assert.ok(await browser.driver.executeScript('return Date.now()') > Date.now() + 39 * day, 'the clock is wrong')
  await browser.press('Mua bán')
  await browser.see('Nếu gửi qua mạng hôm nay')
  const due = (await browser.textOf('main')).match(/(\d\d)\/(\d\d)\/(\d{4})/)
  const promised = Date.UTC(due[3], due[2] - 1, due[1])
  assert.ok(promised - Date.now() < 35 * day && promised > Date.now(), `counted from the portal’s day: ${due[0]}`)
  await untilReview(browser)
  await send(browser)
  const sent = await fact(browser, 'Gửi lúc')
  const dates = [here(Date.now()), here(Date.now() - 60_000)]
  assert.ok(dates.some((date) => sent.startsWith(date)), `${sent} is the portal’s day, ${dates[0]}`)

  // The office promises a date ten days from now: by the device's clock it has passed.
  const { data } = await browser.driver.executeAsyncScript(`fetch('/o/rest/v2/dossiers?start=0&end=5&owner=true', { headers: { groupId: '51801' } }).then((answer) => answer.json()).then(arguments[0])`)
  await sandbox.setDossier(data[0].dossierId, { dossierStatus: 'processing', receiveDate: Date.now(), dueDate: Date.now() + 10 * day })
  await browser.press('Theo dõi hồ sơ này')
  await browser.heading('Hồ sơ')
  await browser.see(here(Date.now() + 10 * day))
  assert.doesNotMatch(await browser.textOf('main'), /trễ hẹn/i)
  await sandbox.setDossier(data[0].dossierId, { submitDate: Date.now() - 9 * day, receiveDate: Date.now() - 9 * day, dueDate: Date.now() - 2 * day })
  await browser.reload()
  await browser.see('Cơ quan đã trễ hẹn')
}))
