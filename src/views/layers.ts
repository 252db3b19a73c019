import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { lineAt, ThemeError } from './theme-error.ts'

/** The files of a theme and of those it extends; each name leads to the nearest file of that name. */
export interface Layers {
	/** Name without `.hbs` → file. */
	templates: Map<string, string>
	/** `sidebar/calendar` → file. */
	partials: Map<string, string>
	/** `style.css` → file. */
	assets: Map<string, string>
	/** Name without `.svg` → file. */
	icons: Map<string, string>
	/** Language → files, the furthest ancestor's first. */
	strings: Map<string, string[]>
}

interface Manifest {
	name: string
	extends?: string
}

/**
 * Finds every file of `themes/NAME` and of its ancestors.
 * @throws ThemeError for a bad theme.json, a parent that isn't there, a circle of parents.
 */
export function readLayers(name: string, folder: string): Layers {
	const layers: Layers = {
		templates: new Map(),
		partials: new Map(),
		assets: new Map(),
		icons: new Map(),
		strings: new Map(),
	}
	for (const ancestor of ancestry(name, folder)) addLayer(layers, join(folder, ancestor))
	return layers
}

/** The theme and its parents, the furthest first. */
function ancestry(name: string, folder: string): string[] {
	const names = [name]
	for (;;) {
		const file = join(folder, names[0]!, 'theme.json')
		const parent = readManifest(file).extends
		if (parent === undefined) return names
		if (names.includes(parent)) throw new ThemeError(file, 1, `themes extend each other in a circle: "${parent}"`)
		if (!existsSync(join(folder, parent, 'theme.json'))) {
			throw new ThemeError(file, 1, `extends "${parent}", but there is no such theme`)
		}
		names.unshift(parent)
	}
}

function readManifest(file: string): Manifest {
	if (!existsSync(file)) throw new ThemeError(file, undefined, 'there is no such file')
	const manifest = readJson(file)
	const unknown = Object.keys(manifest).find((key) => !['name', 'extends'].includes(key))
	if (unknown) throw new ThemeError(file, 1, `unknown field "${unknown}"`)
	if (typeof manifest.name !== 'string') throw new ThemeError(file, 1, '"name" must be a text')
	if (manifest.extends !== undefined && !(typeof manifest.extends === 'string' && /^[\w-]+$/.test(manifest.extends))) {
		throw new ThemeError(file, 1, '"extends" must be the name of a folder beside this one')
	}
	return manifest as unknown as Manifest
}

/**
 * Reads a JSON object.
 * @throws ThemeError with the line of the mistake.
 */
export function readJson(file: string): Record<string, unknown> {
	const text = readFileSync(file, 'utf8')
	try {
		const value = JSON.parse(text)
		if (value && typeof value === 'object' && !Array.isArray(value)) return value
	} catch (error) {
		const { message } = error as Error
		const position = message.match(/position (\d+)/)?.[1]
		throw new ThemeError(file, lineAt(text, Number(position ?? text.length)), message)
	}
	throw new ThemeError(file, 1, 'must be an object: { … }')
}

function addLayer(layers: Layers, folder: string): void {
	addFiles(layers.templates, join(folder, 'templates'), '.hbs')
	addFiles(layers.partials, join(folder, 'partials'), '.hbs')
	addFiles(layers.assets, join(folder, 'assets'), '')
	addFiles(layers.icons, join(folder, 'icons'), '.svg')
	const strings = new Map<string, string>()
	addFiles(strings, join(folder, 'strings'), '.json')
	for (const [locale, file] of strings) layers.strings.set(locale, [...(layers.strings.get(locale) ?? []), file])
}

function addFiles(files: Map<string, string>, folder: string, extension: string): void {
	if (!existsSync(folder)) return
	for (const file of filesIn(folder)) {
		const name = relative(folder, file).split(sep).join('/')
		if (name.endsWith(extension)) files.set(name.slice(0, name.length - extension.length), file)
	}
}

/** Links aren't followed: what they lead to, or a ring of them, is no part of a theme. */
function filesIn(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const file = join(folder, entry.name)
		if (entry.isDirectory()) return filesIn(file)
		const isHidden = entry.name.startsWith('.') || entry.name.endsWith('~')
		return entry.isFile() && !isHidden ? [file] : []
	})
}
