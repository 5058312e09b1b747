// Three languages: switched anywhere without losing the place, remembered on one's own phone and never at the kiosk.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { addPapers, chau, check, choose, draftId, fillPerson, pickCase, untilPapers } from './support/journey.js'
import { scene } from './support/scene.js'

const tables = Object.fromEntries(['vi', 'en', 'km'].map((language) =>
  [language, JSON.parse(readFileSync(new URL(`../../public/messages/${language}.json`, import.meta.url)))]))
/** A text as a reader sees it: marks of no width, where Khmer lines may break, are not seen. */
const seen = (text) => text.replace(/\u200b/g, '')
const press = (browser, value) => browser.driver.executeScript(`const button = document.querySelector('#aids [value=' + arguments[0] + ']'); button.focus({ preventScroll: true }); button.click()`, value)
const says = (browser, language, key, css = 'main') => browser.until(async () =>
  seen(await browser.textOf(css)).includes(tables[language][key]), `${key} in ${language}`)
const language = (browser) => browser.driver.executeScript('return document.documentElement.lang')

test('switched in the middle of typing: what was typed, ticked and opened stays, and so does the page', () => scene(async (browser) => {
  await untilPapers(browser)
  await addPapers(browser, { TP01: 'phieu.jpg' })
  await browser.press('Tiếp: người nộp')
  await fillPerson(browser, 'applicant', chau)
  const path = await browser.path()
  const held = () => browser.driver.executeScript(`return ['name', 'id-number', 'birth', 'street', 'ward'].map((id) => document.getElementById('applicant-' + id).value)`)
  const before = await held()
  assert.ok(before.every(Boolean))
  await browser.driver.executeScript('scrollTo({ top: 300, behavior: "instant" })')
  for (const other of ['en', 'km', 'vi']) {
    await press(browser, other)
    await says(browser, other, 'people.title', 'h1')
    assert.equal(await language(browser), other)
    await browser.until(async () => JSON.stringify(await held().catch(() => [])) === JSON.stringify(before), 'what was typed is there')
    assert.equal(await browser.path(), path)
    // Lines above may be longer in this language, or their letters come later; what is looked at stays in sight.
    await browser.until(() => browser.driver.executeScript('return Math.abs(scrollY - 300) < 150'), 'the place on the page')
    assert.equal(await browser.driver.executeScript('return document.activeElement.value'), other, 'the focus is not taken')
  }
  // A question that waits for an answer.
  await browser.back()
  await browser.heading('Chụp giấy tờ')
  await browser.go('/')
  await browser.press('Xoá hồ sơ nháp')
  await browser.see(tables.vi['home.forget-ask'])
  await browser.until(() => browser.driver.executeScript(`return Boolean(document.activeElement.closest('.ask'))`), 'the question has the focus')
  await press(browser, 'en')
  await says(browser, 'en', 'home.forget-ask')
  assert.equal(await browser.driver.executeScript('return document.activeElement.value'), 'en', 'the focus is not taken')
  await press(browser, 'vi')
  await says(browser, 'vi', 'home.forget-ask')
  await browser.press('Giữ lại')
  await browser.until(async () => (await browser.all('.ask')).length === 0, 'kept')
  // A message that nobody sent yet, and what is wrong with it, on a screen that does not keep it.
  await browser.go('/phan-anh')
  await browser.find('#feedback-text')
  await browser.type('feedback-text', 'Tôi muốn hỏi')
  await press(browser, 'km')
  await says(browser, 'km', 'feedback.title', 'h1')
  await browser.until(() => browser.driver.executeScript(`return document.getElementById('feedback-text').value === 'Tôi muốn hỏi'`), 'the message')
}))

