import { nameIn } from '../authors/roles.ts'
import { escapeHtml } from '../markdown/escape.ts'
import type { Struct } from '../xmlrpc/value.ts'
import { asTitle } from './describe.ts'
import { listRecent } from './metaweblog.ts'
import { type AuthorCall, type EditorMethods, editorMethod, entryOf, languageOf } from './method.ts'
import type { Entry } from './queries.ts'
import { readMetaWeblog } from './read.ts'
import { changeEntry, writeEntry } from './write.ts'
import type { Written } from './written.ts'

const TITLE = /^\s*<title>([^<]*)<\/title>/i

/** The Blogger API: a post is one text, with its title in `<title>` if it has one. */
export const bloggerMethods: EditorMethods = {
	'blogger.newPost': editorMethod(
		2,
		['any', 'id', 'string', 'string', 'string', 'flag?'],
		async (call, [, blog, , , content, publish = false]) =>
			String(await writeEntry(call, languageOf(call, blog), readContent(call, content, Boolean(publish)))),
	),
	'blogger.editPost': editorMethod(
		2,
		['any', 'id', 'string', 'string', 'string', 'flag?'],
		async (call, [, id, , , content, publish]) => {
			const whether = publish === undefined ? undefined : Boolean(publish)
			await changeEntry(call, await entryOf(call, id), readContent(call, content, whether))
			return true
		},
	),
	'blogger.getPost': editorMethod(2, ['any', 'id', 'string', 'string'], async (call, [, id]) =>
		asContent(call, await entryOf(call, id)),
	),
	'blogger.getRecentPosts': editorMethod(
		2,
		['any', 'id', 'string', 'string', 'int?'],
		async (call, [, blog, , , count]) => (await listRecent(call, blog, count)).map((entry) => asContent(call, entry)),
	),
	'blogger.getUsersBlogs': usersBlogs(),
	// Some call it so, after the API they use otherwise.
	'metaWeblog.getUsersBlogs': usersBlogs(),
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

function usersBlogs() {
	return editorMethod(1, ['any', 'string', 'string'], async (call) => listBlogs(call))
}

function readContent({ blog }: AuthorCall, content: string, publish: boolean | undefined): Written {
	const post = { title: TITLE.exec(content)?.[1] ?? null, description: content.replace(TITLE, '').trim() }
	return readMetaWeblog(post, publish, blog.config.timezone)
}

function asContent(call: AuthorCall, entry: Entry): Struct {
	const { postid, userid, dateCreated } = asTitle(call, entry)
	const content = `<title>${escapeHtml(entry.title)}</title>${entry.source}`
	return { postid: postid!, userid: userid!, dateCreated: dateCreated!, content }
}
