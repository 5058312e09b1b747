// Serves the built app, the peers and the scenes to one browser on this machine.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const here = new URL('.', import.meta.url).pathname
const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.jpg': 'image/jpeg', '.json': 'application/json' }

/** Starts the server; `scenes` is the folder under /scenes/. Gives its address and how to stop it. */
export async function serve(scenes) {
  const roots = [['/engine/', join(here, '../../target/bench-engine')], ['/peers/', join(here, 'node_modules')], ['/bench/', here], ['/scenes/', scenes], ['/', join(here, '../../dist')]]
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname))
    const [prefix, root] = roots.find(([prefix]) => path.startsWith(prefix))
    const file = join(root, path.slice(prefix.length))
    if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end()
    // Alone with itself, a page may read the clock to five microseconds.
    response.writeHead(200, { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp', 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() }
}
