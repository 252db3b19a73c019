import { adminPage, leadTo } from '../../site/admin-page.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { readAccount } from '../account-queries.ts'
import { enterAnew } from '../admin.ts'
import { auditDoor } from '../audit-queries.ts'
import { codeHash, newRecoveryCodes } from '../codes.ts'
import { currentProblem } from '../current.ts'
import type { AuthorHandler } from '../guard.ts'
import { removeSecond, replaceCodes, storeSecond } from '../second-queries.ts'
import type { SignedIn } from '../sessions.ts'
import { isTotpSecret, newTotpSecret, stepOf, totpUrl } from '../totp.ts'

interface Refused {
	secret: string
	code?: string
	current?: string
}

/** The secret for an authenticator, as a picture and as text; or the way to turn it off. */
export const totpPage: AuthorHandler = (ctx, author) => show(ctx, author)

/** Turns the second step on once the authenticator has shown a code; shows the recovery codes, this once. */
export const turnOn: AuthorHandler = async (ctx, author) => {
	const { t } = ctx.state
	const { db, clock } = ctx.blog
	const form = await readForm(ctx)
	const secret = form.get('secret') ?? ''
	if (!isTotpSecret(secret) || (await hasSecond(ctx, author))) return leadTo(ctx, '/admin/account/security/totp/')
	const step = stepOf(secret, form.get('code') ?? '', clock())
	const current = await currentProblem(ctx, author.id, form)
	if (step === undefined || current) {
		const code = step === undefined ? t('people.wrongCode') : undefined
		return show(ctx, author, { secret, code, current: current && t(current) }, 422)
	}
	const codes = newRecoveryCodes()
	await db.transaction().execute(async (trx) => {
		await storeSecond(trx, author.id, secret, step, codes.map(codeHash))
		await auditDoor(trx, { authorId: author.id, action: 'account-totp-on', now: clock() })
	})
	await enterAnew(ctx, author.id)
	showCodes(ctx, author, codes, t('people.secondOn'))
}

/** Turns the second step off. */
export const turnOff: AuthorHandler = async (ctx, author) => {
	const { db, clock } = ctx.blog
	const current = await currentProblem(ctx, author.id, await readForm(ctx))
	if (current) return show(ctx, author, { secret: '', current: ctx.state.t(current) }, 422)
	await db.transaction().execute(async (trx) => {
		await removeSecond(trx, author.id)
		await auditDoor(trx, { authorId: author.id, action: 'account-totp-off', now: clock() })
	})
	await enterAnew(ctx, author.id)
	leadTo(ctx, '/admin/account/security/?done=off')
}

/** Gives new recovery codes; the older ones end. */
export const renewCodes: AuthorHandler = async (ctx, author) => {
	const { db, clock } = ctx.blog
	const current = await currentProblem(ctx, author.id, await readForm(ctx))
	if (current) return show(ctx, author, { secret: '', current: ctx.state.t(current) }, 422)
	if (!(await hasSecond(ctx, author))) return leadTo(ctx, '/admin/account/security/totp/')
	const codes = newRecoveryCodes()
	await db.transaction().execute(async (trx) => {
		await replaceCodes(trx, author.id, codes.map(codeHash))
		await auditDoor(trx, { authorId: author.id, action: 'account-codes', now: clock() })
	})
	showCodes(ctx, author, codes)
}

async function show(ctx: Context, author: SignedIn, refused?: Refused, status = 200): Promise<void> {
	const { t, locale, settings } = ctx.state
	const isOn = await hasSecond(ctx, author)
	const secret = refused?.secret || newTotpSecret()
	const url = totpUrl(secret, { site: settings.title(locale), email: author.email })
	const page = {
		heading: t('people.second'),
		alert: status === 200 ? undefined : t('admin.mistakes'),
		isOn,
		email: author.email,
		secret,
		// Read aloud and typed in groups.
		groups: secret.match(/.{4}/g)!.join(' '),
		picture: isOn ? '' : await drawPicture(url),
		url,
		code: { value: '', error: refused?.code },
		current: { value: '', error: refused?.current },
	}
	adminPage(ctx, author, 'totp', page, status)
}

async function drawPicture(url: string): Promise<string> {
	const { toString: drawQr } = await import('qrcode')
	const svg = await drawQr(url, { type: 'svg', margin: 2 })
	return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}

function showCodes(ctx: Context, author: SignedIn, codes: string[], notice?: string): void {
	adminPage(ctx, author, 'codes', { heading: ctx.state.t('people.codes'), notice, codes })
}

async function hasSecond(ctx: Context, author: SignedIn): Promise<boolean> {
	return Boolean((await readAccount(ctx.blog.db, author.id))?.totp_secret)
}
