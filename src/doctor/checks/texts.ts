import { LRUCache } from 'lru-cache'
import type { Translation } from '../../db/schema.ts'
import { decodePercent } from '../../markdown/percent.ts'
import { renderPost } from '../../markdown/render.ts'
import { picturesOf } from '../../media/pictures.ts'
import { permalink } from '../../posts/permalink.ts'
import { isVisible } from '../../posts/post.ts'
import { indexIsBehind, listStrays } from '../../search/queries.ts'
import { type Found, MOST_TOLD } from '../finding.ts'
import type { Check, Patient } from '../patient.ts'
import { everyRedirect, everyTranslation, isPostAt } from '../queries.ts'
import { isHere } from './site.ts'

/** Whether texts render, lead where there is something, and are found: each is read once for all three. */
export const texts: Check = {
	name: 'texts',
	async run(patient, found) {
		const links = new LRUCache<string, string>({ max: 20_000 })
		for await (const rows of everyTranslation(patient.db)) {
			for (const translation of rows) {
				await lookAtText(patient, translation, found)
				if (isRead(patient, translation)) await lookAtLinks(patient, translation, { found, links })
			}
			for (const id of await indexIsBehind(patient.db, rows)) {
				const advice = 'Save the text again: that writes its words into the index.'
				found.error(
					nameOf(rows.find((row) => row.id === id)!),
					'is not found by its words: the search index lacks them',
					advice,
				)
			}
			patient.advance(rows.length)
		}
		for (const id of await listStrays(patient.db, MOST_TOLD)) {
			found.warning(`the search index`, `still has the text ${id}, which is gone`, 'It does no harm but to the counts.')
		}
		for await (const rows of everyRedirect(patient.db)) {
			for (const { path, target } of rows) {
				const said = await wrongWith(patient, target, links)
				if (said)
					found.warning(
						`the redirect ${path}`,
						`leads to ${target}, ${said}`,
						'Change it at /admin/settings/redirects/.',
					)
			}
		}
	},
}

function nameOf({ post_id, locale, title }: Translation): string {
	return `post ${post_id} in ${locale} (${title.slice(0, 60)})`
}

function isRead({ config, now }: Patient, translation: Translation): boolean {
	return config.languages.includes(translation.locale) && isVisible(translation, now)
}

async function lookAtText({ db }: Patient, translation: Translation, found: Found): Promise<void> {
	const { locale, source, format, manual_excerpt: manualExcerpt } = translation
	const pictures = await picturesOf(db, source, locale)
	const rendered = await renderPost({ locale, source, format, manualExcerpt }, pictures)
	const subject = nameOf(translation)
	if (rendered.failed) {
		found.error(
			subject,
			'can’t be rendered: readers see its words without form',
			'Simplify what it is made of, and save it.',
		)
	} else if (translation.html === '' && rendered.html !== '') {
		found.error(subject, 'is empty to readers, though something is written', 'Save it again.')
	} else if (translation.html !== rendered.html || translation.excerpt !== rendered.excerpt) {
		found.warning(
			subject,
			'is kept in another form than it would be rendered now',
			'Save it again, if you want the new form.',
		)
	}
}

interface Looking {
	found: Found
	/** What is wrong with addresses that were looked at; '' when nothing is. */
	links: LRUCache<string, string>
}

async function lookAtLinks(patient: Patient, translation: Translation, { found, links }: Looking): Promise<void> {
	const base = patient.config.siteUrl + permalink(translation)
	for (const address of addressesIn(translation.html)) {
		const url = URL.parse(address, base)
		if (!url || !/^https?:$/.test(url.protocol)) continue
		const subject = nameOf(translation)
		if (url.origin === patient.config.siteUrl) {
			const said = await wrongWith(patient, url.pathname + url.search, links)
			if (said) found.error(subject, `leads to ${address}, ${said}`, 'Correct the link, or set a redirect from there.')
		} else if (isHere(url.hostname) && !isHere(new URL(base).hostname)) {
			const advice = 'Begin the link with a slash: then it is right wherever the blog is.'
			found.error(subject, `leads to ${address}, which is the reader’s own machine`, advice)
		}
	}
}

function addressesIn(html: string): Set<string> {
	const all = html.matchAll(/ (?:href|src|poster)="([^"]*)"/g)
	return new Set([...all].map(([, address]) => address!.replaceAll('&amp;', '&')))
}

async function wrongWith(patient: Patient, path: string, links: LRUCache<string, string>): Promise<string> {
	const known = links.get(path)
	if (known !== undefined) return known
	const said = (await isPost(patient, path)) ? '' : await askFor(patient, path)
	links.set(path, said)
	return said
}

const POST = /^\/([a-z-]+)\/(\d{4})\/(\d\d)\/([^/?]+)\/$/

/** Most links are to posts, and those the database knows soonest. */
async function isPost({ db, config, now }: Patient, path: string): Promise<boolean> {
	const [, locale = '', year, month, name = ''] = POST.exec(path) ?? []
	const slug = decodePercent(name)
	if (!config.languages.includes(locale) || !slug) return false
	return isPostAt(db, { locale, year: Number(year), month: Number(month), slug }, now)
}

const MOST_STEPS = 4

async function askFor({ ask, config }: Patient, path: string): Promise<string> {
	for (let [step, next] = [0, path]; step < MOST_STEPS; step++) {
		const { status, location } = await ask(next)
		const target = location === undefined ? undefined : URL.parse(location, config.siteUrl + next)
		if (status >= 500) return `which fails (status ${status})`
		if (status === 404 || status === 410)
			return next === path ? 'where there is nothing' : `which leads to nothing at ${next}`
		if (status < 300 || status >= 400 || !target || target.origin !== config.siteUrl) return ''
		next = target.pathname + target.search
	}
	return 'which leads on and on'
}
