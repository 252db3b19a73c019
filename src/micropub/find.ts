import { type Entry, findAnyEntry, findEntryId } from '../editors/queries.ts'
import { decodePercent } from '../markdown/percent.ts'
import { presentPost } from '../posts/joining/queries.ts'
import { findTranslation } from '../posts/queries.ts'
import type { Blog } from '../web/context.ts'

const POST = /^\/(?<locale>[\w-]+)\/\d{4}\/\d{2}\/(?<slug>[^/]+)\/$/
const PAGE = /^\/(?<locale>[\w-]+)\/(?<slug>[^/]+)\/$/
const DRAFT = /^\/admin\/posts\/(?<number>\d{1,9})\/(?<locale>[\w-]+)\/$/

/** The translation at an address of this blog, whatever its state; a draft's address is that of its form. */
export async function findByAddress({ db, config }: Blog, address: string): Promise<Entry | undefined> {
	const url = URL.parse(address)
	if (url?.origin !== config.siteUrl) return undefined
	const id = await idAt(db, url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`)
	return id === undefined ? undefined : findAnyEntry(db, id)
}

async function idAt(db: Blog['db'], path: string): Promise<number | undefined> {
	const draft = DRAFT.exec(path)?.groups
	if (draft) return findEntryId(db, (await presentPost(db, Number(draft.number))) ?? 0, draft.locale!)
	const post = POST.exec(path)?.groups
	const { locale = '', slug = '' } = post ?? PAGE.exec(path)?.groups ?? {}
	return (await findTranslation(db, post ? 'post' : 'page', locale, decodePercent(slug)?.replaceAll('\0', '') ?? slug))
		?.id
}
