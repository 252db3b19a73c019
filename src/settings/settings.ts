import { randomBytes } from 'node:crypto'
import { type CommentPolicy, DEFAULT_POLICY } from '../comments/policy.ts'
import type { Db } from '../db/schema.ts'
import type { Catalog } from '../i18n/catalog.ts'
import { readSettings, settleSetting } from './queries.ts'

/** A link to the blog's author elsewhere. */
export interface Profile {
	label: string
	url: string
}

/** The settings that are kept in the database, as pages need them. */
export interface Settings {
	title(locale: string): string
	tagline(locale: string): string
	profiles: Profile[]
	comments: CommentPolicy
}

/** Reads all settings; a text that is missing in a language is the catalog's. */
export async function loadSettings(db: Db, catalog: Catalog): Promise<Settings> {
	const rows = await readSettings(db)
	const find = (key: string, locale = '') => rows.find((row) => row.key === key && row.locale === locale)?.value
	return {
		title: (locale) => (find('title', locale) as string | undefined) ?? catalog.translator(locale)('site.title'),
		tagline: (locale) => (find('tagline', locale) as string | undefined) ?? catalog.translator(locale)('site.tagline'),
		profiles: (find('profiles') as Profile[] | undefined) ?? [],
		comments: { ...DEFAULT_POLICY, ...(find('comments') as Partial<CommentPolicy> | undefined) },
	}
}

/** The signing secret, made once and kept in the database. */
export async function loadSecret(db: Db): Promise<string> {
	return (await settleSetting(db, 'secret', randomBytes(32).toString('base64url'))) as string
}
