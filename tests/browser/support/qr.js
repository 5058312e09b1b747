// Reads QR codes as a phone's camera would: from pixels.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

// Its own file, not the one it would fetch from afar.
const wasmBinary = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')).buffer
prepareZXingModule({ overrides: { wasmBinary } })

/** The text of the one QR code in a picture (PNG or JPEG, base64 or bytes). */
export async function read(picture) {
  const bytes = typeof picture === 'string' ? Buffer.from(picture, 'base64') : picture
  const found = await readBarcodes(new Blob([bytes]), { formats: ['QRCode'], tryHarder: true })
  if (found.length !== 1) throw new Error(`${found.length} codes in the picture`)
  return found[0].text
}
