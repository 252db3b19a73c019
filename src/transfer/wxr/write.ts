import type { Trx } from '../../db/schema.ts'
import { bumpPosts } from '../../db/versions.ts'
import { keepUses } from '../../media/use-queries.ts'
import { insertPost, insertTranslation } from '../../posts/writing-queries.ts'
import { indexTranslations } from '../../search/queries.ts'
import type { ImportContext } from './context.ts'
import type { PlannedPost, PlannedTranslation } from './plan.ts'
import {
	type ImportRow,
	insertRedirects,
	insertRows,
	type RedirectRow,
	readTranslationsOf,
	updatePost,
} from './queries.ts'
import { writeComments } from './write-comments.ts'

type Rows = Parameters<typeof insertRows>[1] & { redirects: RedirectRow[]; indexed: number[] }

/** Stores a prepared batch in one transaction: all of it or nothing. */
export async function writeBatch(context: ImportContext, plans: PlannedPost[]): Promise<void> {
	await context.db.transaction().execute(async (trx) => {
		const rows: Rows = { postTerms: [], oldSlugs: [], enclosures: [], imports: [], redirects: [], indexed: [] }
		for (const plan of plans) await writePost(context, trx, plan, rows)
		await insertRows(trx, rows)
		await writeComments(context, trx, plans)
		context.redirects += await insertRedirects(trx, [...rows.redirects, ...context.uploads.takeRedirects()])
		await indexTranslations(trx, rows.indexed)
		await bumpPosts(
			trx,
			context.languages,
			plans.map(({ id }) => id!),
		)
	})
}

async function writePost(context: ImportContext, trx: Trx, plan: PlannedPost, rows: Rows): Promise<void> {
	const isNew = plan.id === undefined
	const { group } = plan
	if (group?.id !== undefined && plan.row.sticky) await updatePost(trx, group.id, { sticky: 1 })
	plan.id ??= group?.id ?? (await insertPost(trx, plan.row))
	if (isNew) rows.imports.push(imported(context, 'post', plan.key, plan.id))
	if (group && group.id === undefined) {
		group.id = plan.id
		rows.imports.push(imported(context, 'group', group.key, plan.id))
	}
	for (const translation of plan.translations) await writeTranslation(context, trx, { plan, translation, rows })
	for (const { term, locales } of plan.terms) {
		for (const locale of locales) await context.terms.store(trx, term, locale)
		rows.postTerms.push({ post_id: plan.id, term_id: term.id! })
	}
	await remember(context, trx, plan)
}

async function writeTranslation(
	context: ImportContext,
	trx: Trx,
	{ plan, translation, rows }: { plan: PlannedPost; translation: PlannedTranslation; rows: Rows },
): Promise<void> {
	const { row, oldSlugs, enclosures, addresses, importKey } = translation
	const id = await insertTranslation(trx, { ...row, post_id: plan.id! })
	translation.id = id
	await keepUses(trx, id, row.html)
	const { kind, locale } = row
	rows.indexed.push(id)
	rows.oldSlugs.push(...oldSlugs.map((slug) => ({ kind, locale, slug, translation_id: id })))
	rows.enclosures.push(...enclosures.map((enclosure) => ({ ...enclosure, translation_id: id })))
	rows.redirects.push(...addresses.map((path) => ({ path, translation_id: id, target: null })))
	if (importKey) rows.imports.push(imported(context, 'translation', importKey, id))
}

/** Keeps what later items refer to: pages below this one, attachments that showed under it. */
async function remember({ stored, parents }: ImportContext, trx: Trx, plan: PlannedPost): Promise<void> {
	const first = plan.translations[0]?.id ?? (await readTranslationsOf(trx, [plan.id!]))[0]?.id
	if (plan.number && first !== undefined) stored.set(plan.number, { postId: plan.id!, translationId: first })
	if (plan.parentNumber) parents.set(plan.id!, plan.parentNumber)
}

function imported({ survey }: ImportContext, kind: string, key: string, id: number): ImportRow {
	return { site: survey.site.key, kind, key, id }
}
