import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findBreaches } from './imports.ts'
import { readSources } from './sources.ts'

test('the program keeps the rules of imports', () => {
	const sources = readSources('src/**/*.ts')
	assert.ok(sources.size > 50)
	const files = new Map([...sources].map(([path, source]) => [path.replace(/^src\//, ''), source]))
	assert.equal(findBreaches(files), [])
})

const BREACHES: [file: string, source: string, said: string][] = [
	['posts/post.ts', `import { sql } from 'kysely'`, 'imports kysely'],
	['posts/post.ts', `import type {\n\tSelectable,\n} from 'kysely'`, 'imports kysely'],
	['posts/queries.ts', `import pg from 'pg'`, 'only db may'],
	['posts/post.ts', `import type { Context } from 'koa'`, 'imports koa'],
	['comments/comment.ts', `import Router from '@koa/router'`, 'imports @koa/router'],
	['mentions/discover.ts', `const page = await fetch(source)`, 'says fetch()'],
	['mentions/discover.ts', `import { request } from 'undici'`, 'only net may'],
	['web/rate.ts', `const limit = process.env.LIMIT`, 'says process.env'],
	['posts/queries.ts', `if (databaseKind(db) === 'sqlite') return`, 'says databaseKind()'],
	['db/open.ts', `import { listCards } from '../posts/queries.ts'`, 'a layer above'],
	['posts/post.ts', `import { allPosts } from './pages.ts'`, 'a layer above'],
	['posts/queries.ts', `import { shell } from '../site/shell.ts'`, 'a layer above'],
	['site/home.ts', `import { routes } from '../routes.ts'`, 'a layer above'],
	['app.ts', `export { main } from './main.ts'`, 'a layer above'],
	['archive/pages.ts', `import { allPosts } from '../posts/pages.ts'`, 'only site/ composes'],
	['posts/admin.ts', `import { held } from '../comments/admin.ts'`, 'its own'],
	['site/home.ts', `import { rss } from '../feeds/rss.ts'`, 'nothing leans on feeds'],
	['posts/save.ts', `const wxr = await import('../transfer/wxr.ts')`, 'nothing leans on feeds and transfer'],
]

for (const [file, source, said] of BREACHES) {
	test(`${file} may not have ${source.replace(/\s+/g, ' ')}`, () => {
		const found = findBreaches(new Map([[file, source]]))
		assert.match(found.join('\n'), said)
	})
}

const ALLOWED: [file: string, source: string][] = [
	['posts/writing-queries.ts', `import { sql } from 'kysely'`],
	['posts/save.ts', `import type { Db } from '../db/schema.ts'`],
	['posts/pages.ts', `import type { Context } from 'koa'\nimport { card } from './post.ts'`],
	['site/home.ts', `import { allPosts } from '../posts/pages.ts'`],
	['routes.ts', `import { rss } from './feeds/pages.ts'\nimport { held } from './comments/admin.ts'`],
	['commands.ts', `import { importWxr } from './transfer/wxr.ts'`],
	['net/fetch.ts', `import { fetch } from 'undici'\nawait fetch(url)`],
	['jobs/queue.ts', `// process.env is read in config.ts\n/* fetch( */ await queue.fetch(1)`],
	['feeds/atom.ts', `import { entry } from './entry.ts'\nconst address = 'https://a/' + "process"`],
]

for (const [file, source] of ALLOWED) {
	test(`${file} may have ${source.replace(/\s+/g, ' ')}`, () => {
		assert.equal(findBreaches(new Map([[file, source]])), [])
	})
}

test.run()
