// The browser is killed at any moment of the journey, as phones do, and started again: what was there is there, and the
// journey ends with one dossier and each file once. `SEEDS` sets the moments (three; forty in `make soak`).
import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Browser, photo } from './support/browser.js'
import { chau, draftId, fillPerson, openPaper, papers, signIn, tick } from './support/journey.js'
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
const CHECK = /^\/thu-tuc\/1\.116501\/\d+\/\d+$/
const shown = (browser, script, ...given) => browser.driver.executeScript(script, ...given)
const isChecked = (browser, id) => browser.until(() => shown(browser, 'return document.getElementById(arguments[0])?.checked', id), `${id} is chosen`)
const isSent = async (browser) => (await browser.textOf('h1')) === 'Đã gửi hồ sơ'

const toPapers = async (browser, at) => {
  await browser.go(`/ho-so/${at.draft}/giay-to`)
  await browser.heading('Chụp giấy tờ')
}
const toCheck = async (browser, at) => {
  await browser.go(at.check)
  await browser.heading('Giấy tờ cần có')
}

/** A paper with its one page. */
const paper = (part) => ({
  async take(browser, at) {
    await toPapers(browser, at)
    await openPaper(browser, at.draft, part)
    if (await browser.textOf('.page')) return
    await browser.hand(papers[part].endsWith('.pdf') ? 'files' : 'camera', photo(papers[part]))
    await browser.find('.page img, .page .pdf')
  },
  async holds(browser, at) {
    await browser.go(`/ho-so/${at.draft}/giay-to/${part}`)
    // Killed after its last word to the portal: the receipt stands in place of the draft.
    await browser.until(async () => (await isSent(browser)) || (await browser.all('.page img, .page .pdf')).length, `the page of ${part}, or a receipt`)
    if (await isSent(browser)) return
    const pages = (await browser.all('.page')).length
    // The camera on the page may have taken more of the first paper.
    assert.ok(part === parts[0] ? pages >= 1 : pages === 1, `the pages of ${part}: ${pages}`)
  },
})

/**
 * The steps of the journey, each from its own address: what a step takes is on the device when it returns, and `holds` finds it
 * there later. `at` holds the addresses that the journey has come to.
 */
