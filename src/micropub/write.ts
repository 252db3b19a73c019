import type { Caller } from '../authors/application-queries.ts'
import { linkOf } from '../editors/describe.ts'
import { type Entry, findAnyEntry, listFiled, listTerms } from '../editors/queries.ts'
import { changeEntry, type Desk, restoreEntry, trashEntry, Unwritable, writeEntry } from '../editors/write.ts'
import type { Context } from '../web/context.ts'
import { entryAt, needScope } from './caller.ts'
import { invalid, MicropubError } from './errors.ts'
import { firstOf, type Properties, type Request } from './request.ts'
import { propertiesOf } from './source.ts'
import { changedWritten, newWritten } from './written.ts'

/** Does what a program asks; a new address is given when there is one. @throws MicropubError */
export async function perform(ctx: Context, caller: Caller, request: Request): Promise<string | undefined> {
	const desk = { blog: ctx.blog, author: caller }
	try {
		if (request.action === 'create') return await create(desk, request.properties)
		needScope(caller, request.action === 'undelete' ? 'delete' : request.action)
		const entry = await entryAt(ctx, caller, request.url)
		if (request.action === 'update') return await update(desk, entry, request)
		return await (request.action === 'delete' ? remove(desk, entry) : bringBack(desk, entry))
	} catch (error) {
		throw error instanceof Unwritable ? refusal(error) : error
	}
}

async function create(desk: Desk, properties: Properties): Promise<string> {
	needScope(desk.author, 'create', 'draft')
	const locale = languageIn(desk, properties)
	const written = newWritten(properties, desk.blog.config.timezone, await categoryNames(desk, locale))
	const status = desk.author.scopes.includes('create') ? written.status : 'draft'
	return addressOf(desk, await writeEntry(desk, locale, { ...written, status }))
}

/** The address, when it is another one by now. */
async function update(desk: Desk, entry: Entry, request: Extract<Request, { action: 'update' }>) {
	if (entry.status === 'trash') throw invalid('There is no such post')
	const before = linkOf(desk, entry)
	const filed = await listFiled(desk.blog.db, [entry.post_id], entry.locale)
	const written = changedWritten(entry, propertiesOf(entry, filed, { url: before }), request, {
		timezone: desk.blog.config.timezone,
		categories: await categoryNames(desk, entry.locale),
	})
	await changeEntry(desk, entry, written)
	const after = await addressOf(desk, entry.id)
	return after === before ? undefined : after
}

async function remove(desk: Desk, entry: Entry): Promise<undefined> {
	if (entry.status !== 'trash') await trashEntry(desk, entry)
}

/** What a program brings back is published again, as it was. */
async function bringBack(desk: Desk, entry: Entry): Promise<undefined> {
	if (entry.status === 'trash') await restoreEntry(desk, entry, entry.published_at === null ? 'draft' : 'published')
}

/** By `lang` or `mp-language`, else the default. @throws MicropubError 400 */
function languageIn({ blog: { config } }: Desk, properties: Properties): string {
	const told = firstOf(properties, 'lang') ?? firstOf(properties, 'mp-language') ?? config.languages[0]!
	if (!config.languages.includes(told.toLowerCase())) throw invalid(`The languages are ${config.languages.join(', ')}`)
	return told.toLowerCase()
}

async function categoryNames({ blog }: Desk, locale: string): Promise<string[]> {
	return (await listTerms(blog.db, 'category', locale)).map(({ name }) => name)
}

async function addressOf(desk: Desk, id: number): Promise<string> {
	return linkOf(desk, (await findAnyEntry(desk.blog.db, id))!)
}

function refusal({ mistake }: Unwritable): MicropubError {
	if (mistake === 'forbidden') return new MicropubError('forbidden', 'The role of the author does not allow this')
	return invalid(mistake === 'stale' ? 'The post has changed meanwhile' : `The post can't be taken: ${mistake}`)
}
