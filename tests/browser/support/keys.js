// Hands on a keyboard, without a mouse or a finger.
import assert from 'node:assert/strict'
import { Key } from 'selenium-webdriver'

/** What has the focus: its id, its words, whether it can be seen. */
const where = `const one = document.activeElement, box = one.getBoundingClientRect()
  const label = one.getAttribute('aria-label') ?? (one.labels?.[0] ?? one).innerText ?? ''
  const shown = getComputedStyle(one.closest('.picker') ?? one)
  return { id: one.id, tag: one.tagName, text: label.replace(/\\s+/g, ' ').trim(), outline: shown.outlineStyle,
    inView: box.bottom > 0 && box.top < innerHeight }`

/** Presses keys, and finds its way by Tab alone. */
export class Keys {
  constructor(browser) { this.browser = browser }
  send(...keys) { return this.browser.driver.actions().sendKeys(...keys).perform() }
  now() { return this.browser.driver.executeScript(where) }

  /** Tabs until the focus is on what fits; every stop on the way has to be visible and marked. */
  async to(fits, what) {
    for (let step = 0; step < 120; step++) {
      await this.send(Key.TAB)
      const now = await this.now()
      if (now.tag === 'BODY') continue
      assert.ok(now.inView, `in view: ${JSON.stringify(now)}`)
      assert.notEqual(now.outline, 'none', `the focus shows: ${JSON.stringify(now)}`)
      if (fits(now)) return now
    }
    assert.fail(`no way by keyboard to ${what}`)
  }
  toText(text) { return this.to((now) => now.text.includes(text), `“${text}”`) }
  toId(id) { return this.to((now) => now.id === id, `#${id}`) }
  async press(text) {
    await this.toText(text)
    await this.send(Key.ENTER)
  }
}
