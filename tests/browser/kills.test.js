// The browser is killed at any moment of the journey, as phones do, and started again: what was there is there, and the
// journey ends with one dossier and each file once. `SEEDS` sets the moments (three; forty in `make soak`).
import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Browser, photo } from './support/browser.js'
import { chau, draftId, fillPerson, openPaper, papers, signIn, untilPapers } from './support/journey.js'
import { film, take } from './support/photographs.js'
import { Sandbox } from './support/sandbox.js'

/** A small generator (mulberry32): the same seed, the same moments. */
function chance(seed) {
  let state = seed * 0x9e3779b9
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const parts = Object.keys(papers)
const toPapers = async (browser, draft) => {
  await browser.go(`/ho-so/${draft}/giay-to`)
  await browser.heading('Chụp giấy tờ')
}

/** The steps, each from the start screen of a draft. What a step has done is on the device when it returns. */
const steps = [
  ...parts.map((part) => async (browser, draft) => {
    await toPapers(browser, draft)
    await openPaper(browser, draft, part)
    if (await browser.textOf('.page')) return
    await browser.hand(papers[part].endsWith('.pdf') ? 'files' : 'camera', photo(papers[part]))
    await browser.find('.page img, .page .pdf')
  }),
  async (browser, draft) => {
    // The camera on the page is open, and may take its picture at any time.
    await toPapers(browser, draft)
    await openPaper(browser, draft, parts[0])
    await browser.press('Chụp giấy tờ')
    await browser.find('video')
    await new Promise((resolve) => setTimeout(resolve, 800))
  },
  async (browser, draft) => {
    await browser.go(`/ho-so/${draft}/nguoi-nop`)
    await browser.heading('Ai nộp hồ sơ')
    await fillPerson(browser, 'applicant', chau)
    await browser.press('Của chính tôi')
    await browser.press('Tiếp: xem lại')
    await browser.heading('Xem lại và gửi')
  },
  async (browser, draft) => {
    await browser.go(`/ho-so/${draft}/gui`)
    await browser.until(async () => /Xem lại và gửi|Đã gửi hồ sơ/.test(await browser.textOf('h1')), 'the last step')
    if ((await browser.textOf('h1')) === 'Đã gửi hồ sơ') return
    // What waits in the outbox after a crash asks for the sign-in by itself.
    await browser.until(async () => {
      if (await browser.textOf('#email ~ *, #sign-in form')) return true
      const send = (await browser.all('#send'))[0]
      if (send && !(await send.getAttribute('disabled'))) await send.click()
      return (await browser.textOf('h1')) === 'Đã gửi hồ sơ'
    }, 'signing in or done')
    if ((await browser.textOf('h1')) !== 'Đã gửi hồ sơ') await signIn(browser)
    await browser.heading('Đã gửi hồ sơ')
  },
]
const CAMERA = parts.length

const seeds = (process.env.SEEDS ?? '1,2,3').split(',').map(Number)
for (const seed of seeds) {
  test(`the browser is killed at moment ${seed}, and nothing is lost`, async () => {
    const next = chance(seed)
    // The camera now and then, and the sending more often than the rest.
    const at = seed % 8 === 0 ? CAMERA : [0, 1, 2, 3, 5, 6, 6][Math.floor(next() * 7)]
    const delay = next() * (at === 6 ? 2500 : 1500)
    const sandbox = await Sandbox.start()
    const profile = mkdtempSync(join(tmpdir(), 'mot-cua-kill-'))
    const camera = film(take({ first: 5 })[0].path)
    const open = () => Browser.open(sandbox.url, { profile, camera })
    let browser = await open()
    try {
      await untilPapers(browser)
      const draft = await draftId(browser)
      for (const step of steps.filter((_, n) => n < at && n !== CAMERA)) await step(browser, draft)
      const cut = steps[at](browser, draft).catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, delay))
      await browser.kill()
      await cut

      browser = await open()
      browser.expectFailures()
      for (const [n, part] of parts.entries()) {
        if (n >= at) continue
        await browser.go(`/ho-so/${draft}/giay-to/${part}`)
        const sent = async () => (await browser.textOf('h1')) === 'Đã gửi hồ sơ'
        await browser.until(async () => (await sent()) || (await browser.all('.page img, .page .pdf')).length, `the page of ${part}, or a receipt`)
        // Killed after its last word to the portal: the receipt stands in place of the draft.
        if (await sent()) break
        assert.equal((await browser.all('.page')).length, n === 0 && at === CAMERA ? (await browser.all('.page')).length : 1, `the page of ${part}`)
      }
      if (at > CAMERA + 1) {
        await browser.go(`/ho-so/${draft}/gui`)
        await browser.until(async () => /Xem lại và gửi|Đã gửi hồ sơ/.test(await browser.textOf('h1')), 'the last step')
        // The receipt names nobody.
        if ((await browser.textOf('h1')) !== 'Đã gửi hồ sơ') await browser.see(chau.name)
      }
      for (const [n, step] of steps.entries()) if (n >= at && n !== CAMERA) await step(browser, draft)
      const seen = await sandbox.requests()
      const posts = (end) => seen.filter((one) => one.method === 'POST' && one.path.endsWith(end) && one.status === 200)
      assert.equal(posts('/actions').length, 1, 'submitted once')
      assert.ok(posts('/dossiers').length <= 2, 'one dossier, or one and an answer that nobody heard')
      await browser.see('Cơ quan đã nhận 4 tệp')
    } finally {
      await browser.close().finally(() => sandbox.stop())
    }
  })
}
