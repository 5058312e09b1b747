// Three engines that look for what keeps people out (axe-core, IBM's, Siteimprove's): each has rules that the others lack.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Audit, Outcome } from '@siteimprove/alfa-act'
import { Device } from '@siteimprove/alfa-device'
import { Node } from '@siteimprove/alfa-dom'
import { Request, Response } from '@siteimprove/alfa-http'
import rules from '@siteimprove/alfa-rules'
import { Page } from '@siteimprove/alfa-web'
import { buildSync } from 'esbuild'

const ace = readFileSync(createRequire(import.meta.url).resolve('accessibility-checker-engine/ace-window.js'), 'utf8')
const alfa = buildSync({
  stdin: { contents: `import { Native } from '@siteimprove/alfa-dom/native'; window.alfaNative = Native`, resolveDir: new URL('..', import.meta.url).pathname },
  bundle: true, write: false, format: 'iife', minify: true, target: 'chrome90',
}).outputFiles[0].text

/** What IBM's engine calls a violation. */
async function ibm(browser) {
  await browser.driver.executeScript(`if (!window.ace_ibma) { ${ace}\n; window.ace_ibma = window.ace_ibma ?? ace }`)
  const found = await browser.driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1]
    new window.ace_ibma.Checker().check(document, ['WCAG_2_2'])
      .then((report) => done(report.results.filter(({ value, node }) => value[0] === 'VIOLATION' && value[1] === 'FAIL'
          // What lies in closed details is shown to nobody; the engine takes its label alone for hidden.
          && !node?.closest?.('details:not([open]) > :not(summary)'))
        .map(({ ruleId, reasonId, message, path, snippet }) => ruleId + ' (' + reasonId + '): ' + message + ' ' + snippet)), (error) => done([String(error)]))`)
  return found
}

/** What Siteimprove's engine fails. */
async function siteimprove(browser) {
  await browser.driver.executeScript(`if (!window.alfaNative) { ${alfa} }`)
  const { logs, ...json } = await browser.driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1]
    // It drops a whole sheet for one rule that it does not know: those of containers are taken out while it reads.
    const known = []
    for (const sheet of document.styleSheets) {
      for (let at = sheet.cssRules.length - 1; at >= 0; at -= 1) {
        if (!(sheet.cssRules[at] instanceof CSSContainerRule)) continue
        known.push([sheet, sheet.cssRules[at].cssText, at])
        sheet.deleteRule(at)
      }
    }
    const back = () => { for (const [sheet, text, at] of known.reverse()) sheet.insertRule(text, at) }
    window.alfaNative.fromNode(document).finally(back).then(done)`)
  const page = Page.of(Request.empty(), Response.empty(), Node.from(json), Device.standard())
  const outcomes = await Audit.of(page, rules).evaluate()
  return [...outcomes].filter(Outcome.isFailed).map((outcome) => {
    const { rule } = outcome.toJSON()
    return `${rule.uri.split('/').at(-1)}: ${String(outcome.target).slice(0, 300)}`
  })
}

/** What each engine finds. */
export async function findings(browser) {
  return { ibm: await ibm(browser), siteimprove: await siteimprove(browser) }
}

/** Fails on anything that an engine finds on this screen. */
export async function checked(browser, where) {
  await browser.accessible(where)
  const found = Object.values(await findings(browser)).flat()
  assert.deepEqual(found, [], `IBM's and Siteimprove's engines at ${where}`)
}
