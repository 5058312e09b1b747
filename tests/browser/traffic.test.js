// What a whole journey asks of the portal: counted, printed, and nothing twice without a reason.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { send, untilReview } from './support/journey.js'
import { scene } from './support/scene.js'

/** Calls that may come again, how often, and why. */
const again = [
  [/^GET \/o\/rest\/v2\/serviceinfos$/, 2, 'the list comes in batches'],
  [/^GET \/o\/rest\/v2\/users\/login$/, 2, 'who is there is asked before the sign-in and before the sending'],
  [/^GET \/o\/rest\/v2\/dossiers\/\d+\/files$/, 3, 'what the portal holds: before, after, and for the receipt'],
  [/^POST \/o\/rest\/v2\/dossiers\/\d+\/files$/, 4, 'one file each'],
]

test('a journey asks nothing of the portal twice without a reason', () => scene(async (browser, sandbox) => {
  await untilReview(browser)
  await send(browser)
  const calls = new Map()
  let [up, down] = [0, 0]
  for (const { method, path, bytesIn, bytesOut } of await sandbox.requests()) {
    if (!path.startsWith('/o/')) continue
    const call = `${method} ${path}`
    calls.set(call, (calls.get(call) ?? 0) + 1)
    up += bytesIn
    down += bytesOut
  }
  const total = [...calls.values()].reduce((sum, count) => sum + count, 0)
  const ahead = [...calls.keys()].filter((call) => /serviceinfos\/|serviceconfigs\/|dossiertemplates\//.test(call)).length
  console.log(`the journey: ${total} calls to the portal (${ahead} for checklists, most of them fetched ahead), ${up} bytes sent, ${down} received`)
  for (const [call, count] of [...calls].filter(([, count]) => count > 1)) console.log(`  ${count} × ${call}`)
  const twice = [...calls].filter(([call, count]) => count > (again.find(([pattern]) => pattern.test(call))?.[1] ?? 1))
  assert.deepEqual(twice, [], 'asked twice')
}))
