import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Copy, headerOf } from './copy.ts'
import { temporaryFolder } from './seeded.ts'
import { type Server, startServer } from './servers.ts'

const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx']
/** Node writes these itself. */
const OWN = /^(date|connection|keep-alive)$/i

/** A bare node:http server that answers with the same bytes. */
export function startBare({ headers, body }: Copy): Promise<Server> {
	const file = join(temporaryFolder(), 'answer.json')
	const told = headers.flatMap((name, at) => (at % 2 || OWN.test(name) ? [] : [name, headers[at + 1]]))
	writeFileSync(file, JSON.stringify({ headers: told, body: body.toString('base64') }))
	return startServer(process.execPath, [join(import.meta.dirname, 'bare-server.ts'), file])
}

/** nginx with one worker and the same bytes as a file; undefined where there is none. */
export async function startNginx(page: Copy): Promise<Server | undefined> {
	const program = NGINX.find(existsSync)
	if (!program) return undefined
	const folder = temporaryFolder()
	const port = await freePort()
	writeFileSync(join(folder, 'page'), page.body)
	writeFileSync(join(folder, 'nginx.conf'), configuration(page, folder, port))
	return startServer(program, ['-p', folder, '-c', 'nginx.conf'], { at: `http://127.0.0.1:${port}` })
}

function configuration(page: Copy, folder: string, port: number): string {
	const encoding = headerOf(page, 'content-encoding')
	return `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/errors;
events { worker_connections 1024; }
http {
	access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
	open_file_cache max=10; etag on; default_type "${headerOf(page, 'content-type')}";
	server { listen 127.0.0.1:${port}; location / {
		root ${folder}; try_files /page =404;
		${encoding ? `add_header Content-Encoding ${encoding};` : ''}
		add_header Vary Accept-Encoding; add_header Cache-Control "${headerOf(page, 'cache-control') ?? 'no-cache'}";
	} }
}
`
}

function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const { port } = server.address() as { port: number }
			server.close(() => resolve(port))
		})
	})
}
