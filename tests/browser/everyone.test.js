// Every screen of every mode in every language: four engines find nothing, nothing is cut off or runs out of the screen, and
// targets are large enough. MOT_CUA_ROUNDS=all also keeps a picture of each, at twice the text and in forced colours too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Browser } from './support/browser.js'
import { checked, findings } from './support/checkers.js'
import { scene } from './support/scene.js'
import { desk, kiosk, phone, states } from './support/screens.js'

const pictures = new URL('output/everyone/', import.meta.url).pathname
const all = process.env.MOT_CUA_ROUNDS === 'all'
const names = { vi: 'Tiếng Việt', en: 'English', km: 'ខ្មែរ' }
const only = (process.env.MOT_CUA_MODES ?? 'phone states desk kiosk').split(' ')

/** Says the screen in another language. */
export async function speak(browser, language) {
  await browser.driver.executeScript(`document.querySelector('#aids [value=' + arguments[0] + ']').click()`, language)
  await browser.until(() => browser.driver.executeScript(`
    return document.documentElement.lang === arguments[0] && document.querySelector('main h1') && ![...document.querySelectorAll('main .waiting')].some((one) => one.getClientRects().length)`, language), `the screen in ${names[language]}`)
  // What was typed, and where the page was, is put back by then.
  await new Promise((resolve) => setTimeout(resolve, 120))
}

/** Nothing runs out of the screen, and no text is cut off by its own box. */
async function fits(browser, where, target) {
  const found = await browser.driver.executeScript(`
    const root = document.documentElement, faults = []
    // A phone widens innerWidth to what runs out of the screen; the root's own width stays the screen's.
    if (root.scrollWidth > root.clientWidth + 1) {
      const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !one.closest('.wide, .unseen, .skip'))
      faults.push('sideways by ' + (root.scrollWidth - root.clientWidth) + ': ' + wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(' | '))
    }
    for (const one of document.querySelectorAll('main *, #aids *, header *, footer *')) {
      const style = getComputedStyle(one)
      if (one.closest('.unseen, .skip, .wide') || one.tagName === 'INPUT' || !one.innerText) continue
      if (style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1 || style.overflowY === 'hidden' && one.scrollHeight > one.clientHeight + 2) {
        faults.push('cut off: ' + one.outerHTML.slice(0, 160))
      }
    }
    for (const one of document.querySelectorAll('button, a.button, a.door, a.choice, select, input:not([type=radio]):not([type=checkbox]):not([type=file]), summary, label.tick, label.picker')) {
      if (!one.getClientRects().length || one.closest('.skip') || !one.innerText && one.tagName === 'BUTTON' && !one.ariaLabel) continue
      const { width, height } = one.getBoundingClientRect()
      if (height < arguments[0] - .5 || width < arguments[0] - .5) faults.push('small: ' + Math.round(width) + ' × ' + Math.round(height) + ' ' + one.outerHTML.slice(0, 120))
    }
    return faults`, target)
  assert.deepEqual(found, [], `what fits at ${where}`)
}

async function everyLanguage(browser, name, target, again, faults) {
  for (const language of ['en', 'km', 'vi']) {
    await speak(browser, language)
    await again?.()
    const where = `${name} in ${language}`
    // All that is wrong is told at the end, not the first of it.
    for (const look of [() => fits(browser, where, target), () => checked(browser, where)]) {
      await look().catch((error) => faults.push(error.message))
    }
    if (all || language !== 'en') await browser.picture(`${pictures}${name}-${language}.png`)
    if (!all || target > 48) continue
    await larger(browser, where, async () => { await browser.pictureOfAll(`${pictures}${name}-${language}-200.png`) }).catch((error) => faults.push(error.message))
    await browser.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] })
    await browser.picture(`${pictures}${name}-${language}-forced.png`)
    await browser.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { features: [] })
  }
}

