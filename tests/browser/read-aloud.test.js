// Reading a screen aloud, with a pretended voice that tells what it was given: sentence by sentence in the screen's order, the
// word being said marked, stopped, said again; and an honest word where there is no voice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scene } from './support/scene.js'
import { said, voices } from './support/voices.js'

const press = (browser, value) => browser.driver.executeScript(`document.querySelector('#aids [value=' + arguments[0] + ']').click()`, value)
const marked = (browser, name) => browser.driver.executeScript(`return [...CSS.highlights.get(arguments[0]) ?? []].map(String).join('')`, name)

test('a screen is read in its order, by sentences; official names by the Vietnamese voice; nothing is left out', () => scene(async (browser) => {
  await voices(browser, ['en-GB', 'vi-VN', 'km-KH'], 15)
  await browser.go('/thu-tuc/1.116501')
  await browser.find('.official .glossed')
  await press(browser, 'read')
  await browser.see('Dừng đọc')
  await browser.until(async () => !(await browser.textOf('#aids')).includes('Dừng đọc'), 'read to its end')
  const texts = (await said(browser)).map(([, text]) => text)
  assert.match(texts.find((text) => !/^Bước/.test(text)), /^Sang tên/, 'the heading comes first')
  const heard = texts.join(' ').replace(/\s+/g, ' ')
  const shown = await browser.driver.executeScript(`return [...document.querySelectorAll('main h1, main p, main strong')].filter((one) => one.offsetHeight > 1).map((one) => one.innerText.replace(/\\s+/g, ' ').trim())`)
  for (const text of shown) assert.ok(heard.includes(text), `not read: ${text}`)
  assert.equal(new Set(texts).size, texts.length, 'nothing is read twice')
  await press(browser, 'en')
  await browser.until(async () => (await browser.textOf('h1')).includes('('), 'English')
  await browser.driver.executeScript('window.said.length = 0')
  await press(browser, 'read')
  await browser.until(async () => (await said(browser)).some(([lang]) => lang === 'vi-VN'), 'the official name')
  const voicesUsed = new Set((await said(browser)).map(([lang]) => lang))
  assert.ok(voicesUsed.has('en-GB') && voicesUsed.has('vi-VN'), [...voicesUsed].join())
}))

test('the sentence and the word are marked; it stops, and says a sentence again; another screen ends it', () => scene(async (browser) => {
  await voices(browser, ['vi-VN'], 4_000)
  await browser.go('/')
  await browser.see('Tra cứu hồ sơ')
  await press(browser, 'read')
  await browser.until(async () => (await marked(browser, 'spoken')) === 'Ông/bà cần làm gì?', 'the sentence')
  await browser.until(async () => (await marked(browser, 'spoken-word')) === 'Ông/bà', 'the word')
  await press(browser, 'again')
  await browser.until(async () => (await said(browser)).length === 2, 'again')
  assert.deepEqual(...(await said(browser)).map(([, text]) => [text]).slice(0, 2))
  await press(browser, 'read')
  await browser.until(async () => (await marked(browser, 'spoken')) === '', 'stopped')
  const count = (await said(browser)).length
  await new Promise((resolve) => setTimeout(resolve, 4_500))
  assert.equal((await said(browser)).length, count, 'silent')
  await press(browser, 'read')
  await browser.until(async () => (await said(browser)).length > count, 'from the beginning')
  await browser.accessible('while it reads')
  await browser.press('Làm thủ tục')
  await browser.heading('muốn làm việc gì')
  await browser.see('Đọc to')
  assert.equal(await marked(browser, 'spoken'), '')
}))

test('no voice for the language: said in words, and nothing is read by another', () => scene(async (browser) => {
  await voices(browser, ['en-GB'])
  await browser.go('/')
  await browser.see('Tra cứu hồ sơ')
  await press(browser, 'read')
  await browser.see('Máy này chưa có giọng đọc tiếng Việt.')
  assert.deepEqual(await said(browser), [])
}))

test('a question is answered by voice, where the browser listens', () => scene(async (browser) => {
  await browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', { source: `
    window.webkitSpeechRecognition = class { start() { setTimeout(() => { this.onresult?.({ results: [[{ transcript: window.spoken }]] }); this.onend?.() }, 30) } }` })
  await browser.go('/thu-tuc/1.116501')
  await browser.press('Mua bán')
  await browser.heading('Giấy tờ cần có')
  const first = await browser.driver.executeScript(`
    const question = [...document.querySelectorAll('.question:not([hidden])')].find((one) => !one.querySelector('input:checked'))
    return [question.querySelector('legend').innerText, [...question.querySelectorAll('label')].map((one) => one.innerText)]`)
  const speak = async (text) => {
    await browser.driver.executeScript('window.spoken = arguments[0]', text)
    await browser.press(`Nói câu trả lời: ${first[0]}`)
  }
  await speak('bầu trời xanh')
  await browser.see('chưa khớp câu nào')
  await speak(first[1][0])
  await browser.until(() => browser.driver.executeScript(`
    const question = [...document.querySelectorAll('.question')].find((one) => one.querySelector('legend').innerText === arguments[0])
    return question.querySelector('input:checked')?.closest('label').innerText === arguments[1]`, first[0], first[1][0]), 'the answer')
}))
