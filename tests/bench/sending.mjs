// tests/faults.rs for a peer: the same files, sent by tus-js-client to @tus/server through the same faults, and its process killed in
// between. Uppy's Tus plugin is tus-js-client underneath (it only waits out a 429, where the client gives up), so this covers it too.
// `DOSSIERS` sets how many (20), `SEED` which faults, `TRIES` how often an upload is begun that the client gives up (8).
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as call } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import { FileUrlStorage, Upload } from 'tus-js-client'

const [LAID_OUT, FILES] = [9, 5]
// Who waits for less than a delayed answer takes hears some of them too late.
const [PATIENCE, DELAY] = [300, 400]
// The client's own delays, fifty times shorter, and more of them.
const DELAYS = [0, 20, 60, 100, 100, 100, 100, 100, 100, 100]
// One for each place of faults.rs: the three that hand in a file meet contents (PATCH), as many meet creations (POST), and one the
// question how far an upload has come (HEAD), which is asked only after trouble; for the others tus has nothing. So about as many
// faults strike a dossier as there. And as there, the fourth to the eighth may let some requests pass first.
const PLACES = ['POST', null, 'HEAD', 'PATCH', 'PATCH', 'PATCH', 'POST', 'POST', null, null]
const KINDS = ['drop-before', 'drop-in', 'drop-after', 'drop-after', 'truncate', 'twice', 'delay', 429, 502, 500]
const ANSWERS = { 429: ['text/plain', ''], 502: ['text/html', '<html><h1>502 Bad Gateway</h1></html>'], 500: ['application/json', '{"code":500}'] }

/** The generator of faults.rs (SplitMix64), drawn from in the same order: the same seed, the same files. */
function chance(seed) {
  const mixed = (z, by, times) => BigInt.asUintN(64, (z ^ (z >> by)) * times)
  let state = BigInt(seed)
  return (most) => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n)
    const z = mixed(mixed(state, 30n, 0xbf58476d1ce4e5b9n), 27n, 0x94d049bb133111ebn)
    return Number((z ^ (z >> 31n)) % BigInt(most))
  }
}

/** The portal in a process of its own, which can be killed. It ends when the bench does. */
class House {
  async open(folder, port = 0) {
    this.folder = folder
    this.child = fork(fileURLToPath(import.meta.url), ['portal', folder, String(port)])
    this.port = (await once(this.child, 'message', { signal: AbortSignal.timeout(20_000) }))[0]
  }

  /** As a power cut does it. */
  async kill() {
    this.child.kill('SIGKILL')
    await once(this.child, 'exit')
    await this.open(this.folder, this.port)
  }

  /** Hands a request on, or only its first `part` bytes; gives the answer, or null if there is none. */
  take({ method, url, headers }, body, part = body.length) {
    return new Promise((resolve) => {
      const on = call({ host: '127.0.0.1', port: this.port, method, path: url, headers, agent: false }, async (answer) => {
        const said = await answer.toArray().catch(() => null)
        for (const name of ['connection', 'keep-alive', 'transfer-encoding']) delete answer.headers[name]
        resolve(said && { status: answer.statusCode, fields: answer.headers, body: Buffer.concat(said) })
      })
      on.on('error', () => resolve(null))
      if (part === body.length) return on.end(body)
      // The part must have arrived before the line breaks.
      on.write(body.subarray(0, part), () => setTimeout(() => on.destroy(), 50))
    })
  }
}

/** The bad network before the portal. */
class Rough {
  constructor(house) {
    Object.assign(this, { house, faults: [], kill: NaN, up: null, under: new Set(), struck: 0, kills: 0, requests: 0, sent: 0 })
    this.server = createServer((request, response) => {
      const done = this.carry(request, response).catch(() => request.socket.destroy()).finally(() => this.under.delete(done))
      this.under.add(done)
    })
  }

  /** As in the sandbox: the first fault that fits counts down, then strikes. */
  strike(method) {
    if (this.kill-- === 0) return 'kill'
    const fault = this.faults.find((fault) => fault.method === method)
    if (!fault || fault.skip-- > 0) return null
    this.faults.splice(this.faults.indexOf(fault), 1)
    return fault.kind
  }

  async carry(request, response) {
    const { method, socket } = request
    this.requests++
    // All that the client sets out to send counts, however far it comes: so it does in faults.rs.
    if (method === 'PATCH') this.sent += Number(request.headers['content-length'] ?? 0)
    const kind = this.strike(method)
    if (kind === 'kill') this.kills++
    if (kind !== null && kind !== 'kill') this.struck++
    if (kind === 'drop-before') return socket.destroy()
    const body = Buffer.concat(await request.toArray())
    // A dead portal keeps the client waiting; what the client has given up by then never reaches it.
    await this.up
    if (socket.destroyed) return
    if (kind === 'drop-in' && body.length > 1) await this.house.take(request, body, body.length >> 1)
    if (kind === 'drop-in') return socket.destroy()
    if (ANSWERS[kind]) return response.writeHead(kind, { 'content-type': ANSWERS[kind][0], 'retry-after': '0' }).end(ANSWERS[kind][1])
    if (kind === 'delay') await sleep(DELAY)
    if (kind === 'twice') await this.house.take(request, body)
    const answer = await this.house.take(request, body)
    // The request is answered or not; nobody hears of it.
    if (kind === 'kill') await (this.up = this.house.kill())
    if (!answer || kind === 'kill' || kind === 'drop-after') return socket.destroy()
    if (kind !== 'truncate') return response.writeHead(answer.status, answer.fields).end(answer.body)
    // Answers of tus are all head, so that is where this one breaks off.
    const head = [`HTTP/1.1 ${answer.status} OK`, ...Object.entries(answer.fields).map((field) => field.join(': '))].join('\r\n')
    socket.end(head.slice(0, head.length / 2))
  }
}

