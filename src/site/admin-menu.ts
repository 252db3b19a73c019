import { isEditor } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { MenuGroup, MenuRoom } from '../views/admin-model.ts'
import type { Context } from '../web/context.ts'

interface Room {
	path: string
	/** In the catalog. */
	key: string
	icon: string
	/** Who sees it; everyone when missing. */
	who?: 'editor' | 'owner'
	/** What is told beside it, when there is any. */
	count?: 'held'
}

/** Every room of the authors, a line each; a group whose rooms are all hidden isn't shown. */
const GROUPS: { key?: string; rooms: Room[] }[] = [
	{ rooms: [{ path: '/admin/', key: 'admin.overview', icon: 'overview' }] },
	{
		key: 'adminMenu.texts',
		rooms: [
			{ path: '/admin/posts/', key: 'admin.posts', icon: 'posts' },
			{ path: '/admin/translations/', key: 'translating.menu', icon: 'translations' },
			{ path: '/admin/media/', key: 'media.heading', icon: 'media' },
			{ path: '/admin/terms/', key: 'adminMenu.terms', icon: 'terms', who: 'editor' },
		],
	},
	{
		key: 'adminMenu.conversation',
		rooms: [
			{ path: '/admin/responses/', key: 'admin.responses', icon: 'responses', count: 'held' },
			{ path: '/admin/mentions/', key: 'mentions.admin.title', icon: 'mentions' },
		],
	},
	{
		key: 'adminMenu.blog',
		rooms: [
			{ path: '/admin/settings/', key: 'adminMenu.settings', icon: 'settings', who: 'owner' },
			{ path: '/admin/import/', key: 'adminMenu.import', icon: 'import', who: 'owner' },
			{ path: '/admin/backup/', key: 'adminMenu.backup', icon: 'backup', who: 'owner' },
			{ path: '/admin/people/', key: 'people.people', icon: 'people', who: 'owner' },
			{ path: '/admin/audit/', key: 'people.menu.audit', icon: 'audit', who: 'owner' },
		],
	},
	{
		key: 'adminMenu.self',
		rooms: [{ path: '/admin/account/', key: 'people.menu.account', icon: 'account' }],
	},
]

/** The menu of an author: the rooms that are theirs, the one being shown marked. */
export function menuOf(ctx: Context, author: SignedIn): MenuGroup[] {
	const mine = GROUPS.map(({ key, rooms }) => ({
		heading: key && ctx.state.t(key),
		rooms: rooms.filter(({ who }) => isFor(author, who)).map((room) => roomOf(ctx, room)),
	}))
	return mine.filter(({ rooms }) => rooms.length > 0)
}

function isFor(author: SignedIn, who: Room['who']): boolean {
	if (who === 'owner') return author.role === 'owner'
	return who === undefined || isEditor(author)
}

function roomOf({ path, state: { t, locale, waiting } }: Context, room: Room): MenuRoom {
	const number = room.count && waiting?.[room.count]
	return {
		href: room.path,
		text: t(room.key),
		icon: room.icon,
		current: room.path === '/admin/' ? path === room.path : path.startsWith(room.path),
		count: number ? new Intl.NumberFormat(locale).format(number) : undefined,
		waiting: number ? t('adminMenu.waiting', { count: number }) : undefined,
	}
}
