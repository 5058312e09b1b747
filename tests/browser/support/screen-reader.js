// A screen reader that runs in the page (Guidepup's virtual one).
import { buildSync } from 'esbuild'

const reader = buildSync({
  stdin: { contents: `import { virtual } from '@guidepup/virtual-screen-reader'; window.reader = virtual`, resolveDir: new URL('..', import.meta.url).pathname },
  bundle: true, write: false, format: 'iife', minify: true, target: 'chrome90',
}).outputFiles[0].text

/** Brings the reader into the page, as `window.reader`. */
export const bring = (browser) => browser.driver.executeScript(`if (!window.reader) { ${reader} }`)

/** Everything that the reader says from the top of the screen to its end. */
export async function spoken(browser) {
  await bring(browser)
  return browser.driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1]
    ;(async () => {
      await window.reader.start({ container: document.body })
      const said = []
      for (let step = 0; step < 600; step += 1) {
        const line = await window.reader.lastSpokenPhrase()
        if (step && line === 'document' || line === 'end of document') break
        said.push(line)
        await window.reader.next()
      }
      await window.reader.stop()
      return said
    })().then(done, (error) => done(['failed: ' + error]))`)
}
