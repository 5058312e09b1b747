// Synthetic photographs of papers on tables, with the truth about them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const drawing = new URL('../../../target/native/scenes', import.meta.url).pathname

/** Takes photographs of the papers that these seeds pick: `[{ path, paper, width, height, corners }]`. */
export function take({ first, count = 1, side = 1600, trouble = 'good' }) {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-scenes-'))
  execFileSync(drawing, [folder, String(first), String(count), String(side), trouble])
  const truth = JSON.parse(readFileSync(join(folder, `${trouble.replaceAll(' ', '-')}.json`), 'utf8'))
  return truth.map((one) => ({ ...one, path: join(folder, one.file) }))
}

/** A film for the browser's pretended camera: these photographs in turn, over and over (motion JPEG is nothing but JPEGs in a row). */
export function film(...photographs) {
  const path = photographs[0].replace(/\.jpg$/, '.mjpeg')
  const frames = photographs.flatMap((photograph) => Array(20).fill(readFileSync(photograph)))
  writeFileSync(path, Buffer.concat(frames))
  return path
}
