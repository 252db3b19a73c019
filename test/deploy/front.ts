import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { temporaryFolder } from '../support/folders.ts'
import type { Answer, Question } from '../support/http.ts'
import { freePort } from '../support/postgres.ts'

const running = new Set<ChildProcess>()

process.on('exit', () => {
	for (const child of running) child.kill('SIGKILL')
})

export const HOST = 'blog.example.org'
const TLS = join(import.meta.dirname, '../net/tls')

/** A server that stands before the blog, as deploy/ says. */
export interface Front {
	port: number
	/** Asks it by HTTPS as readers do; `whole` false gives what has come first. */
	get(path: string, question?: Question & { whole?: boolean }): Promise<Answer>
	close(): Promise<void>
}

/** Whether a program is on this machine. */
export function isHere(program: string): boolean {
	try {
		execFileSync('sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${program}`])
		return true
	} catch {
		return false
	}
}

/** Runs deploy/nginx.conf before a blog, with addresses and folders of its own. */
export async function startNginx(blogPort: number): Promise<Front> {
	const folder = temporaryFolder('nginx')
	const port = await freePort()
	const site = example('nginx.conf')
		.replace('listen 80;', `listen 127.0.0.1:${await freePort()};`)
		.replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
		.replaceAll(/^ *listen \[::\].*$/gm, '')
		.replace('127.0.0.1:3000', `127.0.0.1:${blogPort}`)
		.replace('/var/cache/nginx', folder)
		.replace(/\/etc\/\S+fullchain.pem/, join(TLS, 'certificate.pem'))
		.replace(/\/etc\/\S+privkey.pem/, join(TLS, 'key.pem'))
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		(name) => `${name}_temp_path ${folder}/${name};`,
	)
	const user = process.getuid?.() === 0 ? 'user root;' : ''
	const file = join(folder, 'nginx.conf')
	writeFileSync(
		file,
		`${user} daemon off; pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${temporary.join(' ')}\n${site}\n}`,
	)
	return front(port, ['nginx', ['-p', folder, '-c', file]], folder)
}

/** Runs deploy/Caddyfile before a blog. */
export async function startCaddy(blogPort: number): Promise<Front> {
	const folder = temporaryFolder('caddy')
	const port = await freePort()
	const site = example('Caddyfile')
		.replace(
			`\n${HOST} {`,
			`\nhttps://${HOST}:${port} {\n\tbind 127.0.0.1\n\ttls ${TLS}/certificate.pem ${TLS}/key.pem`,
		)
		.replace('127.0.0.1:3000', `127.0.0.1:${blogPort}`)
	const file = join(folder, 'Caddyfile')
	writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${site}`)
	return front(port, ['caddy', ['run', '--config', file, '--adapter', 'caddyfile']], folder)
}

function example(name: string): string {
	return readFileSync(join(import.meta.dirname, '../../deploy', name), 'utf8')
}

async function front(port: number, [program, options]: [string, string[]], folder: string): Promise<Front> {
	mkdirSync(join(folder, 'home'))
	const env = { PATH: `${process.env.PATH}:/usr/sbin`, HOME: join(folder, 'home') }
	const child = spawn(program, options, { env, stdio: ['ignore', 'ignore', 'pipe'] })
	running.add(child)
	let said = ''
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		said += text
	})
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
	const isUp = () =>
		ask(port, '/healthz', {}).then(
			() => true,
			() => false,
		)
	while (!(await isUp())) {
		if (child.exitCode !== null) throw new Error(`${program} ended: ${said}`)
		await new Promise((resolve) => setTimeout(resolve, 20))
	}
	return {
		port,
		get: (path, question = {}) => ask(port, path, question),
		async close() {
			child.kill()
			await ended
			running.delete(child)
		},
	}
}

function ask(
	port: number,
	path: string,
	{ method = 'GET', headers = {}, body, whole = true }: Question & { whole?: boolean },
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const options = { host: '127.0.0.1', port, path, method, agent: false, servername: HOST, rejectUnauthorized: false }
		const sent = request({ ...options, headers: { Host: HOST, ...headers } }, (response) => {
			const chunks: Buffer[] = []
			const done = () => {
				const bytes = Buffer.concat(chunks)
				resolve({ status: response.statusCode!, headers: response.headers, text: bytes.toString(), bytes })
			}
			response.on('data', (chunk) => {
				chunks.push(chunk)
				if (whole) return
				done()
				sent.destroy()
			})
			response.on('error', reject)
			response.on('end', done)
		})
		sent.on('error', reject)
		sent.end(body)
	})
}

/** What systemd says of a unit, whose program and user needn't be on this machine. */
export function verifyUnit(unit: string): string {
	const file = join(temporaryFolder('systemd'), 'otklik.service')
	writeFileSync(file, unit.replace(/^ExecStart=\S+/m, 'ExecStart=/bin/sh').replace(/^(User|Group)=.*$/gm, '$1=root'))
	return execFileSync('sh', ['-c', `systemd-analyze verify ${file} 2>&1 || true`]).toString()
}
