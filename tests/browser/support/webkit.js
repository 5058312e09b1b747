// WebKit's driver with a screen of its own: the browser draws on one even where nobody looks.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

const MINI = ['4.1', '4.0', '6.0'].map((version) => `/usr/lib/x86_64-linux-gnu/webkit2gtk-${version}/MiniBrowser`).find(existsSync)

export class WebKit {
  /** Starts both; `url` is the driver's address, `options` what a session asks for. */
  static async start() {
    // The server finds a free screen, and writes its number to the third of its files.
    const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    const number = await new Promise((resolve, reject) => {
      screen.stdio[3].once('data', (text) => resolve(String(text).trim()))
      screen.once('error', reject)
      screen.once('exit', () => reject(new Error('Xvfb ended')))
    })
    const port = 9_600 + Number(number) % 300
    const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore', env: { ...process.env, DISPLAY: `:${number}`, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1' },
    })
    const url = `http://127.0.0.1:${port}`
    for (let tries = 0; tries < 100; tries += 1) {
      if (await fetch(`${url}/status`).then(({ ok }) => ok, () => false)) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return Object.assign(new WebKit(), { url, screen, driver, options: { binary: MINI, args: ['--automation'] } })
  }

  async stop() {
    for (const child of [this.driver, this.screen]) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
    }
  }
}
