// The scanner and its peers in one page. Each function is one measurement, called over WebDriver.
const shell = new DOMParser().parseFromString(await (await fetch('/index.html')).text(), 'text/html')

class Ours {
  constructor(script = shell.getElementById('scanner').getAttribute('href')) {
    this.worker = new Worker(script)
    this.waiting = new Map()
    this.worker.onmessage = ({ data }) => { this.waiting.get(data.id)(data); this.waiting.delete(data.id) }
    this.next = 0
  }
  ask(op, job, given = []) {
    const id = this.next++
    return new Promise((resolve) => { this.waiting.set(id, resolve); this.worker.postMessage({ id, op, ...job }, given) })
  }
  end() { this.worker.terminate() }
}

const blob = async (url) => (await fetch(url)).blob()
const timed = async (work) => { const start = performance.now(); const result = await work(); return [performance.now() - start, result] }
const canvasOf = async (file) => {
  const bitmap = await createImageBitmap(file)
  const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height })
  canvas.getContext('2d', { willReadFrequently: true }).drawImage(bitmap, 0, 0)
  bitmap.close()
  return canvas
}
const jpeg = (canvas, quality = 0.85) => new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
const base64 = async (blob) => new Promise((resolve) => {
  const reader = new FileReader()
  reader.onload = () => resolve(reader.result.split(',')[1])
  reader.readAsDataURL(blob)
})
const corners = (found) => {
  const { topLeftCorner: a, topRightCorner: b, bottomRightCorner: c, bottomLeftCorner: d } = found
  return [a, b, c, d].some((one) => !one) ? null : [a, b, c, d].map(({ x, y }) => [x, y])
}

let ours
export const bench = {
  async ready() {
    for (let n = 0; n < 600 && !(window.cv?.Mat); n++) {
      if (window.cv instanceof Promise) window.cv = await window.cv
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    ours = new Ours()
    await ours.ask('look', { file: new Blob(['x']) })
    return Boolean(window.cv?.Mat)
  },

  /** Corners in pixels as ours and the peer find them. */
  async find(url, width, height) {
    const file = await blob(url)
    const { corners: shares, sure } = await ours.ask('look', { file })
    const mine = [0, 1, 2, 3].map((n) => [shares[2 * n] * width, shares[2 * n + 1] * height])
    const image = cv.imread(await canvasOf(file))
    const scanner = new jscanify()
    const contour = scanner.findPaperContour(image)
    const peer = contour ? corners(scanner.getCornerPoints(contour)) : null
    image.delete()
    return { mine, sure, peer }
  },

  /** From a photograph's file to a flat JPEG, ours and the peer's, with the times. `op` may be `alone`. */
  async flatten(url, which) {
    const file = await blob(url)
    if (which === 'peer') {
      return (await timed(async () => {
        const canvas = await canvasOf(file)
        const flat = new jscanify().extractPaper(canvas, 1414, 2000)
        return flat && jpeg(flat)
      })).map((one) => typeof one === 'number' ? one : one ? one.size : 0)
    }
    if (which === 'alone') {
      const script = await (await fetch(shell.getElementById('scanner').getAttribute('href'))).text()
      const other = URL.createObjectURL(new Blob([script.replace('self.OffscreenCanvas', 'false').replaceAll("'/", `'${location.origin}/`)], { type: 'text/javascript' }))
      window.alone ??= new Ours(other)
      const [time, { page }] = await timed(() => window.alone.ask('look', { file }))
      return [time, page?.size ?? 0]
    }
    const [time, { page }] = await timed(() => ours.ask('look', { file }))
    return [time, page.size]
  },

  /** The pictures that are read by OCR: ours and the peer's, in base64. */
  async pictures(url) {
    const file = await blob(url)
    const { page } = await ours.ask('look', { file })
    const flat = new jscanify().extractPaper(await canvasOf(file), 1414, 2000)
    return { mine: await base64(page), peer: flat ? await base64(await jpeg(flat, 0.95)) : null }
  },

  /** Ten pages into one PDF; the time of each, and both files. */
  async pdf(urls) {
    const pages = []
    // As the app has them: bytes out of the device's store, which change hands. The peer gets its own.
    for (const url of urls) pages.push(await (await ours.ask('look', { file: await blob(url) })).page.arrayBuffer())
    const given = pages.map((page) => page.slice())
    const [mine, { bytes }] = await timed(() => ours.ask('assemble', { pages: given, turns: pages.map(() => 0), extension: 'pdf', title: 'Giấy tờ', limit: 1e9 }, given))
    const [peer, other] = await timed(async () => {
      const file = await PDFLib.PDFDocument.create()
      file.setTitle('Giấy tờ')
      for (const page of pages) {
        const image = await file.embedJpg(page)
        const scale = 841.89 / Math.max(image.width, image.height)
        file.addPage([image.width * scale, image.height * scale]).drawImage(image, { x: 0, y: 0, width: image.width * scale, height: image.height * scale })
      }
      return file.save()
    })
    window.files = [bytes, other]
    return { mine, peer, sizes: [bytes.length, other.length] }
  },
  file: (n) => base64(new Blob([window.files[n]])),

  /** How many pages pdf.js counts, and whether it draws the first. */
  async reads(n) {
    const pdf = await import('/peers/pdfjs-dist/build/pdf.min.mjs')
    pdf.GlobalWorkerOptions.workerSrc = '/peers/pdfjs-dist/build/pdf.worker.min.mjs'
    const file = await pdf.getDocument({ data: window.files[n].slice() }).promise
    const page = await file.getPage(1)
    const viewport = page.getViewport({ scale: 0.3 })
    const canvas = Object.assign(document.createElement('canvas'), { width: viewport.width, height: viewport.height })
    await page.render({ canvasContext: canvas.getContext('2d'), canvas, viewport }).promise
    return file.numPages
  },

  /** Shrinks a photograph to a limit in each way: time, size, likeness to the original. */
  async shrink(url, limit) {
    const file = new File([await blob(url)], 'photo.jpg', { type: 'image/jpeg' })
    const ways = {
      ours: async () => {
        const page = await file.arrayBuffer()
        return new Blob([(await ours.ask('assemble', { pages: [page], turns: [0], extension: 'jpg', title: '', limit }, [page])).bytes])
      },
      'browser-image-compression': () => imageCompression(file, { maxSizeMB: limit / 1048576, useWebWorker: false }),
      compressorjs: async () => {
        for (let quality = 0.8; quality > 0.05; quality -= 0.1) {
          const out = await new Promise((success, error) => new Compressor(file, { quality, success, error }))
          if (out.size <= limit) return out
        }
      },
    }
    const original = await canvasOf(file)
    const grey = (canvas) => {
      const small = Object.assign(document.createElement('canvas'), { width: original.width / 2, height: original.height / 2 })
      const pen = small.getContext('2d', { willReadFrequently: true })
      pen.drawImage(canvas, 0, 0, small.width, small.height)
      return pen.getImageData(0, 0, small.width, small.height)
    }
    const truth = grey(original)
    const results = {}
    for (const [name, way] of Object.entries(ways)) {
      const [time, out] = await timed(way)
      const { mssim } = ssim.ssim(truth, grey(await canvasOf(out)), { ssim: 'fast', downsample: false })
      results[name] = { time, size: out.size, mssim }
    }
    return results
  },

  /** Pages one after another in a fresh worker: the time of each. */
  async pages(urls) {
    const worker = new Ours()
    const times = []
    for (const url of urls) {
      const file = await blob(url)
      times.push((await timed(() => worker.ask('look', { file })))[0])
    }
    worker.end()
    return times
  },
}
window.bench = bench
