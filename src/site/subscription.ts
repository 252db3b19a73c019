import { notFound } from '../errors.ts'
import { postIn } from '../notices/post.ts'
import {
	confirmSubscriptions,
	deleteSubscription,
	findSubscription,
	type Subscription,
} from '../notices/subscription-queries.ts'
import type { QuestionPage } from '../views/model.ts'
import type { Context } from '../web/context.ts'
import { queryOf } from '../web/query.ts'
import { overviewOf } from './overview.ts'
import { answerPage } from './render.ts'
import { shellOf } from './shell.ts'
import { sidebarOf } from './sidebar.ts'

/** What the link in a letter leads to: the question whether to be told of replies. Looking changes nothing. */
export async function subscription(ctx: Context): Promise<void> {
	const found = await findSubscription(ctx.blog.db, ctx.params.token!)
	if (!found) return answer(ctx, 404, { text: ctx.state.t('mail.page.gone') })
	await ask(ctx, found)
}

/** The answer: `?confirm` begins it, `?leave` ends it, also by the mail program's own button (RFC 8058). */
export async function answerSubscription(ctx: Context): Promise<void> {
	const { db, clock } = ctx.blog
	const { t } = ctx.state
	const asked = queryOf(ctx)
	const token = ctx.params.token!
	if (asked.has('leave')) {
		await deleteSubscription(db, token)
		return answer(ctx, 200, { text: t('mail.page.left') })
	}
	if (!asked.has('confirm')) throw notFound()
	const found = await findSubscription(db, token)
	if (!found) return answer(ctx, 404, { text: t('mail.page.gone') })
	await confirmSubscriptions(db, found.email, clock())
	await answer(ctx, 200, { text: t('mail.page.done') })
}

async function ask(ctx: Context, { post_id, confirmed_at }: Subscription): Promise<void> {
	const { t, locale } = ctx.state
	const { title, path } = await postIn(ctx.blog, post_id, locale)
	// What was never published isn't named.
	if (!path) return answer(ctx, 404, { text: t('mail.page.gone') })
	const [text, action, button] = confirmed_at
		? [t('mail.page.on', { title }), '?leave', t('mail.page.leave')]
		: [t('mail.page.ask', { title }), '?confirm', t('mail.page.confirm')]
	await answer(ctx, 200, { text, answer: { action: ctx.path + action, button } })
}

async function answer(ctx: Context, status: number, page: Pick<QuestionPage, 'text' | 'answer'>): Promise<void> {
	const heading = ctx.state.t('mail.page.title')
	const overview = await overviewOf(ctx)
	const shell = shellOf(ctx, overview, {
		kind: 'question',
		title: heading,
		siblings: [],
		robots: 'noindex',
		sidebar: await sidebarOf(ctx, overview),
	})
	// The address of this page is the key to it. With `no-referrer` browsers would hide from us, too, where the form was.
	ctx.set('Referrer-Policy', 'same-origin')
	answerPage(ctx, status, 'question', { ...shell, heading, ...page })
}
