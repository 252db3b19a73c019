import { audit } from '../authors/audit-queries.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { TermKind, Trx } from '../db/schema.ts'
import { bumpPosts } from '../db/versions.ts'
import { HttpError, notFound } from '../errors.ts'
import { inTurn } from '../posts/save.ts'
import { adminPage, leadTo } from '../site/admin-page.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { numbersOf } from '../web/fields.ts'
import { noticeOf } from '../web/notice.ts'
import { changeTerm, isTermSlugTaken, listTerms, mergeTerms, removeTerm, type Term } from './edit-queries.ts'
import { checkTerm, inputOf, readTerm, type TermErrors, type TermInput } from './form.ts'
import { storeTerm } from './queries.ts'
import { formModel, groupsOf, nameOf } from './room.ts'

const DONE = {
	created: 'terms.done.created',
	saved: 'terms.done.saved',
	merged: 'terms.done.merged',
	deleted: 'terms.done.deleted',
}

const MOST_BYTES = 256 * 1024

/** All categories and tags, and the form of a new one. */
export async function termsPage(ctx: Context, author: SignedIn): Promise<void> {
	const { languages } = ctx.blog.config
	await showAll(ctx, author, readTerm(new URLSearchParams({ kind: 'category' }), languages))
}

/** Makes a term. */
export async function addTerm(ctx: Context, author: SignedIn): Promise<void> {
	const { db, config } = ctx.blog
	const input = readTerm(await readForm(ctx, MOST_BYTES), config.languages)
	const errors = await inTurn(db, async (trx) => {
		const errors = await problemsOf(trx, input)
		if (Object.keys(errors).length > 0) return errors
		const names = input.names.filter(({ name }) => name !== '')
		const id = await storeTerm(trx, { kind: input.kind, parentId: input.parentId ?? undefined, names })
		await note(ctx, trx, author, 'term-created', { id, names })
		await bumpPosts(
			trx,
			names.map(({ locale }) => locale),
		)
		return errors
	})
	if (Object.keys(errors).length > 0) return showAll(ctx, author, input, errors)
	leadTo(ctx, '/admin/terms/?done=created')
}

/** A term and what can be done with it. */
export async function termPage(ctx: Context, author: SignedIn): Promise<void> {
	const terms = await listTerms(ctx.blog.db)
	const term = termOf(ctx, terms)
	show(ctx, author, terms, term, inputOf(term, ctx.blog.config.languages))
}

/** Changes a term. */
export async function saveTerm(ctx: Context, author: SignedIn): Promise<void> {
	const { db, config } = ctx.blog
	const form = await readForm(ctx, MOST_BYTES)
	const terms = await listTerms(db)
	const term = termOf(ctx, terms)
	const input = readTerm(form, config.languages, term.kind)
	const errors = await inTurn(db, async (trx) => {
		const errors = await problemsOf(trx, input, term)
		if (Object.keys(errors).length > 0) return errors
		const names = input.names.filter(({ name }) => name !== '')
		await changeTerm(trx, term, { locales: config.languages, names, parentId: input.parentId })
		await note(ctx, trx, author, 'term-changed', { id: term.id, names })
		return errors
	})
	if (Object.keys(errors).length > 0) return show(ctx, author, terms, term, input, errors)
	leadTo(ctx, `/admin/terms/${term.id}/?done=saved`)
}

/** Makes one term of two. */
export async function mergeTerm(ctx: Context, author: SignedIn): Promise<void> {
	const form = await readForm(ctx)
	const terms = await listTerms(ctx.blog.db)
	const term = termOf(ctx, terms)
	const into = terms.find(({ id, kind }) => id === numbersOf(form, 'into')[0] && kind === term.kind)
	if (!into || into.id === term.id) throw new HttpError(400)
	await inTurn(ctx.blog.db, async (trx) => {
		await mergeTerms(trx, term, into)
		await note(ctx, trx, author, 'term-deleted', term)
	})
	leadTo(ctx, `/admin/terms/${into.id}/?done=merged`)
}

/** Removes a term. */
export async function deleteTerm(ctx: Context, author: SignedIn): Promise<void> {
	const term = termOf(ctx, await listTerms(ctx.blog.db))
	await inTurn(ctx.blog.db, async (trx) => {
		await removeTerm(trx, term)
		await note(ctx, trx, author, 'term-deleted', term)
	})
	leadTo(ctx, '/admin/terms/?done=deleted')
}

/** What is wrong with a term, in the transaction that stores it. */
async function problemsOf(trx: Trx, input: TermInput, before?: Term): Promise<TermErrors> {
	const errors = checkTerm(input, await listTerms(trx), before)
	for (const name of input.names) {
		const own = { kind: input.kind, id: before?.id ?? 0 }
		const isTaken = name.name !== '' && (await isTermSlugTaken(trx, own, name))
		if (isTaken) errors[`slug-${name.locale}`] = 'terms.errors.slugTaken'
	}
	return errors
}

async function note(
	{ blog, state }: Context,
	trx: Trx,
	author: SignedIn,
	action: 'term-created' | 'term-changed' | 'term-deleted',
	term: Pick<Term, 'id' | 'names'> | { id: number; names: TermInput['names'] },
): Promise<void> {
	const subject = action === 'term-deleted' ? '' : `terms/${term.id}/`
	const name = nameOf(term.names, state.locale)?.name
	await audit(trx, { authorId: author.id, action, subject, name, now: blog.clock() })
}

function termOf({ params }: Context, terms: Term[]): Term {
	const term = terms.find(({ id }) => id === Number(params.number))
	if (!term) throw notFound()
	return term
}

async function showAll(ctx: Context, author: SignedIn, input: TermInput, errors: TermErrors = {}): Promise<void> {
	const { t } = ctx.state
	const terms = await listTerms(ctx.blog.db)
	const isWrong = Object.keys(errors).length > 0
	const page = {
		heading: t('adminMenu.terms'),
		notice: isWrong ? undefined : noticeOf(ctx, DONE),
		alert: isWrong ? t('admin.mistakes') : undefined,
		groups: groupsOf(ctx, terms),
		form: { ...formModel(ctx, terms, input, errors), action: '/admin/terms/' },
		isOpen: isWrong,
	}
	adminPage(ctx, author, 'terms', page, isWrong ? 422 : 200)
}

function show(
	ctx: Context,
	author: SignedIn,
	terms: Term[],
	term: Term,
	input: TermInput,
	errors: TermErrors = {},
): void {
	const { t, locale } = ctx.state
	const isWrong = Object.keys(errors).length > 0
	const others = terms.filter(({ id, kind }) => kind === term.kind && id !== term.id)
	const page = {
		heading: nameOf(term.names, locale)?.name ?? t('admin.untitled'),
		kindName: kindName(ctx, term.kind),
		notice: isWrong ? undefined : noticeOf(ctx, DONE),
		alert: isWrong ? t('admin.mistakes') : undefined,
		form: { ...formModel(ctx, terms, input, errors, term), action: `/admin/terms/${term.id}/` },
		posts: t('terms.posts', { count: term.count }),
		others: others.map(({ id, names }) => ({
			value: String(id),
			text: nameOf(names, locale)?.name ?? '',
			checked: false,
		})),
	}
	adminPage(ctx, author, 'term', page, isWrong ? 422 : 200)
}

/** i18n: terms.kinds.category terms.kinds.tag */
function kindName({ state: { t } }: Context, kind: TermKind): string {
	return t(`terms.kinds.${kind}`)
}
