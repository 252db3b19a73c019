import { randomBytes } from 'node:crypto'
import { nameIn } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { direction, languageName } from '../i18n/languages.ts'
import type { AdminShell, AdminTemplates, PageOf } from '../views/admin-model.ts'
import type { Context } from '../web/context.ts'
import { redirect } from '../web/redirect.ts'
import { menuOf } from './admin-menu.ts'

/**
 * Nothing but our own files, and inline only what carries the page's nonce; no frame around it. Where a post is written
 * its pictures are seen as readers see them, wherever they are.
 */
function policyOf(nonce: string, pictures: string): string {
	return [
		`default-src 'none'; object-src 'none'; style-src 'self' 'nonce-${nonce}'; script-src 'self' 'nonce-${nonce}'`,
		`img-src 'self' data: blob:${pictures}; media-src 'self'${pictures}; connect-src 'self'; frame-src 'self'`,
		"form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
	].join('; ')
}

/** Answers with a page for authors, kept by no one; `author` is missing before sign-in. */
export function adminPage<Name extends keyof AdminTemplates>(
	ctx: Context,
	author: SignedIn | undefined,
	template: Name,
	page: PageOf<AdminTemplates[Name]>,
	status = 200,
): void {
	const nonce = randomBytes(16).toString('base64url')
	const shell = { ...shellOf(ctx, author, template, page.heading), nonce }
	const model = { ...shell, ...page } as unknown as AdminTemplates[Name]
	ctx.status = status
	ctx.type = 'html'
	closeDoors(ctx)
	ctx.set('Content-Security-Policy', policyOf(nonce, template === 'post' ? ' https: http:' : ''))
	ctx.body = ctx.blog.adminTheme.render(template, model, ctx.state.t)
}

/** What every answer to authors carries. */
export function closeDoors(ctx: Context): void {
	ctx.set('Content-Language', ctx.state.locale)
	ctx.set('Cache-Control', 'private, no-store')
	ctx.set('X-Robots-Tag', 'noindex')
	ctx.set('Content-Security-Policy', "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'")
	ctx.set('X-Content-Type-Options', 'nosniff')
	// Not "no-referrer": browsers then hide the origin of our own forms too.
	ctx.set('Referrer-Policy', 'same-origin')
}

/** Leads an author to another of these pages. */
export function leadTo(ctx: Context, path: string): void {
	closeDoors(ctx)
	redirect(ctx, path, 303)
}

/** i18n: admin.roles.owner admin.roles.editor admin.roles.author */
function shellOf(ctx: Context, author: SignedIn | undefined, kind: string, heading: string): Omit<AdminShell, 'nonce'> {
	const { locale, t, settings } = ctx.state
	const title = settings.title(locale)
	return {
		locale,
		dir: direction(locale),
		kind,
		documentTitle: `${heading} — ${title}`,
		heading,
		site: { title, home: `/${locale}/` },
		user: author && { name: nameIn(author, locale), role: t(`admin.roles.${author.role}`) },
		menu: author ? menuOf(ctx, author) : [],
		waiting: waitingOf(ctx),
		languages: ctx.blog.config.languages.map((code) => ({
			code,
			name: languageName(code),
			current: code === locale,
		})),
	}
}

function waitingOf({ state: { t, locale, waiting } }: Context): AdminShell['waiting'] {
	if (!waiting?.held) return undefined
	return {
		count: new Intl.NumberFormat(locale).format(waiting.held),
		text: t('adminMenu.waiting', { count: waiting.held }),
	}
}