const steps = [
  {
    name: 'searching',
    async take(browser) {
      await browser.go('/thu-tuc')
      await browser.see('Có 33 thủ tục')
      await browser.type('query', 'sang ten so do')
      await browser.press('Sang tên sổ đỏ')
      await browser.heading('Sang tên')
    },
  },
  {
    name: 'the first question',
    async take(browser, at) {
      await browser.go('/thu-tuc/1.116501')
      await browser.press('Mua bán')
      await browser.heading('Giấy tờ cần có')
      at.check = await browser.path()
      assert.match(at.check, CHECK)
    },
    async holds(browser, at) {
      await toCheck(browser, at)
      await isChecked(browser, 'hinh-thuc-mua-ban')
    },
  },
  {
    name: 'questions and ticks',
    async take(browser, at) {
      await toCheck(browser, at)
      await isChecked(browser, 'hinh-thuc-mua-ban')
      for (const [question, answer] of [['the-chap', 'khong'], ['nop-thay', 'cho-minh']]) {
        await shown(browser, 'document.getElementById(arguments[0]).click()', `${question}-${answer}`)
        // The list follows the answer once it is on the device.
        await browser.until(async () => /[1-9]/.test(await browser.textOf('.questions summary .hint')), 'counted')
      }
      await browser.until(async () => /^\D*3\D/.test(await browser.textOf('.questions summary .hint')), 'three are answered')
      for (const part of parts) {
        await tick(browser, part)
        await browser.until(() => shown(browser, `return document.getElementById('tick-' + arguments[0] + '-Have').closest('li').classList.contains('have')`, part), `${part} is ticked`)
      }
    },
    async holds(browser, at) {
      await toCheck(browser, at)
      for (const id of ['the-chap-khong', 'nop-thay-cho-minh', ...parts.map((part) => `tick-${part}-Have`)]) await isChecked(browser, id)
    },
  },
  {
    name: 'beginning',
    async take(browser, at) {
      await toCheck(browser, at)
      await browser.press('Chuẩn bị hồ sơ')
      await browser.until(async () => {
        if ((await browser.textOf('#twin')) !== '') await browser.press('Tiếp tục hồ sơ đó')
        return (await browser.textOf('h1')) === 'Chụp giấy tờ'
      }, 'the draft is begun, or gone on with')
      at.draft = await draftId(browser)
    },
    async holds(browser, at) {
      await browser.go(`/ho-so/${at.draft}/giay-to`)
      await browser.until(async () => /Chụp giấy tờ|Đã gửi hồ sơ/.test(await browser.textOf('h1')), 'the draft, or its receipt')
    },
  },
  ...parts.map((part) => ({ name: `paper ${part}`, ...paper(part) })),
  {
    name: 'the camera',
    // The camera on the page is open, and may take its picture at any time.
    async take(browser, at) {
      await toPapers(browser, at)
      await openPaper(browser, at.draft, parts[0])
      await browser.press('Chụp giấy tờ')
      await browser.find('video')
      await new Promise((resolve) => setTimeout(resolve, 800))
    },
  },
  {
    name: 'the people',
    async take(browser, at) {
      await browser.go(`/ho-so/${at.draft}/nguoi-nop`)
      await browser.heading('Ai nộp hồ sơ')
      await fillPerson(browser, 'applicant', chau)
      await browser.press('Của chính tôi')
      await browser.press('Tiếp: xem lại')
      await browser.heading('Xem lại và gửi')
    },
    async holds(browser, at) {
      await browser.go(`/ho-so/${at.draft}/gui`)
      await browser.until(async () => (await isSent(browser)) || (await browser.textOf('h1')) === 'Xem lại và gửi', 'the last step')
      // The receipt names nobody.
      if (await isSent(browser)) return
      for (const said of [chau.name, chau.id, chau.birth, chau.phone, chau.street, 'Phường Ninh Kiều']) await browser.see(said)
    },
  },
  {
    name: 'sending',
    async take(browser, at) {
      await browser.go(`/ho-so/${at.draft}/gui`)
      await browser.until(async () => /Xem lại và gửi|Đã gửi hồ sơ/.test(await browser.textOf('h1')), 'the last step')
      if (await isSent(browser)) return
      // What waits in the outbox after a crash asks for the sign-in by itself.
      await browser.until(async () => {
        if (await browser.textOf('#email ~ *, #sign-in form')) return true
        const send = (await browser.all('#send'))[0]
        if (send && !(await send.getAttribute('disabled'))) await send.click()
        return isSent(browser)
      }, 'signing in or done')
      if (!(await isSent(browser))) await signIn(browser)
      await browser.heading('Đã gửi hồ sơ')
    },
  },
]
const CAMERA = steps.findIndex(({ name }) => name === 'the camera')
const SENDING = steps.length - 1

const seeds = (process.env.SEEDS ?? '1,2,3').split(',').map(Number)
for (const seed of seeds) {
  test(`the browser is killed at moment ${seed}, and nothing is lost`, async (t) => {
    const next = chance(seed)
    // The camera now and then, and the sending more often than the rest.
    const moments = [...steps.keys(), SENDING].filter((step) => step !== CAMERA)
    const killed = seed % 8 === 0 ? CAMERA : moments[Math.floor(next() * moments.length)]
    const delay = next() * (killed === SENDING ? 2500 : 1500)
    t.diagnostic(`${steps[killed].name}, after ${Math.round(delay)} ms`)
    const sandbox = await Sandbox.start()
    const profile = mkdtempSync(join(tmpdir(), 'mot-cua-kill-'))
    const camera = film(take({ first: 5 })[0].path)
    const open = () => Browser.open(sandbox.url, { profile, camera })
    let browser = await open()
    const at = {}
    try {
      for (const step of steps.slice(0, killed)) if (step !== steps[CAMERA]) await step.take(browser, at)
      const cut = steps[killed].take(browser, at).catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, delay))
      await browser.kill()
      await cut

      browser = await open()
      browser.expectFailures()
      for (const step of steps.slice(0, killed)) await step.holds?.(browser, at)
      for (const step of steps.slice(killed)) if (step !== steps[CAMERA]) await step.take(browser, at)
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
