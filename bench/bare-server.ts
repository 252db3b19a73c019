import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// node bench/bare-server.ts FILE: the least that node:http can do. Every request is answered by the same bytes with
// the same headers, from memory; FILE holds them as JSON.

const { headers, body } = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as { headers: string[]; body: string }
const bytes = Buffer.from(body, 'base64')
const server = createServer((_, response) => {
	response.writeHead(200, headers)
	response.end(bytes)
})
server.listen(0, '127.0.0.1', () => {
	process.stdout.write(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
