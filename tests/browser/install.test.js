// The app can be put on the home screen, and the shop window that browsers show for it is what the manifest says.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scene } from './support/scene.js'

test('installable: a manifest without faults, its pictures as large as it says', () => scene(async (browser) => {
  await browser.go('/')
  await browser.stocked()
  const ask = (command) => browser.driver.sendAndGetDevToolsCommand(command, {})
  const { url, errors, data } = await ask('Page.getAppManifest')
  assert.equal(new URL(url).pathname, '/manifest.webmanifest')
  assert.deepEqual(errors, [])
  assert.deepEqual((await ask('Page.getInstallabilityErrors')).installabilityErrors, [])
  const { icons, screenshots } = JSON.parse(data)
  assert.ok(icons.some(({ purpose }) => purpose === 'maskable') && screenshots.length >= 2)
  for (const { src, sizes, type } of [...icons, ...screenshots]) {
    const [real, kind] = await browser.driver.executeScript(`return (async () => {
      const answer = await fetch(arguments[0])
      const picture = await createImageBitmap(await answer.blob()).catch(() => ({ width: 'any' }))
      return [picture.width + (picture.height ? 'x' + picture.height : ''), answer.headers.get('content-type')]
    })()`, src)
    assert.equal(kind, type, src)
    if (type === 'image/png') assert.equal(real, sizes, src)
  }
}))
