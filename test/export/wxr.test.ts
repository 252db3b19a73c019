import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'
import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeWxr } from '../../src/export/wxr/write.ts'
import { importWxr } from '../../src/transfer/commands.ts'
import { contentOf, seedAll } from '../backup/fixture.ts'
import { openPlace, type Place } from '../backup/support.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folders.ts'

type Row = Record<string, any>

/** What WXR can't carry, by tables; docs/backups.md has the same list. */
const LOST: Record<string, string[]> = {
	comments: [
		...['digest', 'user_agent', 'referrer', 'ip_hash', 'trap', 'reasons', 'checked', 'trained', 'told'],
		...['photo'],
	],
	media: ['path', 'name', 'author_id', 'widths', 'words', 'created_at'],
	authors: [
		...['role', 'password_hash', 'language', 'told_at', 'disabled_at', 'totp_secret', 'totp_step'],
		...['created_at'],
	],
	posts: ['form_key'],
}

async function exported(place: Place): Promise<string> {
	const file = join(temporaryFolder('export'), 'blog.xml')
	await writeWxr({ ...place, now: NOW }, createWriteStream(file))
	return file
}

/** A blog told by what stays the same when numbers change. */
async function blogOf(url: string) {
	const all = (await contentOf(url)) as Record<string, Row[]>
	const texts = all.translations!
	const keyOf = (postId: number | null) =>
		texts
			.filter((row) => row.post_id === postId)
			.map((row) => `${row.kind}/${row.locale}/${row.slug}`)
			.sort()
			.join()
	const author = (id: number | null) => all.authors!.find((row) => row.id === id)?.slug ?? null
	const term = (id: number | null) =>
		all
			.term_names!.filter((row) => row.term_id === id)
			.map((row) => `${row.kind}/${row.locale}/${row.slug}`)
			.sort()
			.join()
	const file = (id: number | null) => Boolean(id && all.media!.some((row) => row.id === id))
	const textKey = (id: number) =>
		texts.filter((row) => row.id === id).map((row) => `${row.kind}/${row.locale}/${row.slug}`)[0]
	const inOrder = (row: Row) => Object.fromEntries(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)))
	// By what tells rows apart first, so that a difference is seen where it is.
	const told = (row: Row) => JSON.stringify([row.id, row.slug, row.key, row.locale, row])
	const sorted = (rows: Row[]) => rows.map(inOrder).sort((one, other) => (told(one) < told(other) ? -1 : 1))
	const kept = (table: string, { id, ...row }: Row) =>
		Object.fromEntries(Object.entries(row).filter(([name]) => !LOST[table]?.includes(name)))
	return {
		translations: sorted(texts.map(({ id, post_id, ...row }) => ({ ...row, post: keyOf(post_id) }))),
		posts: sorted(
			all.posts!.map((row) => ({
				...kept('posts', row),
				key: keyOf(row.id),
				author_id: author(row.author_id),
				parent_id: keyOf(row.parent_id),
				cover_id: file(row.cover_id),
			})),
		),
		terms: sorted(all.terms!.map((row) => ({ key: term(row.id), kind: row.kind, parent: term(row.parent_id) }))),
		termNames: sorted(all.term_names!.map(({ term_id, ...row }) => ({ ...row, term: term(term_id) }))),
		postTerms: sorted(all.post_terms!.map((row) => ({ post: keyOf(row.post_id), term: term(row.term_id) }))),
		// They keep their numbers.
		comments: sorted(
			all.comments!.map((row) => ({
				...kept('comments', row),
				id: row.id,
				post_id: keyOf(row.post_id),
				author_id: author(row.author_id),
			})),
		),
		authors: sorted(all.authors!.map((row) => kept('authors', row))),
		media: sorted(all.media!.map((row) => kept('media', row))),
		oldSlugs: sorted(all.old_slugs!.map((row) => ({ ...row, translation_id: textKey(row.translation_id) }))),
		enclosures: sorted(all.enclosures!.map((row) => ({ ...row, translation_id: textKey(row.translation_id) }))),
		title: all.settings!.find((row) => row.key === 'title' && row.locale === 'ru')?.value,
	}
}

