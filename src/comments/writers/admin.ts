import { audit } from '../../authors/audit-queries.ts'
import { isEditor } from '../../authors/roles.ts'
import type { SignedIn } from '../../authors/sessions.ts'
import { HttpError, notFound } from '../../errors.ts'
import { formatMoment } from '../../i18n/dates.ts'
import { isAddress } from '../../net/address.ts'
import { authorNames } from '../../posts/author-names.ts'
import { adminPage, leadTo } from '../../site/admin-page.ts'
import type { WriterRule } from '../../views/queue-model.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { lineOf, numbersOf } from '../../web/fields.ts'
import { noticeOf } from '../../web/notice.ts'
import { judgeWriter, type Verdict } from './judge.ts'
import { deleteRule, listRules, putRule } from './queries.ts'
import { addressClue, type Clue, emailClue, hostClue, type Rule } from './rules.ts'

const HOME = '/admin/responses/writers/'
const SUBJECT = HOME.slice('/admin/'.length)
const MOST = 1000
const LONGEST = 300

/** Trust and blocks as the buttons of a response name them: `block-email`. */
export function readVerdict(action: string): Verdict | undefined {
	const found = /^(trust|block)-(email|host|address)$/.exec(action)
	if (!found || action === 'trust-address') return undefined
	return { verdict: found[1], kind: found[2] } as Verdict
}

/** Trusts or blocks whoever wrote a response. @throws HttpError 403 for those who don't look after the whole blog */
export async function judge(
	{ blog }: Context,
	author: SignedIn,
	id: number,
	verdict: Verdict,
): Promise<{ undo?: string }> {
	if (!isEditor(author)) throw new HttpError(403)
	const judged = await judgeWriter(blog, id, verdict, author.id)
	if (!judged) throw notFound()
	return judged
}

/** Who is trusted and who is blocked. */
export async function writersPage(ctx: Context, author: SignedIn): Promise<void> {
	await show(ctx, author, { value: '', verdict: 'block' })
}

/** Trusts or blocks an e-mail, a site or an address that was typed. */
export async function addWriter(ctx: Context, author: SignedIn): Promise<void> {
	const { db, secret, clock } = ctx.blog
	const form = await readForm(ctx)
	const typed = { value: lineOf(form, 'value').slice(0, LONGEST), verdict: verdictOf(form) }
	const clue = typedClue(secret, typed.value)
	if (!clue) return show(ctx, author, typed, ctx.state.t('moderation.errors.writer'))
	if (typed.verdict === 'trust' && clue.kind === 'address') {
		return show(ctx, author, typed, ctx.state.t('moderation.errors.trustAddress'))
	}
	await db.transaction().execute(async (trx) => {
		const deed = { authorId: author.id, now: clock() }
		const before = await putRule(trx, clue, typed.verdict, deed)
		if (before?.verdict === typed.verdict) return
		const action = typed.verdict === 'trust' ? 'writer-trusted' : 'writer-blocked'
		await audit(trx, { ...deed, action, name: clue.label, subject: SUBJECT })
	})
	leadTo(ctx, `${HOME}?done=saved`)
}

/** Takes a rule away; one that is gone already is no matter. */
export async function removeWriter(ctx: Context, author: SignedIn): Promise<void> {
	const [id = 0] = numbersOf(await readForm(ctx), 'id')
	const { db, clock } = ctx.blog
	await db.transaction().execute(async (trx) => {
		const rule = await deleteRule(trx, id)
		const deed = { authorId: author.id, action: 'writer-forgotten', now: clock() } as const
		if (rule) await audit(trx, { ...deed, name: rule.label, subject: SUBJECT })
	})
	leadTo(ctx, `${HOME}?done=forgotten`)
}

function verdictOf(form: URLSearchParams): Rule['verdict'] {
	return form.get('verdict') === 'trust' ? 'trust' : 'block'
}

function typedClue(secret: string, value: string): Clue | undefined {
	if (isAddress(value)) return emailClue(secret, value)
	return addressClue(secret, value) ?? hostClue(value)
}

interface Typed {
	value: string
	verdict: Rule['verdict']
}

async function show(ctx: Context, author: SignedIn, typed: Typed, error?: string): Promise<void> {
	const { t, settings } = ctx.state
	const verdicts = [
		{ value: 'block', text: t('moderation.block'), checked: typed.verdict === 'block' },
		{ value: 'trust', text: t('moderation.trust'), checked: typed.verdict === 'trust' },
	]
	const words = {
		href: '/admin/settings/responses/',
		text: t('moderation.wordsWhere'),
		words: settings.comments.disallowedWords,
	}
	const page = {
		heading: t('moderation.writers'),
		notice: error ? undefined : noticeOf(ctx, { saved: 'admin.done.saved', forgotten: 'moderation.done.forgotten' }),
		alert: error,
		action: HOME,
		intro: t('moderation.writersIntro'),
		back: '/admin/responses/',
		lists: [await listOf(ctx, 'block'), await listOf(ctx, 'trust')],
		add: { value: typed.value, error, verdicts },
		words: author.role === 'owner' ? words : undefined,
	}
	adminPage(ctx, author, 'writers', page, error ? 422 : 200)
}

/**
 * i18n: moderation.lists.block moderation.lists.trust moderation.listHints.block moderation.listHints.trust
 * i18n: moderation.listEmpty.block moderation.listEmpty.trust
 */
async function listOf(ctx: Context, verdict: Rule['verdict']) {
	const { t } = ctx.state
	const rows = await listRules(ctx.blog.db, verdict, MOST)
	const names = await authorNames(
		ctx,
		rows.map(({ author_id }) => author_id),
	)
	return {
		heading: t(`moderation.lists.${verdict}`),
		hint: t(`moderation.listHints.${verdict}`),
		empty: t(`moderation.listEmpty.${verdict}`),
		rules: rows.map((row) => ruleOf(ctx, row, names)),
	}
}

type Row = Awaited<ReturnType<typeof listRules>>[number]

/** i18n: moderation.ruleKinds.email moderation.ruleKinds.host moderation.ruleKinds.address */
function ruleOf({ blog, state: { t, locale } }: Context, row: Row, names: Map<number, string>): WriterRule {
	return {
		id: row.id,
		label: row.label,
		kind: t(`moderation.ruleKinds.${row.kind}`),
		since: formatMoment(row.created_at, locale, blog.config.timezone),
		author: names.get(row.author_id ?? 0),
		remove: t('moderation.removeOf', { name: row.label }),
	}
}
