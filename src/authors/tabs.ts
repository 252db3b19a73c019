import type { Link } from '../views/model.ts'
import type { Context } from '../web/context.ts'

/** The pages of one's own account, the one being shown marked. */
export function tabsOf({ path, state: { t } }: Context): Link[] {
	const tab = (href: string, text: string) => ({ href, text, current: path.startsWith(href) })
	const rest = [
		tab('/admin/account/security/', t('people.security')),
		tab('/admin/account/programs/', t('people.programs')),
	]
	const isFirst = rest.every(({ current }) => !current)
	return [{ href: '/admin/account/', text: t('people.profile'), current: isFirst }, ...rest]
}