/** One upload, begun as the documentation does: where an earlier one stopped. Tells whether the client says that it is done. */
function send(bytes, uid, endpoint, urlStorage) {
  return new Promise((resolve) => {
    const waiting = new Map()
    const upload = new Upload(bytes, {
      endpoint, urlStorage, retryDelays: DELAYS, metadata: { uid },
      onBeforeRequest: (request) => { waiting.set(request, setTimeout(() => request.abort(), PATIENCE)) },
      onAfterResponse: (request) => clearTimeout(waiting.get(request)),
      onSuccess: () => end(true), onError: () => end(false),
    })
    const late = setTimeout(() => upload.abort().finally(() => end(false)), 20_000)
    const end = (done) => { clearTimeout(late); resolve(done) }
    upload.findPreviousUploads().then(([previous]) => {
      if (previous) upload.resumeFromPreviousUpload(previous)
      upload.start()
    }).catch(() => end(false))
  })
}

/** What the portal holds on its disk; a creation that a kill cut in two says nothing yet. */
const held = (folder) => readdirSync(folder).filter((name) => name.endsWith('.json')).flatMap((name) => {
  try {
    const [{ size, metadata }, bytes] = [JSON.parse(readFileSync(join(folder, name))), readFileSync(join(folder, name.slice(0, -5)))]
    return [{ uid: metadata.uid, whole: bytes.length === size, bytes }]
  } catch { return [] }
})

async function bench(count, seed, tries) {
  const [work, house] = [mkdtempSync(join(tmpdir(), 'mot-cua-sending-')), new House()]
  const folder = join(work, 'portal')
  process.on('exit', () => { house.child?.kill('SIGKILL'); rmSync(work, { recursive: true, force: true, maxRetries: 3 }) })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
  setTimeout(() => { console.error('this takes too long'); process.exit(1) }, 60_000 + count * 10_000)
  await house.open(folder)
  const rough = new Rough(house)
  await once(rough.server.listen(0, '127.0.0.1'), 'listening')
  const endpoint = `http://127.0.0.1:${rough.server.address().port}/files`
  const below = chance(seed)
  let [useful, lost, doubled, twice, different] = [0, 0, 0, 0, 0]
  for (let run = 0; run < count; run++) {
    const files = Array.from({ length: FILES }, (_, n, length = 2_000 + below(60_000)) =>
      ({ uid: `${run}-${n}`, done: false, bytes: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(Array.from({ length }, () => below(256)))]) }))
    const urls = new FileUrlStorage(join(work, `urls-${run}.json`))
    rough.faults = Array.from({ length: LAID_OUT }, (_, n, place = below(PLACES.length)) =>
      ({ method: PLACES[place], skip: place >= 3 && place <= 7 ? below(FILES) : 0, kind: KINDS[below(KINDS.length)] }))
    rough.kill = run % 5 === 4 ? below(16) : NaN
    for (const file of files) for (let n = 0; n < tries && !file.done; n++) file.done = await send(file.bytes, file.uid, endpoint, urls)
    Object.assign(rough, { faults: [], kill: NaN })
    // What was delayed may still arrive.
    await Promise.all(rough.under)
    const all = held(folder)
    for (const { uid, bytes, done } of files) {
      const mine = all.filter((upload) => upload.uid === uid)
      const whole = mine.filter((upload) => upload.whole)
      useful += bytes.length
      if (!done || whole.length === 0) lost++
      if (mine.length > 1) doubled++
      if (whole.length > 1) twice++
      if (whole.some((upload) => !upload.bytes.equals(bytes))) different++
    }
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
  }
  const more = rough.sent - useful
  const cells = Object.entries({
    dossiers: `${count} × ${FILES} files`, 'faults that struck': rough.struck, kills: rough.kills, requests: rough.requests, 'bytes of files': useful,
    'sent again': `${more} (${Math.round(100 * more / useful)} %)`, lost, doubled: `${doubled} (${twice} of them whole)`, different,
  })
  const table = [cells.map(([name]) => name), cells.map(() => '---'), cells.map(([, value]) => value)].map((row) => `| ${row.join(' | ')} |\n`).join('')
  const target = new URL('../../target/', import.meta.url)
  mkdirSync(target, { recursive: true })
  writeFileSync(new URL('bench-sending.md', target), table)
  process.stdout.write(table, () => process.exit())
}

if (process.argv[2] === 'portal') {
  const portal = new Server({ path: '/files', datastore: new FileStore({ directory: process.argv[3] }) })
  const server = portal.listen(Number(process.argv[4]), '127.0.0.1', () => process.send(server.address().port))
  process.on('disconnect', () => process.exit())
} else {
  await bench(...[['DOSSIERS', 20], ['SEED', 1], ['TRIES', 8]].map(([name, otherwise]) => Number(process.env[name] ?? otherwise)))
}
