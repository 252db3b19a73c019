import { setTimeout as pause } from 'node:timers/promises'
import { filled, parseHtml } from '../admin/desk.ts'
import { MULTIPART, multipart, type Told } from '../media/uploads.ts'
import { pick, upTo } from './chance.ts'
import type { Hunted } from './hunted.ts'
import type { Ledger } from './ledger.ts'
import { OWNER } from './place.ts'

const PAUSE = 700
const BYTES = 200_000
const FORM = 'application/x-www-form-urlencoded'

/** Writes posts, changes them and uploads files through the admin page; each form is sent until there is an answer. */
export async function publish(blog: Hunted, ledger: Ledger, isOver: () => boolean): Promise<void> {
	const cookie = await signIn(blog)
	for (let n = 1; !isOver(); n++) {
		const titles = [...ledger.posts.keys()]
		if (n % 3 === 0) await change(blog, cookie, ledger, { title: pick(titles), n })
		else await write(blog, cookie, ledger, n)
		if (n % 4 === 1) await upload(blog, cookie, ledger, n)
		await pause(upTo(2 * PAUSE))
	}
}

async function signIn(blog: Hunted): Promise<string> {
	const body = String(new URLSearchParams(OWNER))
	const answer = await blog.insist('/admin/login', { method: 'POST', headers: { 'Content-Type': FORM }, body })
	const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0]
	if (answer.status !== 303 || !cookie) throw new Error(`the owner could not sign in: ${answer.status}`)
	return cookie
}

async function write(blog: Hunted, cookie: string, ledger: Ledger, n: number): Promise<void> {
	const title = `Новая запись ${n}`
	const text = `Текст записи ${n}.\n\nИ ещё абзац о городе.`
	const number = await save(blog, cookie, '/admin/posts/new/ru/', { title, text, status: 'published' })
	ledger.posts.set(title, { number, text, made: Date.now() })
}

async function change(blog: Hunted, cookie: string, ledger: Ledger, { title, n }: { title: string; n: number }) {
	const { number, made } = ledger.posts.get(title)!
	const text = `Текст, изменённый в ${n}-й раз.`
	await save(blog, cookie, `/admin/posts/${number}/ru/`, { text })
	ledger.posts.set(title, { number, text, made })
}

async function upload(blog: Hunted, cookie: string, ledger: Ledger, n: number): Promise<void> {
	const name = `file-${n}.pdf`
	const { status, text } = await blog.insist('/admin/media/', {
		method: 'POST',
		headers: { Cookie: cookie, Accept: 'application/json', ...MULTIPART },
		body: multipart([{ name, content: `%PDF-1.7\n${name}\n${'a'.repeat(BYTES)}` }]),
	})
	const [told] = status === 200 ? (JSON.parse(text) as Told[]) : []
	if (!told?.url) throw new Error(`${name} was not taken: ${status} ${text.slice(0, 300)}`)
	ledger.uploads.set(name, told.url)
}

/** Fills in the form as it is shown and sends it; gives the number of the post. */
async function save(blog: Hunted, cookie: string, path: string, fields: Record<string, string>): Promise<string> {
	const shown = filled(parseHtml(await opened(blog, cookie, path)), 'form.editor')
	const pairs = Object.entries({ ...shown, ...fields }).flatMap(([name, value]) =>
		[value].flat().map((one) => [name, one]),
	)
	const headers = { Cookie: cookie, 'Content-Type': FORM }
	const { status, headers: said } = await blog.insist(path, {
		method: 'POST',
		headers,
		body: String(new URLSearchParams(pairs)),
	})
	const number = /^\/admin\/posts\/(\d+)\//.exec(said.location ?? '')?.[1]
	if (status !== 303 || !number) throw new Error(`${path} was not saved: ${status}`)
	return number
}

async function opened(blog: Hunted, cookie: string, path: string): Promise<string> {
	const { status, text } = await blog.insist(path, { headers: { Cookie: cookie } })
	if (status !== 200) throw new Error(`${path} was answered ${status}`)
	return text
}
