import { enqueue } from '../../jobs/queries.ts'
import { wake } from '../../jobs/wake.ts'
import { adminPage } from '../../site/admin-page.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { lineOf } from '../../web/fields.ts'
import { secondsToWait } from '../../web/rate/rate.ts'
import { PASSWORD_COMMAND } from '../password.ts'
import { isEmail } from '../person.ts'
import { tokenHash } from '../token.ts'

/** Asks for the address of whoever has forgotten the password. */
export function resetPage(ctx: Context): void {
	show(ctx)
}

/** Promises a letter, whether or not there is such an account: nobody learns who writes here. */
export async function askReset(ctx: Context): Promise<void> {
	const { t } = ctx.state
	const { db, config, clock } = ctx.blog
	const email = lineOf(await readForm(ctx), 'email')
	if (!isEmail(email)) return show(ctx, t('admin.emailWrong'), 422)
	const wait = await secondsToWait(ctx.blog, 'reset', ctx.ip)
	if (wait > 0) {
		ctx.set('Retry-After', String(wait))
		return show(ctx, t('admin.tooOften'), 429)
	}
	const isOften = (await secondsToWait(ctx.blog, 'reset of', email.toLowerCase())) > 0
	if (config.smtpUrl !== '' && !isOften) {
		// Who it is, and whether it is anybody, is found out by the job: the answer takes as long for all.
		const payload = { email, locale: ctx.state.locale, since: clock() }
		const key = tokenHash(email.toLowerCase())
		await db.transaction().execute((trx) => enqueue(trx, 'mail.reset', payload, { key }))
		wake()
	}
	const link = { href: '/admin/login/', text: t('admin.login') }
	adminPage(ctx, undefined, 'message', {
		heading: t('people.resetSent'),
		text: t('people.resetSentText', { email }),
		link,
	})
}

function show(ctx: Context, alert?: string, status = 200): void {
	const { t } = ctx.state
	const isOff = ctx.blog.config.smtpUrl === ''
	const intro = isOff ? t('people.resetOff', { command: PASSWORD_COMMAND }) : t('people.resetIntro')
	adminPage(ctx, undefined, 'reset', { heading: t('people.reset'), alert, intro, isOff }, status)
}
