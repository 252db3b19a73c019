import { posix } from 'node:path'
import { withoutComments } from './sources.ts'

/** From the outermost layer to the innermost; a file may import its own layer and what is further in. */
const LAYERS = [
	/^main\.ts$/,
	/^commands\.ts$/,
	/^serve\.ts$/,
	/^server\.ts$/,
	/^app\.ts$/,
	/^routes\.ts$/,
	/^(site\/|.*\/(pages|admin)\.ts$)/,
	/^(?!db\/|errors\.ts$|config\.ts$)/,
	/^(db\/|errors\.ts$|config\.ts$)/,
]

const HTTP = /^(server|app|routes|errors)\.ts$|^(web|site)\/|\/(pages|admin)\.ts$/
const SQL = /^(db|search)\/|(^|[/-])queries\.ts$/
const OUTERMOST = /^(main|commands|serve|server|app|routes)\.ts$/

/** Who may import a package. */
const PACKAGES: { name: RegExp; allowed: RegExp; where: string }[] = [
	{ name: /^kysely(\/|$)/, allowed: SQL, where: 'queries, search and db' },
	{ name: /^(better-sqlite3|pg)$/, allowed: /^db\//, where: 'db' },
	{ name: /^(koa|@koa\/.*)$/, allowed: HTTP, where: 'app, routes, web, site, pages, admin and errors' },
	{ name: /^(undici|node:https)$/, allowed: /^net\//, where: 'net' },
]

/** Who may say a word. */
const WORDS: { word: string; pattern: RegExp; allowed: RegExp; where: string }[] = [
	{ word: 'process.env', pattern: /\bprocess\.env\b/, allowed: /^config\.ts$/, where: 'config.ts' },
	{ word: 'fetch()', pattern: /(?<![.\w]|function )fetch\(/, allowed: /^net\//, where: 'net' },
	{
		word: 'databaseKind()',
		pattern: /\bdatabaseKind\(/,
		allowed: /^(db|search|jobs|web\/rate)\//,
		where: 'db, search, jobs and web/rate',
	},
]

/** Lines that name every breach of the rules of imports in files given by their path under src/. */
export function findBreaches(files: Map<string, string>): string[] {
	return [...files].flatMap(([file, source]) => {
		const code = withoutComments(source)
		return [...importsOf(file, code).flatMap((target) => breachesOf(file, target)), ...wordBreaches(file, code)]
	})
}

/** What a file imports: packages by name, own files by their path under src/. */
function importsOf(file: string, code: string): string[] {
	const names = [...code.matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!)
	return names.map((name) => (name.startsWith('.') ? posix.join(posix.dirname(file), name) : name))
}

function breachesOf(file: string, target: string): string[] {
	if (!target.endsWith('.ts')) {
		return PACKAGES.filter(({ name, allowed }) => name.test(target) && !allowed.test(file)).map(
			({ where }) => `${file} imports ${target}: only ${where} may`,
		)
	}
	const rules = [
		isUpward(file, target) && 'that is a layer above it',
		isForeign(file, target, /\/pages\.ts$/) && !file.startsWith('site/') && "only site/ composes features' pages",
		isForeign(file, target, /\/admin\.ts$/) && "a feature's admin is its own",
		isForeign(file, target, /^(feeds|transfer)\//) && 'nothing leans on feeds and transfer',
	]
	return rules.filter((rule) => rule !== false).map((rule) => `${file} imports ${target}: ${rule}`)
}

function isUpward(file: string, target: string): boolean {
	return layerOf(target) < layerOf(file)
}

/** Whether the target is of this kind and of another folder; what composes the program may name it. */
function isForeign(file: string, target: string, kind: RegExp): boolean {
	return kind.test(target) && feature(file) !== feature(target) && !OUTERMOST.test(file)
}

function feature(file: string): string {
	return file.split('/')[0]!
}

function layerOf(file: string): number {
	return LAYERS.findIndex((layer) => layer.test(file))
}

function wordBreaches(file: string, code: string): string[] {
	return WORDS.filter(({ pattern, allowed }) => pattern.test(code) && !allowed.test(file)).map(
		({ word, where }) => `${file} says ${word}: only ${where} may`,
	)
}
