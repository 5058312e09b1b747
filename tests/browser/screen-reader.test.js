// A screen reader of the browser's own speaks the journey; what it says was read by people and is kept beside this file.
// MOT_CUA_GOLDEN=write writes it anew, to be read before it is kept.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { addPapers, check, choose, people, pickCase, send } from './support/journey.js'
import { scene } from './support/scene.js'
import { spoken } from './support/screen-reader.js'

const golden = new URL('./screen-reader.txt', import.meta.url)
/** What changes from day to day, and from sandbox to sandbox, is left out. */
const steady = (line) => line.replace(/\d{2}\/\d{2}\/\d{4}( \d{2}:\d{2})?/g, 'DATE').replace(/\b\d{6}\b/g, 'CODE')
  .replace(/[\d,.]+ (kB|MB)/g, 'SIZE').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID').replace(/(\d+ )?ngày làm việc \(?DATE/g, 'DATE')

test('a screen reader speaks the journey as it was reviewed', () => scene(async (browser) => {
  const script = []
  const hear = async (title) => {
    // Which holidays are ahead depends on the day.
    await browser.driver.executeScript(`document.querySelectorAll('.holidays').forEach((one) => { one.hidden = true })`)
    const lines = await spoken(browser)
    assert.ok(lines.length > 10 && !lines[0].startsWith('failed'), lines[0])
    script.push(`# ${title}`, ...lines.map(steady), '')
  }
  await browser.go('/')
  await browser.see('Tra cứu hồ sơ')
  await hear('The first screen')
  await choose(browser)
  await hear('Which case')
  await pickCase(browser)
  await browser.until(async () => (await browser.all('.glossed')).length > 0, 'terms')
  await hear('Which papers')
  await check(browser)
  await hear('The papers of the draft')
  await addPapers(browser)
  await browser.press('Tiếp: người nộp')
  await browser.heading('Ai nộp hồ sơ')
  await browser.until(async () => (await browser.all('option')).length > 5, 'the wards')
  await browser.press('Tiếp: xem lại')
  await browser.see('chỗ cần sửa')
  await hear('Who files, with what is wrong')
  await browser.back()
  await browser.heading('Chụp giấy tờ')
  await people(browser)
  await hear('The review')
  await send(browser)
  await hear('The receipt')
  const text = `${script.join('\n')}`
  if (process.env.MOT_CUA_GOLDEN === 'write' || !existsSync(golden)) writeFileSync(golden, text)
  assert.equal(text, readFileSync(golden, 'utf8'))
}))
