// Where a person may leave something behind: the page, its storages, caches and history, the browser's databases, its disk.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What lies in each database of the browser, as text: names of rows and rows; bytes as Latin-1. */
export async function databases(browser) {
  const found = await browser.driver.executeAsyncScript(`
    const done = arguments[0]
    ;(async () => {
      const found = {}
      for (const { name } of await indexedDB.databases()) {
        const store = await new Promise((resolve) => {
          const open = indexedDB.open(name)
          open.onsuccess = () => resolve(open.result)
          // What is being deleted holds nothing any more.
          open.onblocked = open.onerror = () => resolve(null)
        })
        found[name] = ''
        if (!store) continue
        for (const shelf of store.objectStoreNames) {
          const all = (how) => new Promise((resolve) => { store.transaction(shelf).objectStore(shelf)[how]().onsuccess = ({ target }) => resolve(target.result) })
          const bytes = []
          const text = (_, value) => value instanceof ArrayBuffer ? (bytes.push(new TextDecoder('latin1').decode(value)), '') : value
          found[name] += JSON.stringify(await all('getAllKeys')) + JSON.stringify(await all('getAll'), text) + bytes.join('\\n')
        }
        store.close()
      }
      return found
    })().then(done, (error) => done({ FAILED: String(error) }))`)
  assert.ok(!found.FAILED, found.FAILED)
  return found
}

/**
 * What the page, its fields, storages, caches, cookies and history hold, and what assistive technology is told, as one text;
 * files of caches as Latin-1.
 */
export async function page(browser) {
  const held = await browser.driver.executeAsyncScript(`
    const done = arguments[0]
    ;(async () => {
      const parts = [document.documentElement.outerHTML, location.href, document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]
      for (const field of document.querySelectorAll('input, textarea')) parts.push(field.value)
      for (const name of await caches.keys()) {
        const cache = await caches.open(name)
        for (const request of await cache.keys()) {
          parts.push(request.url, new TextDecoder('latin1').decode(await (await cache.match(request)).arrayBuffer()))
        }
      }
      return parts.join('\\n')
    })().then(done, (error) => done('FAILED ' + error))`)
  assert.doesNotMatch(held, /^FAILED/)
  const ask = (command) => browser.driver.sendAndGetDevToolsCommand(command, {})
  const rest = [await ask('Network.getAllCookies'), await ask('Page.getNavigationHistory'), await ask('Accessibility.getFullAXTree')]
  return held + JSON.stringify(rest)
}

/** All of it, as one text. */
export async function within(browser) {
  return [await page(browser), ...Object.entries(await databases(browser)).flat()].join('\n')
}

/** Pieces of a picture's bytes, from where its colours are written: the same bytes stand in no other file. */
export const pieces = (bytes) => [0.3, 0.5, 0.7].map((part) => Math.floor(bytes.length * part)).map((at) => bytes.subarray(at, at + 32))

/** Where in a folder one of the words or pieces lies, words as UTF-8 or UTF-16. */
export function onDisk(folder, words, bytes = []) {
  const needles = [...words.flatMap((one) => [Buffer.from(one), Buffer.from(one, 'utf16le')]), ...bytes]
  const found = []
  for (const name of readdirSync(folder, { recursive: true })) {
    let content
    try {
      if (!statSync(join(folder, name)).isFile()) continue
      content = readFileSync(join(folder, name))
    } catch { continue }
    if (needles.some((needle) => content.includes(needle))) found.push(name)
  }
  return found
}
