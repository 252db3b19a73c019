import { nameIn } from '../../authors/roles.ts'
import type { Struct } from '../../xmlrpc/value.ts'
import { listBlogs } from '../blogger.ts'
import { type AuthorCall, type EditorMethods, editorMethod, languageOf } from '../method.ts'
import { listAuthors } from '../queries.ts'
import { storeFileOf } from '../upload.ts'

/** WordPress's own methods for the blog, its people and its files. */
export const blogMethods: EditorMethods = {
	'wp.getUsersBlogs': editorMethod(0, ['string', 'string'], async (call) => listBlogs(call)),
	'wp.getProfile': editorMethod(1, ['id', 'string', 'string', 'array?'], async (call, [blog]) => {
		const { id, email, role } = call.author
		const name = nameIn(call.author, languageOf(call, blog))
		return { user_id: String(id), username: email, email, display_name: name, nickname: name, roles: [role] }
	}),
	'wp.getAuthors': editorMethod(1, ['id', 'string', 'string'], async (call, [blog]) => {
		const authors = await listAuthors(call.blog.db, languageOf(call, blog))
		return authors.map(({ id, slug, name }) => ({ user_id: String(id), user_login: slug, display_name: name }))
	}),
	'wp.uploadFile': editorMethod(1, ['id', 'string', 'string', 'struct'], (call, [, , , file]) =>
		storeFileOf(call, file),
	),
	'wp.getOptions': editorMethod(1, ['id', 'string', 'string', 'array?'], async (call, [blog, , , names = []]) => {
		const options = optionsOf(call, languageOf(call, blog))
		const asked = Object.entries(options).filter(([name]) => names.length === 0 || names.includes(name))
		return Object.fromEntries(asked)
	}),
}

function optionsOf({ blog, settings }: AuthorCall, locale: string): Struct {
	const { siteUrl, timezone } = blog.config
	const option = (desc: string, value: string | boolean) => ({ desc, value, readonly: true })
	return {
		software_name: option('Software Name', 'Otklik'),
		blog_url: option('Site URL', `${siteUrl}/${locale}/`),
		home_url: option('Site Address', `${siteUrl}/${locale}/`),
		login_url: option('Log In Address', `${siteUrl}/admin/login/`),
		admin_url: option('The address of the admin area', `${siteUrl}/admin/`),
		blog_title: option('Site Title', settings.title(locale)),
		blog_tagline: option('Site Tagline', settings.tagline(locale)),
		time_zone: option('Time Zone', timezone),
		post_thumbnail: option('Post Thumbnail', true),
	}
}