/** The screen with twice the text, as the phone's own setting makes it. */
async function larger(browser, where, look) {
  await browser.driver.executeScript(`document.documentElement.style.setProperty('font-size', '225%')`)
  const [wide, which] = await browser.driver.executeScript(`
    const edge = document.documentElement.clientWidth
    return [document.documentElement.scrollWidth - edge, [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > edge + 1 && !one.closest('.wide')).map((one) => one.outerHTML.slice(0, 90)).slice(0, 2)]`)
  await look()
  await browser.driver.executeScript(`document.documentElement.style.removeProperty('font-size')`)
  assert.ok(wide <= 1, `${where}, twice the text: sideways by ${wide}: ${which}`)
}

/** All screens of a mode in all languages, in a window of this size. */
function walked(mode, target, size) {
  return scene(async (browser, sandbox) => {
    const faults = []
    await mode(browser, async (name, again) => {
      await everyLanguage(browser, name, target, again, faults)
      if (target === 48) await larger(browser, name, () => {}).catch((error) => faults.push(error.message))
    }, sandbox)
    assert.deepEqual(faults, [])
  }, size)
}

if (only.includes('phone')) {
  test('on a phone of 360 × 640, every screen is everyone\'s in each language', () => walked(phone, 48, { width: 360, height: 640 }))
}

if (only.includes('states')) {
  test('on the phone, what a dossier at the office shows is everyone\'s in each language', () => walked(states, 48, { width: 360, height: 640 }))
}

if (only.includes('desk')) {
  test('at the helper\'s desk, every screen is everyone\'s in each language', () => walked(desk, 48, { width: 1366, height: 768 }))
}

if (only.includes('kiosk')) {
  test('at the kiosk, every screen is everyone\'s in each language', () => walked(kiosk, 64, { width: 1080, height: 1920 }))
}

test('the engines can find something: a page with faults has them', () => scene(async (browser) => {
  await browser.go('/')
  await browser.see('Máy này giữ gì?')
  await browser.driver.executeScript(`
    document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="/icon.svg"><button></button><p lang="zz-nonsense-zz">x</p>')`)
  const { ibm, siteimprove } = await findings(browser)
  assert.ok(ibm.length && siteimprove.length, JSON.stringify({ ibm, siteimprove }))
  await assert.rejects(browser.accessible('a page with faults'))
}))

test('zoomed to 400 %, on its side, dark, in forced colours, without motion: nothing is lost', async () => {
  // 400 % of a window of 1280 × 1024 is a screen of 320 × 256 (WCAG 2.2, 1.4.10).
  for (const [width, height] of [[320, 256], [640, 360]]) {
    await scene(async (browser) => {
      await phone(browser, async (name) => {
        await fits(browser, `${name} at ${width} × ${height}`, 48)
        for (const features of [[{ name: 'prefers-color-scheme', value: 'dark' }], [{ name: 'forced-colors', value: 'active' }, { name: 'prefers-reduced-motion', value: 'reduce' }]]) {
          if (width < 640) continue
          await browser.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { features })
          await browser.accessible(`${name} with ${features.map(({ value }) => value)}`)
          await browser.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { features: [] })
        }
      })
    }, { width, height })
  }
})

test('a language of longer words: the letters of all messages doubled, and still nothing is cut off', () => scene(async (browser) => {
  const pretend = () => browser.driver.executeAsyncScript(`
    const done = arguments[0]
    const meta = document.getElementById('messages')
    Promise.all(['content', 'data-rest'].map((name) => fetch(meta.getAttribute(name)).then((answer) => answer.json()))).then((tables) => {
      const long = (text) => '[' + text.replace(/(\\{[^}]*\\})|(\\p{L}+)/gu, (_, place, word) => place ?? word + word.slice(0, Math.ceil(word.length * .6))) + ']'
      const detail = tables.map((table) => new TextEncoder().encode(JSON.stringify(Object.fromEntries(Object.entries(table).map(([key, text]) => [key, long(text)])))))
      dispatchEvent(new CustomEvent('language', { detail }))
      setTimeout(done, 250)
    })`)
  await phone(browser, async (name, again) => {
    await pretend()
    await again?.()
    await fits(browser, `${name} in longer words`, 48)
    await speak(browser, 'vi')
    await again?.()
  })
}, { width: 360, height: 640 }))
