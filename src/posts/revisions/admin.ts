import type { SignedIn } from '../../authors/sessions.ts'
import { notFound } from '../../errors.ts'
import { formatMoment } from '../../i18n/dates.ts'
import { adminPage, leadTo } from '../../site/admin-page.ts'
import type { RevisionsPage } from '../../views/admin-model.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { numbersOf } from '../../web/fields.ts'
import { queryOf } from '../../web/query.ts'
import { addressOf } from '../address.ts'
import { authorNames } from '../author-names.ts'
import { editTranslation, StaleRevision } from '../edit.ts'
import { loadStored, savingOf } from '../load.ts'
import { diffTexts, shortened } from './diff.ts'
import { findRevision, listRevisions } from './queries.ts'

type Stored = Awaited<ReturnType<typeof loadStored>>
type Row = Awaited<ReturnType<typeof listRevisions>>[number]

/** The saved states of a translation, and what changed in one of them. */
export async function revisionsPage(ctx: Context, author: SignedIn): Promise<void> {
	await show(ctx, author, await loadStored(ctx, author))
}

/** Makes an earlier state the newest one. */
export async function rewindPost(ctx: Context, author: SignedIn): Promise<void> {
	const loaded = await loadStored(ctx, author)
	const { post, lang, stored } = loaded
	const form = await readForm(ctx)
	const earlier = await findRevision(ctx.blog.db, stored.id, numbersOf(form, 'number')[0] ?? 0)
	if (!earlier) throw notFound()
	const revision = numbersOf(form, 'revision')[0] ?? 0
	const changes = { title: earlier.title, source: earlier.source, manualExcerpt: earlier.excerpt }
	try {
		await editTranslation(savingOf(ctx, author), { id: stored.id, revision }, { newTerms: [] }, changes)
		leadTo(ctx, `${addressOf(post.id, lang)}?done=rewound`)
	} catch (error) {
		if (!(error instanceof StaleRevision)) throw error
		await show(ctx, author, await loadStored(ctx, author), 409)
	}
}

async function show(ctx: Context, author: SignedIn, loaded: Stored, status = 200): Promise<void> {
	const { blog, state } = ctx
	const { post, lang, stored } = loaded
	const rows = await listRevisions(blog.db, stored.id)
	const chosen = rows.find(({ number }) => String(number) === queryOf(ctx).get('number')) ?? rows[0]
	const address = `${addressOf(post.id, lang)}revisions/`
	adminPage(
		ctx,
		author,
		'revisions',
		{
			heading: state.t('admin.revisions'),
			alert: status === 409 ? state.t('admin.rewindStale') : undefined,
			post: { href: addressOf(post.id, lang), text: stored.title || state.t('admin.untitled') },
			lang,
			revisions: await rowsOf(ctx, rows, chosen, address),
			empty: rows.length === 0 ? state.t('admin.noRevisions') : undefined,
			chosen: chosen && (await changeOf(ctx, loaded, rows, chosen)),
			action: address,
			revision: String(stored.revision),
		},
		status,
	)
}

async function rowsOf(
	ctx: Context,
	rows: Row[],
	chosen: Row | undefined,
	address: string,
): Promise<RevisionsPage['revisions']> {
	const { blog, state } = ctx
	const { t, locale } = state
	const names = await authorNames(
		ctx,
		rows.map((row) => row.author_id),
	)
	return rows.map((row, index) => {
		const marks = [
			row.author_id === null ? undefined : names.get(row.author_id),
			row.small === 1 ? t('admin.smallChange') : undefined,
			index === 0 ? t('admin.newest') : undefined,
		]
		return {
			href: `${address}?number=${row.number}`,
			current: row === chosen,
			when: formatMoment(row.saved_at, locale, blog.config.timezone),
			marks: marks.filter((mark) => mark !== undefined),
		}
	})
}

/**
 * A state beside the one before it.
 * i18n: admin.revisionParts.title admin.revisionParts.excerpt admin.revisionParts.source
 */
async function changeOf(
	{ blog, state: { t, locale } }: Context,
	{ lang, stored }: Stored,
	rows: Row[],
	{ number, saved_at }: Row,
): Promise<RevisionsPage['chosen']> {
	const earlier = rows[rows.findIndex((row) => row.number === number) + 1]
	const [after, before] = await Promise.all([
		findRevision(blog.db, stored.id, number),
		earlier && findRevision(blog.db, stored.id, earlier.number),
	])
	if (!after) return undefined
	const parts = (['title', 'excerpt', 'source'] as const)
		.filter((name) => !before || before[name] !== after[name])
		.map((name) => ({
			name: t(`admin.revisionParts.${name}`),
			pieces: before ? shortened(diffTexts(before[name], after[name], lang)) : [{ kind: 'same', text: after[name] }],
		}))
	return {
		number: String(number),
		when: formatMoment(saved_at, locale, blog.config.timezone).title,
		isFirst: !before,
		isNewest: number === rows[0]!.number,
		parts: parts.filter(({ pieces }) => pieces.some(({ text }) => text !== '')),
	}
}
