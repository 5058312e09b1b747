// A real browser over WebDriver, on a phone-sized screen, that fails a test on any word in its console.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Builder, By, Capabilities, Key, logging, until } from 'selenium-webdriver'
import { Options, ServiceBuilder } from 'selenium-webdriver/chrome.js'
import { Options as FirefoxOptions, ServiceBuilder as FirefoxService } from 'selenium-webdriver/firefox.js'
import { WebKit } from './webkit.js'

export { By, Key }
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const photos = new URL('../../photos/', import.meta.url).pathname
export const photo = (name) => join(photos, name)

/** Long enough for a slow machine; no test waits for it unless something is wrong. */
const patience = 30_000

export class Browser {
  static async open(url, { width = 390, height = 844, camera, profile = mkdtempSync(join(tmpdir(), 'mot-cua-chrome-')) } = {}) {
    const options = new Options()
    options.setBinaryPath('/usr/bin/chromium')
    options.addArguments(
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--hide-scrollbars', `--user-data-dir=${profile}`,
      `--window-size=${width},${height}`, '--lang=vi',
    )
    if (camera) options.addArguments('--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`)
    const logs = new logging.Preferences()
    logs.setLevel(logging.Type.BROWSER, logging.Level.ALL)
    options.setLoggingPrefs(logs)
    const driver = await new Builder().forBrowser('chrome').setChromeOptions(options)
      .setChromeService(new ServiceBuilder('/usr/bin/chromedriver')).build()
    await driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', {
      width, height, deviceScaleFactor: 1, mobile: width < 700,
    })
    return Object.assign(new Browser(), { driver, url, profile, expected: [] })
  }

  /**
   * One of the other two browsers, on the same screen. They tell nothing of their console over WebDriver, so the page notes
   * its own errors there.
   */
  static async openOther(name, url, { width = 390, height = 844, isPrivate = false } = {}) {
    if (name === 'webkit') {
      const webkit = await WebKit.start()
      const capabilities = new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': webkit.options })
      const driver = await new Builder().usingServer(webkit.url).withCapabilities(capabilities).build()
      await driver.manage().window().setRect({ width, height })
      return Object.assign(new Browser(), { driver, url, webkit, expected: [], other: true })
    }
    const options = new FirefoxOptions().setBinary('/usr/bin/firefox-esr').addArguments('-headless', `--width=${width}`, `--height=${height}`)
      .setPreference('intl.accept_languages', 'vi').setPreference('network.captive-portal-service.enabled', false)
      .setPreference('network.connectivity-service.enabled', false).setPreference('browser.privatebrowsing.autostart', isPrivate).setPreference('browser.search.update', false)
    const driver = await new Builder().forBrowser('firefox').setFirefoxOptions(options)
      .setFirefoxService(new FirefoxService(process.env.MOT_CUA_GECKODRIVER ?? 'geckodriver')).build()
    return Object.assign(new Browser(), { driver, url, expected: [], other: true })
  }

  /** Ends the browser; the console must have been silent but for the expected network errors. */
  async close() {
    if (this.other) {
      await this.driver.quit()
      await this.webkit?.stop()
      return
    }
    const said = await this.console()
    await this.driver.quit()
    rmSync(this.profile, { recursive: true, force: true })
    assert.deepEqual(said, [], 'the console is silent')
  }

  /** Ends the browser as a phone does that needs the memory: at once, without a word. */
  async kill() {
    const pid = (await this.driver.getCapabilities()).get('goog:processID')
    assert.ok(pid > 1, 'the driver tells the process it started')
    this.killed = true
    process.kill(pid, 'SIGKILL')
    await this.driver.quit().catch(() => {})
  }

  /** What the console said, but for "Failed to load resource" where a test made the portal fail. */
  async console() {
    const entries = await this.driver.manage().logs().get(logging.Type.BROWSER)
    return entries.map((entry) => entry.message)
      .filter((message) => !this.expected.some((pattern) => pattern.test(message)))
  }

  /** From now on the browser's own words about failing requests are expected. */
  expectFailures() { this.expected.push(/Failed to load resource/, /net::ERR_/) }

  /** Takes the network away from the page, or gives it back. */
  async network(there) {
    this.expectFailures()
    const speed = there ? -1 : 0
    await this.driver.sendDevToolsCommand('Network.enable', {})
    await this.driver.sendDevToolsCommand('Network.emulateNetworkConditions', { offline: !there, latency: 0, downloadThroughput: speed, uploadThroughput: speed })
  }

  /** Waits until the device holds all of the app, and these things of the portal's for visits without a network. */
  async stocked(...wanted) {
    await this.until(() => this.driver.executeAsyncScript(`
      const [wanted, done] = arguments
      ;(async () => {
        const registration = await navigator.serviceWorker.getRegistration()
        if (!registration?.active) return false
        const script = await (await fetch('/service-worker.js')).text()
        // What only shared devices need, or another language, does not come to a phone.
        const all = new Set(script.match(/"\\/[^"]*\\.[a-z]+"/g))
        const files = new Set([...all].filter((name) => !/^"\\/(counter[-_]|fonts\\/|(messages|glossary)\\/(vi-counter|en|km))/.test(name)))
        const kept = (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).length))).reduce((a, b) => a + b, 0)
        const names = await new Promise((resolve) => {
          const open = indexedDB.open('mot-cua')
          open.onsuccess = () => {
            const keys = open.result.transaction('kept').objectStore('kept').getAllKeys()
            keys.onsuccess = () => { open.result.close(); resolve(keys.result) }
          }
        })
        return kept >= files.size && wanted.every((name) => names.includes(name))
      })().then(done, () => done(false))`, wanted), 'the device is stocked')
  }

  /** Takes something away that the app keeps under this name. */
  async forgetKept(name) {
    await this.driver.executeAsyncScript(`
      const [name, done] = arguments
      indexedDB.open('mot-cua').onsuccess = ({ target: { result: store } }) => {
        const turn = store.transaction('kept', 'readwrite')
        turn.objectStore('kept').delete(name)
        turn.oncomplete = () => { store.close(); done() }
      }`, name)
  }

  /** Waits until a shared device holds all of the app for an outage. */
  async stockedCounter() {
    await this.until(() => this.driver.executeAsyncScript(`
      const done = arguments[0]
      ;(async () => {
        const script = await (await fetch('/service-worker.js')).text()
        const wanted = [...script.matchAll(/"(\\/counter[^"]*)"/g)].map(([, path]) => path)
        const names = (await caches.keys()).filter((name) => name.startsWith('app-'))
        const cache = names.length === 1 && await caches.open(names[0])
        return cache && (await Promise.all(wanted.map((path) => cache.match(path)))).every(Boolean)
      })().then(done, () => done(false))`), 'the app is kept')
  }

  go(path) { return this.driver.get(this.url + path) }

  /** Puts the page's clock forward. */
  pass(seconds) {
    return this.driver.executeScript(`
      window.realNow ??= Date.now
      window.ahead = (window.ahead ?? 0) + arguments[0] * 1000
      Date.now = () => window.realNow.call(Date) + window.ahead`, seconds)
  }

  /** Goes to a screen as a link of the app does: the page stays. */
  follow(path) {
    return this.driver.executeScript(`const link = document.createElement('a'); link.href = arguments[0]; document.body.append(link); link.click(); link.remove()`, path)
  }

  reload() { return this.driver.navigate().refresh() }
  back() { return this.driver.navigate().back() }
  forward() { return this.driver.navigate().forward() }
  async path() { return new URL(await this.driver.getCurrentUrl()).pathname }

  /** Waits for an element, by CSS or locator. */
  async find(what) {
    const locator = typeof what === 'string' ? By.css(what) : what
    const element = await this.driver.wait(until.elementLocated(locator), patience, `no ${locator}`)
    return element
  }

  all(css) { return this.driver.findElements(By.css(css)) }

  /** Waits until the screen's heading contains this text. */
  async heading(text) {
    await this.until(async () => (await this.textOf('h1')).includes(text), `the heading says “${text}”`)
  }

  /** The text of the first such element, or "" if there is none right now. */
  textOf(css) {
    return this.driver.executeScript('return document.querySelector(arguments[0])?.innerText ?? ""', css)
  }

  /** Waits until the page contains this text. */
  async see(text) {
    await this.until(async () => (await this.textOf('body')).includes(text), `the page says “${text}”`)
  }

  async until(condition, what) {
    const end = Date.now() + patience
    let last
    for (;;) {
      try { if (await condition()) return } catch (error) { last = error }
      if (this.killed) throw new Error('the browser was killed')
      if (Date.now() > end) {
        throw new Error(`waited in vain: ${what}\n${last ?? ''}\n--- ${await this.path()}\n${await this.textOf('body')}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
  }

  /** Presses the button or link with this accessible text. */
  async press(text, { within = 'body' } = {}) {
    await this.until(async () => {
      const hit = await this.driver.executeScript(`
        const heard = (node) => node.nodeType === 3 ? node.data : node.getAttribute?.('aria-hidden') === 'true' ? '' :
          [...node.childNodes].map(heard).join(' ')
        const name = (one) => (one.getAttribute('aria-label') ?? heard(one)).replace(/\\s+/g, ' ').trim()
        const all = [...document.querySelector(arguments[1])?.querySelectorAll('a,button,summary,label.tick') ?? []]
          .filter((one) => !one.disabled && one.getClientRects().length)
        return all.find((one) => name(one) === arguments[0]) ?? all.find((one) => name(one).startsWith(arguments[0]))`,
      text, within)
      if (!hit) return false
      await this.driver.executeScript('arguments[0].scrollIntoView({ block: "center", behavior: "instant" })', hit)
      await hit.click()
      return true
    }, `there is something to press: “${text}”`)
  }

  /** Types into the field with this id, in place of what is there; once more where the screen is drawn anew meanwhile. */
  async type(id, text) {
    await this.until(async () => {
      const field = await this.find(`#${id}`)
      await field.clear()
      await field.sendKeys(text)
      return true
    }, `there is a field to type into: #${id}`)
  }

  async choose(id, text) {
    await this.until(async () => this.driver.executeScript(`
      const field = document.getElementById(arguments[0])
      const option = [...(field?.options ?? [])].find((option) => option.text === arguments[1])
      if (!option) return false
      field.value = option.value
      field.dispatchEvent(new Event('change', { bubbles: true }))
      return true`, id, text), `#${id} offers “${text}”`)
  }

  /** Hands files to a file input, as the camera or the gallery would. */
  async hand(id, ...files) {
    const input = await this.find(`#${id}`)
    await input.sendKeys(files.join('\n'))
  }

  /** Fails on anything axe-core finds on the screen. */
  async accessible(where) {
    await this.driver.executeScript(axe)
    const found = await this.driver.executeAsyncScript(`
      const done = arguments[arguments.length - 1]
      axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then((report) => done(report.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html + ' ' +
          node.failureSummary).join(' | '))))`)
    assert.deepEqual(found, [], `axe-core at ${where}`)
  }

  /** A picture of one element, as PNG in base64. */
  async shot(css) {
    const element = await this.find(css)
    await this.driver.executeScript('arguments[0].scrollIntoView({ block: "start", behavior: "instant" })', element)
    return element.takeScreenshot()
  }

  async picture(path) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, await this.driver.takeScreenshot(), 'base64')
  }

  /** A picture of the whole page, with what lies below the screen; of a very long one the upper part, which viewers can show. */
  async pictureOfAll(path) {
    mkdirSync(dirname(path), { recursive: true })
    const [width, height] = await this.driver.executeScript('return [innerWidth, document.documentElement.scrollHeight]')
    const { data } = await this.driver.sendAndGetDevToolsCommand('Page.captureScreenshot', {
      captureBeyondViewport: true, clip: { x: 0, y: 0, width, height: Math.min(height, 12_000), scale: 1 },
    })
    writeFileSync(path, data, 'base64')
  }
}