for (const database of databases) {
	const test = suite(`WXR out and in on ${database.name}`)

	test('gives the same blog, field by field, but for what WXR can’t carry', async () => {
		const source = await openPlace(database)
		await seedAll(source.db, source.storage)
		const picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#fff' } })
			.jpeg()
			.toBuffer()
		await source.storage.put('2025/03/photo-1a2b3c4d.jpg', picture)
		await source.db.updateTable('media').set({ bytes: picture.length }).where('id', '=', 7).execute()
		await source.db.updateTable('translations').set({ manual_excerpt: '' }).execute()
		// Two languages may share a slug.
		await source.db.updateTable('term_names').set({ slug: 'sobytiya' }).where('slug', '=', 'events').execute()
		await source.db.updateTable('posts').set({ cover_id: 7, parent_id: null }).where('sticky', '=', 1).execute()
		await source.db
			.updateTable('translations')
			.set({ status: 'trash', source_locale: 'ru', source_revision: 1, revision: 4, major_revision: 3 })
			.where('slug', '=', 'plans')
			.execute()
		await source.db.updateTable('posts').set({ parent_id: null }).execute()
		const { id } = await source.db
			.selectFrom('translations')
			.select('post_id as id')
			.where('slug', '=', 'about')
			.executeTakeFirstOrThrow()
		const { child } = await source.db
			.selectFrom('translations')
			.select('post_id as child')
			.where('slug', '=', 'contacts')
			.executeTakeFirstOrThrow()
		await source.db.updateTable('posts').set({ parent_id: id }).where('id', '=', child).execute()
		const file = await exported(source)
		const target = await openPlace(database)
		const uploads = source.config.storageUrl.slice('file:'.length)
		const report = await importWxr({ db: target.db, config: target.config, now: NOW }, file, { uploads })
		assert.equal(report.problems, [])
		const [before, after] = [await blogOf(source.url), await blogOf(target.url)]
		for (const part of Object.keys(before) as (keyof typeof before)[]) {
			assert.is(after[part]!.length, before[part]!.length, part)
			for (const [index, row] of Object.entries(before[part]!)) {
				assert.equal((after[part] as Row[])[Number(index)], row, part)
			}
		}
		await source.drop()
		await target.drop()
	})

	test('the list of what is lost is true: each of it is lost', async () => {
		const source = await openPlace(database)
		await seedAll(source.db, source.storage)
		const columns = await source.db.introspection.getTables()
		for (const [table, names] of Object.entries(LOST)) {
			const found = columns.find(({ name }) => name === table)!.columns.map(({ name }) => name)
			for (const name of names) assert.ok(found.includes(name), `${table}.${name}`)
		}
		const text = readFileSync(await exported(source), 'utf8')
		for (const secret of ['old.example', 'https://b.example/#x', 'credential', 'secret_hash', 'vera@example.org sub'])
			assert.not.match(text, secret)
		const docs = readFileSync(join(import.meta.dirname, '../../docs/backups.md'), 'utf8')
		for (const [table, names] of Object.entries(LOST)) {
			for (const name of names) assert.match(docs, `\`${table}.${name}\``)
		}
		await source.drop()
	})

	test.run()
}

const test = suite('a WXR file')

test('is well-formed XML of WXR 1.2 with Polylang’s languages and groups', async () => {
	const source = await openPlace(databases[0]!)
	await seedAll(source.db, source.storage)
	const xml = readFileSync(await exported(source), 'utf8')
	const parser = new SaxesParser({ xmlns: true })
	const errors: Error[] = []
	parser.on('error', (error) => void errors.push(error))
	parser.write(xml).close()
	assert.equal(errors, [])
	assert.match(xml, '<wp:wxr_version>1.2</wp:wxr_version>')
	assert.match(
		xml,
		/<wp:term_description><!\[CDATA\[a:3:\{s:6:"locale";s:5:"ru_RU";s:3:"rtl";i:0;s:9:"flag_code";s:2:"ru";\}\]\]>/,
	)
	assert.match(
		xml,
		/CDATA\[post_translations\]\][\s\S]{0,200}pll_post_2[\s\S]{0,200}a:2:\{s:2:"ru";i:\d+;s:2:"en";i:\d+;\}/,
	)
	assert.match(xml, /<category domain="language" nicename="ru">/)
	assert.match(xml, '<![CDATA[future]]>')
	assert.match(xml, '<wp:is_sticky>1</wp:is_sticky>')
	assert.match(xml, '<wp:comment_type><![CDATA[pingback]]></wp:comment_type>')
	assert.match(xml, '<wp:post_password><![CDATA[сезам]]></wp:post_password>')
	await source.drop()
})

test.run()
