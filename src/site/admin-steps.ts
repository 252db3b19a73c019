import { confinedTo } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { hasWritten } from '../posts/admin-queries.ts'
import type { OverviewPage } from '../views/overview-model.ts'
import type { Context } from '../web/context.ts'

const STEPS = [
	{ name: 'settings', href: '/admin/settings/', isOwners: true },
	{ name: 'account', href: '/admin/account/', isOwners: false },
	{ name: 'post', href: '/admin/posts/new/', isOwners: false },
	{ name: 'import', href: '/admin/import/', isOwners: true },
]

/**
 * What to begin with, until an author has written something, or anybody for those who look after the whole blog.
 *
 * i18n: overview.steps.settings overview.steps.account overview.steps.post overview.steps.import
 * i18n: overview.steps.settingsHint overview.steps.accountHint overview.steps.postHint overview.steps.importHint
 */
export async function stepsOf(ctx: Context, author: SignedIn): Promise<OverviewPage['steps']> {
	if (await hasWritten(ctx.blog.db, { author: confinedTo(author) })) return undefined
	const { t } = ctx.state
	return STEPS.filter(({ isOwners }) => author.role === 'owner' || !isOwners).map(({ name, href }) => ({
		href,
		text: t(`overview.steps.${name}`),
		hint: t(`overview.steps.${name}Hint`),
	}))
}