test('a procedure is found by the words of the page\'s language and by Vietnamese ones', () => scene(async (browser) => {
  await browser.go('/thu-tuc')
  await browser.find('#query')
  await browser.see('Có 33 thủ tục')
  const first = async (query, name) => {
    await browser.type('query', query)
    await browser.until(async () => seen(await browser.textOf('main .results li')).startsWith(name), `${query}: ${name}`)
  }
  const guides = JSON.parse(readFileSync(new URL('../../public/guides/km.json', import.meta.url)))
  const birth = 'Làm giấy khai sinh cho con'
  await press(browser, 'en')
  await first('birth certificate', 'Get a birth certificate')
  await first('drill well', 'Licence to drill wells')
  await press(browser, 'km')
  // As people type it: without marks of no width, and a word in the middle.
  await first('សំបុត្រកំណើត', guides[birth].replace(/\u200b/g, '').slice(0, 10))
  await first('khai sinh', guides[birth].slice(0, 10))
  // The list that is kept is searched in its language at the next visit, too.
  await browser.reload()
  await first('ខួងអណ្តូង', guides['Giấy phép hành nghề khoan giếng'].slice(0, 10))
}))

test('remembered on one\'s own phone: the next start speaks it from the first moment; guides, terms and papers with it', () => scene(async (browser) => {
  await browser.go('/')
  await browser.see('Tra cứu hồ sơ')
  await press(browser, 'km')
  await says(browser, 'km', 'home.title', 'h1')
  await browser.reload()
  await says(browser, 'km', 'home.title', 'h1')
  assert.equal(await language(browser), 'km')
  await browser.go('/thu-tuc/1.116501')
  const guides = JSON.parse(readFileSync(new URL('../../public/guides/km.json', import.meta.url)))
  const guide = JSON.parse(readFileSync(new URL('../../public/guides/1.116501.json', import.meta.url)))
  await browser.until(async () => seen(await browser.textOf('main')).includes(guides[guide.purpose]), 'the guide in Khmer')
  // The portal's own words stay as they are, and say so.
  const official = await browser.driver.executeScript(`
    const part = document.querySelector('.official'); return [part.querySelector('[lang]').lang, part.innerText]`)
  assert.equal(official[0], 'vi')
  assert.match(official[1], /Đăng ký biến động/)
  // An official term opens its meaning in place, in the reader's language.
  const terms = JSON.parse(readFileSync(new URL('../../public/glossary/terms.json', import.meta.url)))
  await browser.until(async () => (await browser.all('.official .glossed')).length > 0, 'terms')
  const term = (await browser.all('.official .glossed'))[0]
  const word = (await term.getText()).toLowerCase()
  const meant = terms.find((one) => [one.term, ...one.also ?? []].some((spelling) => spelling.toLowerCase() === word))
  assert.ok(meant, word)
  await term.click()
  await browser.until(async () => seen(await browser.textOf('.meaning')).includes(meant.km), 'its meaning')
  assert.equal(await term.getAttribute('aria-expanded'), 'true')
  await term.click()
  await browser.until(async () => (await browser.all('.meaning')).length === 0, 'closed again')
  // Breaking lines of Khmer is told to every browser.
  assert.match(await browser.driver.executeScript(`return document.querySelector('h1').textContent`), /\u200b/)
}))

test('numbers and counts as each language writes them; Khmer digits where wished', () => scene(async (browser) => {
  await browser.go('/thu-tuc')
  await browser.see('Có 33 thủ tục')
  await browser.type('query', '1.004873')
  await browser.see('Có 1 thủ tục')
  await press(browser, 'en')
  await browser.until(async () => /\b1 procedure\b/.test(await browser.textOf('.count')), 'one procedure')
  await browser.type('query', '')
  await browser.driver.executeScript(`const query = document.getElementById('query'); query.value = ''; query.dispatchEvent(new Event('input', { bubbles: true }))`)
  await browser.until(async () => /\b33 procedures\b/.test(await browser.textOf('.count')), 'many')
  await press(browser, 'km')
  await browser.until(async () => (await browser.textOf('.count')).includes('33'), 'in Khmer')
  await press(browser, 'digits')
  await browser.until(async () => (await browser.textOf('.count')).includes('៣៣'), 'Khmer digits')
  await browser.reload()
  await browser.until(async () => (await browser.textOf('.count')).includes('៣៣'), 'remembered')
  await press(browser, 'digits')
  await browser.until(async () => (await browser.textOf('.count')).includes('33'), 'and back')
}))

