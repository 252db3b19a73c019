import { nameIn } from '../authors/roles.ts'
import type { Struct } from '../xmlrpc/value.ts'
import { type AuthorCall, type EditorMethods, editorMethod } from './method.ts'

/** What is still used of the Blogger API. */
export const bloggerMethods: EditorMethods = {
	'blogger.getUsersBlogs': editorMethod(1, ['any', 'string', 'string'], async (call) => listBlogs(call)),
	'blogger.getUserInfo': editorMethod(1, ['any', 'string', 'string'], async (call) => {
		const { id, email } = call.author
		const name = nameIn(call.author, call.locale)
		const [firstname = '', ...rest] = name.split(' ')
		const url = call.blog.config.siteUrl
		return { userid: String(id), nickname: name, firstname, lastname: rest.join(' '), email, url }
	}),
}

/** The blogs: one for each language. */
export function listBlogs({ blog, settings, author }: AuthorCall): Struct[] {
	const { siteUrl, languages } = blog.config
	return languages.map((locale) => ({
		blogid: locale,
		blogName: languages.length > 1 ? `${settings.title(locale)} (${locale})` : settings.title(locale),
		url: `${siteUrl}/${locale}/`,
		xmlrpc: `${siteUrl}/xmlrpc`,
		isAdmin: author.role === 'owner',
	}))
}
