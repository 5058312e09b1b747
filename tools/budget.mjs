// What the first route costs over the network, from the built files; fails above the budget.
// Counted: everything that the browser fetches before the first screen can be used, as brotli.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'

const BUDGET = 110_000
const SCANNER_BUDGET = 80_000
const dist = new URL('../dist/', import.meta.url).pathname
const bytes = (name) => statSync(dist + (existsSync(`${dist}${name}.br`) ? `${name}.br` : name)).size
const files = readdirSync(dist, { recursive: true })
const like = (pattern) => files.filter((name) => pattern.test(name) && !name.endsWith('.br'))
const sum = (names) => names.reduce((total, name) => total + bytes(name), 0)

const first = ['index.html', 'config.json', 'icon.svg',
  ...like(/^(main-.*\.css|(boot|floor)-.*\.js|mot-cua-.*\.(js|wasm)|messages\/vi-[0-9a-f]+\.json)$/)]
const html = readFileSync(`${dist}index.html`, 'utf8')
if (/<script(?![^>]*\bsrc=)|\bon\w+=|<style/i.test(html)) throw new Error('index.html holds inline script or style')
if (/(?:src|href)="(?:https?:)?\/\//.test(html)) throw new Error('index.html asks a third party')

for (const name of first) console.log(String(bytes(name)).padStart(8), name)
const table = (language) => sum(like(new RegExp(`^messages/${language}-[0-9a-f]+\\.json$`)))
const routes = ['vi', 'en', 'km'].map((language) => [`first route in ${language}`, sum(first) - table('vi') + table(language), BUDGET])
for (const [what, size] of routes) console.log(String(size).padStart(8), `${what}, of ${BUDGET}`)
console.log(String(sum(like(/^(rooms[-_].*\.(js|wasm|css)|messages\/vi-rest-.*)$/))).padStart(8), 'the rest of the journey, fetched when idle')
console.log(String(sum(like(/^counter[-_].*\.(js|wasm)$/))).padStart(8), 'all of it in one, for desks and kiosks')
// Each browser loads one of the two scanners: this one, or (without a canvas for workers) the one that decodes alone.
const scanner = sum(like(/^(scan-worker-[0-9a-f]+|scan-worker-[0-9a-f]+_bg|scanner-[0-9a-f]+)\.(js|wasm)$/))
console.log(String(scanner).padStart(8), `the scanner, of ${SCANNER_BUDGET}, fetched with the first paper`)
console.log(String(sum(like(/^scan-worker-alone-.*\.(js|wasm)$/))).padStart(8), 'the scanner for browsers without a canvas for workers')
console.log(String(sum(like(/^code-.*\.(js|wasm)$/))).padStart(8), 'the reader of QR and bar codes, fetched when first asked')
for (const [what, size, budget] of [...routes, ['scanner', scanner, SCANNER_BUDGET]]) {
  if (size > budget) {
    console.error(`✗ The ${what} is ${size - budget} bytes over its budget.`)
    process.exitCode = 1
  }
}
