import { setTimeout as pause } from 'node:timers/promises'
import type { SourceServer } from '../mentions/source-server.ts'
import { pick, upTo } from './chance.ts'
import type { Hunted } from './hunted.ts'
import type { Ledger } from './ledger.ts'
import { postsOf } from './readers.ts'

const WRITERS = 3
const PAUSE = 300
/** Notices of one host are limited to 300 an hour. */
const PAUSE_OF_PINGS = 13_000

const FORM = 'application/x-www-form-urlencoded'

/** Comments under posts, each sent until there is an answer. */
export async function comment(blog: Hunted, ledger: Ledger, isOver: () => boolean): Promise<void> {
	const posts = await postsOf(blog)
	let number = 0
	const write = async () => {
		while (!isOver()) {
			const n = ++number
			const text = `Отклик ${n}: у нас в городе всё иначе, расскажу в следующий раз.`
			const fields = { name: `Имя ${n}`, email: `n${n}@example.org`, text }
			const { status } = await blog.insist(`${pick(posts)}comments/`, {
				method: 'POST',
				headers: { 'Content-Type': FORM, 'X-Forwarded-For': `10.1.${(n >> 8) & 255}.${n & 255}` },
				body: String(new URLSearchParams(fields)),
			})
			// 409: it was taken, and the answer was cut off.
			if (status !== 303 && status !== 409) throw new Error(`a comment was answered ${status}`)
			ledger.comments.set(text, Date.now())
			await pause(upTo(2 * PAUSE))
		}
	}
	await Promise.all(Array.from({ length: WRITERS }, write))
}

/** Pingbacks and webmentions of pages that are there, in turns. */
export async function ping(
	blog: Hunted,
	{ ledger, source, site }: { ledger: Ledger; source: SourceServer; site: string },
	isOver: () => boolean,
): Promise<void> {
	const posts = await postsOf(blog)
	for (let n = 1; !isOver(); n++) {
		const target = site + pick(posts)
		const page = source.put(
			`/${n}/`,
			`<title>Страница ${n}</title><p>Вот <a href="${target}">запись</a>, прочтите.</p>`,
		)
		const headers = { 'X-Forwarded-For': `10.2.${(n >> 8) & 255}.${n & 255}` }
		const isTaken = await (n % 2 ? pingback : webmention)(blog, headers, page, target)
		if (!isTaken) throw new Error(`a mention by ${page} was refused`)
		ledger.mentions.set(page, Date.now())
		for (const end = Date.now() + PAUSE_OF_PINGS; Date.now() < end && !isOver(); ) await pause(PAUSE)
	}
}

type Tell = (blog: Hunted, headers: Record<string, string>, source: string, target: string) => Promise<boolean>

const pingback: Tell = async (blog, headers, source, target) => {
	const params = [source, target].map((value) => `<param><value><string>${value}</string></value></param>`).join('')
	const body = `<?xml version="1.0"?><methodCall><methodName>pingback.ping</methodName><params>${params}</params></methodCall>`
	const asked = { method: 'POST', headers: { 'Content-Type': 'text/xml', ...headers }, body }
	const { text } = await blog.insist('/xmlrpc', asked)
	// 48: it is known already, for the answer was cut off.
	return !text.includes('<fault>') || /<int>48</.test(text)
}

const webmention: Tell = async (blog, headers, source, target) => {
	const body = String(new URLSearchParams({ source, target }))
	const asked = { method: 'POST', headers: { 'Content-Type': FORM, ...headers }, body }
	return (await blog.insist('/webmention', asked)).status === 202
}
