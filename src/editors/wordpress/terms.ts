import { audit } from '../../authors/audit-queries.ts'
import { isEditor } from '../../authors/roles.ts'
import type { TermKind } from '../../db/schema.ts'
import { LONGEST } from '../../posts/form.ts'
import { inTurn } from '../../posts/save.ts'
import { termsNamed } from '../../terms/tag-queries.ts'
import { cleanLine } from '../../web/fields.ts'
import { Fault, INVALID_PARAMS } from '../../xmlrpc/fault.ts'
import { isStruct, type Struct } from '../../xmlrpc/value.ts'
import { asTerm } from '../describe.ts'
import { refuse } from '../faults.ts'
import { textIn } from '../members.ts'
import { listCategories } from '../metaweblog.ts'
import { type AuthorCall, type EditorMethods, editorMethod, languageOf } from '../method.ts'
import { listTerms } from '../queries.ts'

/** WordPress's own methods for categories and tags: those that have a name in the blog's language. */
export const termMethods: EditorMethods = {
	'wp.getTerms': editorMethod(
		1,
		['id', 'string', 'string', 'string', 'struct?'],
		async (call, [blog, , , taxonomy]) => {
			const terms = await listTerms(call.blog.db, kindOf(taxonomy), languageOf(call, blog))
			return terms.map(asTerm)
		},
	),
	'wp.getTags': editorMethod(1, ['id', 'string', 'string'], async (call, [blog]) => {
		const locale = languageOf(call, blog)
		const tags = await listTerms(call.blog.db, 'tag', locale)
		return tags.map(({ id, name, slug, count }) => {
			const url = `${call.blog.config.siteUrl}/${locale}/tag/${encodeURIComponent(slug)}/`
			return { tag_id: String(id), name, slug, count: Number(count), html_url: url, rss_url: `${url}feed/` }
		})
	}),
	'wp.getCategories': editorMethod(1, ['id', 'string', 'string'], listCategories),
	'wp.newTerm': editorMethod(1, ['id', 'string', 'string', 'struct'], async (call, [blog, , , term]) =>
		String(await makeTerm(call, kindOf(textIn(term, 'taxonomy') ?? ''), languageOf(call, blog, term), term)),
	),
	'wp.newCategory': editorMethod(1, ['id', 'string', 'string', 'any'], async (call, [blog, , , category]) =>
		makeTerm(call, 'category', languageOf(call, blog), isStruct(category) ? category : { name: category }),
	),
}

function kindOf(taxonomy: string): TermKind {
	if (taxonomy === 'category') return 'category'
	if (taxonomy === 'post_tag') return 'tag'
	throw new Fault(INVALID_PARAMS, 'The taxonomies are category and post_tag')
}

/** The id of the term of that name; it is made when it is missing. */
async function makeTerm(call: AuthorCall, kind: TermKind, locale: string, term: Struct): Promise<number> {
	if (kind === 'category' && !isEditor(call.author)) throw refuse(call, 'forbidden')
	const name = cleanLine(textIn(term, 'name') ?? '')
	if (name === '' || name.length > LONGEST.term) throw refuse(call, 'terms')
	const { db, clock } = call.blog
	return inTurn(db, async (trx) => {
		const [id] = await termsNamed(trx, kind, [[{ locale, name }]])
		await audit(trx, { authorId: call.author.id, action: 'term-created', name, now: clock() })
		return id!
	})
}
