import type { AuthorHandler } from '../authors/guard.ts'
import { HttpError } from '../errors.ts'
import { adminPage } from './admin-page.ts'

/**
 * Tells authors among their own rooms, not as readers are told, that a page isn't there or isn't theirs to see.
 *
 * i18n: errors.403 errors.404 people.lost.403 people.lost.404
 */
export function lostAtHome(handler: AuthorHandler): AuthorHandler {
	return async (ctx, author) => {
		try {
			await handler(ctx, author)
		} catch (error) {
			const isRead = ctx.method === 'GET' || ctx.method === 'HEAD'
			if (!(error instanceof HttpError) || !isRead || !/40[34]/.test(String(error.status))) throw error
			const { t } = ctx.state
			const link = { href: '/admin/', text: t('admin.overview') }
			const heading = t(`errors.${error.status}`)
			adminPage(ctx, author, 'message', { heading, text: t(`people.lost.${error.status}`), link }, error.status)
		}
	}
}
