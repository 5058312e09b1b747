// The first screen before the app stands: what is pressed, typed or touched by then counts, and nothing moves.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { scene } from './support/scene.js'
import { check, choose, pickCase } from './support/journey.js'

/** Where the doors and the field stood before the app, and since. */
const WATCH = `
  window.places = {}
  const note = (when) => {
    window.places[when] = Object.fromEntries([...document.querySelectorAll('main h1, #query, .door')]
      .map((one) => [one.id || one.getAttribute('href') || one.tagName, Math.round(one.getBoundingClientRect().top)]))
  }
  addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => note('before')))
  addEventListener('app-ready', () => setTimeout(() => note('after'), 300))`

for (const [width, height] of [[360, 640], [1280, 800]]) {
  test(`nothing moves when the app stands, at ${width} × ${height}`, () => scene(async (browser) => {
    await browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', { source: WATCH })
    const places = async () => {
      await browser.until(() => browser.driver.executeScript('return Boolean(window.places?.after)'), 'the app stands')
      return browser.driver.executeScript('return window.places')
    }
    await browser.go('/')
    const first = await places()
    assert.deepEqual(first.before, first.after, 'at the first visit')
    assert.equal(Object.keys(first.before).length, 5, 'the heading, the field, three doors')
    await choose(browser)
    await pickCase(browser)
    await check(browser)
    await browser.go('/')
    await browser.heading('Ông/bà cần làm gì')
    await browser.see('Hồ sơ trên máy này')
    await browser.go('/')
    assert.deepEqual((await places()).before, {}, 'where drafts stand above the doors, these wait for them')
  }, { width, height }))
}

test('what is pressed and typed before the app stands is not lost', () => scene(async (browser) => {
  // The page acts at once, before the app's download has come.
  const soon = (act) => `addEventListener('DOMContentLoaded', () => { ${act} })`
  const command = (name, params) => browser.driver.sendAndGetDevToolsCommand(name, params)
  const once = async (act) => (await command('Page.addScriptToEvaluateOnNewDocument', { source: soon(act) })).identifier
  const visit = async (act) => {
    const identifier = await once(act)
    await browser.go('/')
    await command('Page.removeScriptToEvaluateOnNewDocument', { identifier })
  }
  await visit(`setTimeout(() => document.querySelector('a[href="/tra-cuu"]').click())`)
  await browser.until(async () => (await browser.path()) === '/tra-cuu', 'the door that was pressed opens')
  await visit(`setTimeout(() => { const field = document.getElementById('query'); field.focus(); field.value = 'tach thua' })`)
  await browser.until(() => browser.driver.executeScript(`
    return document.getElementById('app').querySelector('footer') && document.getElementById('query').value === 'tach thua'
      && document.activeElement.id === 'query'`), 'what was typed stands in the field')
  await browser.press('Tìm', { within: 'main form' })
  await browser.heading('muốn làm việc gì')
  await browser.see('Tách thửa')
  // A finger that is down while the app draws itself.
  await visit(`
    setTimeout(() => document.querySelector('a[href="/thu-tuc"]').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })))
    addEventListener('app-ready', () => setTimeout(() =>
      document.querySelector('a[href="/thu-tuc"]').dispatchEvent(new PointerEvent('pointerup', { bubbles: true })), 200))`)
  await browser.heading('muốn làm việc gì')
}))

test('the notices that stand for the worst are accessible, too', () => scene(async (browser) => {
  await browser.go('/')
  await browser.see('Máy này giữ gì?')
  await browser.driver.executeScript(`for (const id of ['failure', 'old']) document.getElementById(id).hidden = false`)
  await browser.see('Trang này gặp lỗi hoặc chưa tải xong')
  await browser.accessible('the failure and the floor')
}))
