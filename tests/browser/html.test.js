// The checker of HTML that the web's makers use (vnu) passes the page as it is served, and each screen as it stands.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { scene } from './support/scene.js'
import { phone } from './support/screens.js'

const vnu = createRequire(import.meta.url)('vnu-jar')

test('vnu passes the served page and every screen', () => scene(async (browser) => {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-html-'))
  const keep = (name, html) => writeFileSync(join(folder, `${name}.html`), html)
  keep('served', await (await fetch(browser.url)).text())
  await phone(browser, async (name) => {
    keep(name, `<!doctype html>${await browser.driver.executeScript('return document.documentElement.outerHTML')}`)
  })
  let report = ''
  try {
    execFileSync('java', ['-jar', vnu, '--errors-only', '--format', 'json', folder], { stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (error) {
    report = String(error.stderr)
  }
  rmSync(folder, { recursive: true, force: true })
  const messages = report ? JSON.parse(report).messages : []
  const found = messages.map(({ url, message, extract }) => `${url.split('/').pop()}: ${message} ${extract ?? ''}`)
  assert.deepEqual(found, [])
}))
