// The stage of a test: an empty sandbox of its own and a fresh browser. Both are gone afterwards; the browser's console
// must have been silent.
import { Browser } from './browser.js'
import { Sandbox } from './sandbox.js'

/** Runs the steps with (browser, sandbox); `size` is the window's, and may name another `browser` than Chromium. */
export async function scene(steps, size) {
  const sandbox = await Sandbox.start()
  try {
    const browser = size?.browser ? await Browser.openOther(size.browser, sandbox.url, size) : await Browser.open(sandbox.url, size)
    let failed
    try {
      await steps(browser, sandbox)
    } catch (error) {
      failed = error
    }
    await browser.close().catch((error) => { failed ??= error })
    if (failed) throw failed
  } finally {
    await sandbox.stop()
  }
}
