// Reads QR codes as a phone's camera would, from pixels; and draws codes as an office prints them.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { prepareZXingModule as prepareWriter, writeBarcode } from 'zxing-wasm/writer'

// Its own file, not the one it would fetch from afar.
const own = (name) => ({ overrides: { wasmBinary: readFileSync(createRequire(import.meta.url).resolve(`zxing-wasm/${name}`)).buffer } })
prepareZXingModule(own('reader/zxing_reader.wasm'))
prepareWriter(own('writer/zxing_writer.wasm'))

/** The text of the one QR code in a picture (PNG or JPEG, base64 or bytes). */
export async function read(picture) {
  const bytes = typeof picture === 'string' ? Buffer.from(picture, 'base64') : picture
  const found = await readBarcodes(new Blob([bytes]), { formats: ['QRCode'], tryHarder: true })
  if (found.length !== 1) throw new Error(`${found.length} codes in the picture`)
  return found[0].text
}

/** A code as PNG bytes. */
export async function drawn(text, format) {
  const { image, error } = await writeBarcode(text, { format, scale: 4, addQuietZones: true })
  if (!image) throw new Error(error)
  return Buffer.from(await image.arrayBuffer())
}