test('without a network: the language at hand stays, another one is told to need it', () => scene(async (browser, sandbox) => {
  await browser.go('/')
  await browser.see('Tra cứu hồ sơ')
  await press(browser, 'en')
  await says(browser, 'en', 'home.title', 'h1')
  await browser.reload()
  await browser.stocked('catalogue')
  await browser.until(() => browser.driver.executeAsyncScript(`
    const done = arguments[0]
    caches.keys().then((names) => Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url))))
      .then((all) => done(all.flat().filter((url) => /\\/en(-rest)?-[0-9a-f]+\\.json|glossary\\/en/.test(url)).length >= 3), () => done(false))`), 'English is kept')
  browser.expectFailures()
  await sandbox.stop({ keep: true })
  await browser.reload()
  await says(browser, 'en', 'home.title', 'h1')
  await press(browser, 'km')
  await browser.until(async () => (await browser.textOf('#aid-said')).includes(tables.en['aids.offline']), 'told')
  await says(browser, 'en', 'home.title', 'h1')
  Object.assign(sandbox, await sandbox.start())
  await press(browser, 'km')
  await says(browser, 'km', 'home.title', 'h1')
}))

test('the kiosk forgets the language, keeps the person\'s work while it changes, and types Khmer', () => scene(async (browser) => {
  await browser.go('/?mode=kiosk')
  await browser.see('Mời ông/bà chạm')
  await press(browser, 'km')
  await says(browser, 'km', 'kiosk.welcome', 'h1')
  await browser.driver.executeScript(`document.querySelector('a.door[href="/thu-tuc"]').click()`)
  await says(browser, 'km', 'choose.title', 'h1')
  await (await browser.find('#query')).click()
  await browser.find('.keyboard [lang=km]')
  const key = (label) => browser.driver.executeScript(`
    [...document.querySelectorAll('.keyboard .key')].find((one) => one.innerText === arguments[0]).click()`, label)
  for (const letter of ['ដ', '◌ី']) await key(letter)
  assert.equal(await browser.driver.executeScript(`return document.getElementById('query').value`), 'ដី')
  await key('abc')
  for (const letter of 's') await key(letter)
  assert.equal(await browser.driver.executeScript(`return document.getElementById('query').value`), 'ដីs')
  await press(browser, 'vi')
  await says(browser, 'vi', 'choose.title', 'h1')
  await browser.until(() => browser.driver.executeScript(`return document.getElementById('query').value === 'ដីs'`), 'what was typed')
  await press(browser, 'km')
  await says(browser, 'km', 'choose.title', 'h1')
  assert.equal(await browser.driver.executeScript('return JSON.stringify([{ ...localStorage }, { ...sessionStorage }]).includes("km")'), false, 'nowhere remembered')
  const end = () => browser.until(() => browser.driver.executeScript(`
    const found = [...document.querySelectorAll('.bar-kiosk button')].filter((one) => one.innerText.replace(/\u200b/g, '') === arguments[0] && one.getClientRects().length).pop()
    found?.click()
    return Boolean(found)`, tables.km['kiosk.end']), 'the end')
  await end()
  await browser.find('.ask')
  await end()
  await browser.see('Mời ông/bà chạm')
  assert.equal(await language(browser), 'vi')
}, { width: 1080, height: 1920 }))

test('what goes to the office is Vietnamese, whatever the page speaks', () => scene(async (browser, sandbox) => {
  await browser.go('/phan-anh')
  await press(browser, 'en')
  await says(browser, 'en', 'feedback.title', 'h1')
  const about = await browser.driver.executeScript(`
    const choices = [...document.querySelectorAll('fieldset input[type=radio]')]; choices[1].click(); return choices.length`)
  assert.equal(about, 4)
  await browser.type('feedback-text', 'Cám ơn cán bộ')
  const office = Object.entries(tables.vi).filter(([key]) => key.startsWith('office.'))
  for (const [key, text] of office) assert.equal(tables.km[key], text, key)
}))
