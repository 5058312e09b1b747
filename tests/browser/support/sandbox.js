// Starts the sandbox portal with an empty data folder of its own, and talks to its test calls.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = new URL('../../../', import.meta.url).pathname

export class Sandbox {
  /** A running sandbox; `data` continues with the folder of an earlier one, `app` is another build of the app. */
  static async start({ data = mkdtempSync(join(tmpdir(), 'mot-cua-')), port = 0, app = join(root, 'dist') } = {}) {
    const program = process.env.MOT_CUA_SANDBOX ?? join(root, 'target/native/sandbox')
    const args = ['--port', String(port), '--data', data, '--app', app, '--testing']
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const url = await new Promise((resolve, reject) => {
      let said = ''
      child.stdout.on('data', (chunk) => {
        said += chunk
        const found = said.match(/http:\/\/127\.0\.0\.1:\d+/)
        if (found) resolve(found[0])
      })
      child.on('exit', (code) => reject(new Error(`the sandbox ended with code ${code}`)))
    })
    return Object.assign(new Sandbox(), { child, data, url })
  }

  /** Ends, and starts again at the same address with the same data. */
  async restart() {
    await this.stop({ keep: true })
    return this.start()
  }

  /** Starts again at the same address with the same data. */
  start() {
    return Sandbox.start({ data: this.data, port: Number(new URL(this.url).port) })
  }

  async stop({ keep = false } = {}) {
    this.child.removeAllListeners('exit')
    if (this.child.signalCode === null) {
      const ended = new Promise((resolve) => this.child.once('exit', resolve))
      this.child.kill('SIGKILL')
      await ended
    }
    if (!keep) rmSync(this.data, { recursive: true, force: true })
  }

  async #call(method, path, body) {
    const answer = await fetch(this.url + path, {
      method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json' },
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    const text = await answer.text()
    return text ? JSON.parse(text) : null
  }

  /** The next matching requests go wrong as told. */
  faults(...faults) { return this.#call('PUT', '/sandbox/faults', faults) }
  noFaults() { return this.#call('DELETE', '/sandbox/faults') }
  /** Every request since the start: method, path, status, bytesIn. */
  requests() { return this.#call('GET', '/sandbox/requests') }
  forgetRequests() { return this.#call('DELETE', '/sandbox/requests') }
  setDossier(id, fields) { return this.#call('POST', `/sandbox/dossiers/${id}`, fields) }
  setService(code, fields) { return this.#call('POST', `/sandbox/services/${code}`, fields) }
  /** More procedures: code, field and name of each. */
  addServices(list) { return this.#call('PUT', '/sandbox/services', list) }
  /** Registers an account, as the app does. */
  async register({ name, id, street, phone, email, password }) {
    const picture = await fetch(`${this.url}/o/rest/v2/applicants/jcaptcha`)
    const cookie = picture.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ')
    const letters = await (await fetch(`${this.url}/sandbox/captcha`, { headers: { cookie } })).text()
    const answer = await fetch(`${this.url}/o/rest/v2/applicants/withcaptcha`, {
      method: 'POST', headers: { cookie, groupId: '51801' },
      body: new URLSearchParams({
        applicantName: name, applicantIdType: 'citizen', applicantIdNo: id, address: street, cityCode: '92', contactName: name,
        contactTelNo: phone, contactEmail: email, password, j_captcha_response: letters,
      }),
    })
    if (answer.status !== 200) throw new Error(`registering: ${answer.status} ${await answer.text()}`)
  }

  /** What a citizen's phone gets when they sign in for the counter. */
  async token({ email, password }) {
    const authorization = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`
    const answer = await fetch(`${this.url}/o/rest/v2/login`, { method: 'POST', headers: { authorization } })
    return (await answer.json()).token
  }

  endSessions() { return this.#call('POST', '/sandbox/logout-all', {}) }
}

/** The officer at the desk, over plain HTTP. */
export class Officer {
  constructor(sandbox) { this.url = sandbox.url }

  async signIn() {
    const answer = await this.#post('/desk/dang-nhap', { user: 'canbo', password: 'canbo' })
    this.cookie = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ')
    if (!this.cookie) throw new Error('the desk gave no session')
    return this
  }

  #post(path, fields) {
    return fetch(this.url + path, {
      method: 'POST', redirect: 'manual', body: new URLSearchParams(fields),
      headers: { origin: this.url, ...(this.cookie && { cookie: this.cookie }) },
    })
  }

  /** Puts the portal's clock ahead by so many days. */
  async putAhead(days) {
    const answer = await this.#post('/desk/dong-ho', { days: String(days) })
    if (answer.status !== 303) throw new Error(`the clock: ${answer.status}`)
  }

  async answer(question, text) {
    const answer = await this.#post(`/desk/phan-anh/${question}`, { answer: text })
    if (answer.status !== 303) throw new Error(`the answer: ${answer.status}`)
  }

  /** Takes a step with a dossier; `step` is the button's text without marks. */
  async step(dossier, step, fields = {}) {
    const answer = await this.#post(`/desk/ho-so/${dossier}/${step}`, fields)
    if (answer.status !== 303) throw new Error(`${step}: ${answer.status}\n${await answer.text()}`)
  }
}
