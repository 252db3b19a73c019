import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Assets } from './assets.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What the editor of posts imports; its own files are assets of themes/admin. */
const EDITOR = [
	...['@codemirror/commands', '@codemirror/lang-markdown', '@codemirror/language', '@codemirror/state'],
	...['@codemirror/view', '@lezer/highlight'],
]

let editor: Assets | undefined

/** The modules of the editor, read once. */
export function editorModules(): Assets {
	editor ??= readModules(EDITOR)
	return editor
}

/**
 * The ES modules of npm packages, with all that they import, as browsers are served them: each name leads to an address
 * with the hash of its contents. For an import map, so that no build step is needed.
 * @example readModules(['@codemirror/view']).urls.get('style-mod') // '/assets/modules/style-mod.0123456789.js'
 */
export function readModules(names: string[]): Assets {
	const modules: Assets = { urls: new Map(), served: new Map() }
	const waiting = [...names]
	for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
		if (modules.urls.has(name)) continue
		const body = readFileSync(moduleFile(name))
		const hash = createHash('sha256').update(body).digest('hex').slice(0, 10)
		const url = `/assets/modules/${name.replace('@', '').replaceAll('/', '-')}.${hash}.js`
		modules.urls.set(name, url)
		modules.served.set(url, { body, type: 'text/javascript; charset=utf-8' })
		waiting.push(...importsOf(body.toString()))
	}
	return modules
}

interface Manifest {
	module?: string
	main?: string
	exports?: { import?: string } | { '.'?: { import?: string } }
}

/** By the fields that bundlers read: Node itself might be given the CommonJS one. */
function moduleFile(name: string): string {
	const folder = folderOf(name)
	const { exports, module, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
	const entry = exports && ('.' in exports ? exports['.'] : (exports as { import?: string }))
	return join(folder, module ?? entry?.import ?? main ?? 'index.js')
}

function folderOf(name: string): string {
	for (let folder = ROOT; ; folder = dirname(folder)) {
		const found = join(folder, 'node_modules', name)
		if (existsSync(found)) return found
		if (folder === dirname(folder)) throw new Error(`there is no package ${name}`)
	}
}

function importsOf(code: string): string[] {
	return [...code.matchAll(/^(?:import|export) [^'";]*?from ['"]([^'"]+)['"]/gm)].map((match) => match[1]!)
}
