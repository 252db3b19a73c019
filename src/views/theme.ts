import { watch } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Translate } from '../i18n/catalog.ts'
import { type Asset, hashAssets } from './assets.ts'
import { makeHelpers, readIcons } from './helpers.ts'
import { hashInline, type Inline } from './inline.ts'
import { readJson, readLayers } from './layers.ts'
import type { ErrorPage, ListingPage, PostPage, QuestionPage, SearchPage } from './model.ts'
import { assemble } from './once.ts'
import { compileTemplates } from './templates.ts'
import { ThemeError } from './theme-error.ts'

export { ThemeError } from './theme-error.ts'

/** The templates every theme has, and what each is given. */
export interface Templates {
	listing: ListingPage
	post: PostPage
	search: SearchPage
	error: ErrorPage
	question: QuestionPage
}

/** The templates of readers' pages, all needed. */
const READERS: (keyof Templates)[] = ['listing', 'post', 'search', 'error', 'question']

/** A theme; `Pages` says which templates it has. */
export interface Theme<Pages extends object = Templates> {
	name: string
	/** The folder of all themes. */
	folder: string
	/**
	 * A whole page, its bytes.
	 * @throws ThemeError with file and line when a template asks for what the model doesn't have.
	 */
	render<Name extends keyof Pages & string>(template: Name, model: Pages[Name], t: Translate): Buffer
	/** The address of an asset by its name, such as `style.css`; empty when there is none. */
	asset(name: string): string
	/** What is served at each address `/assets/NAME/…`. */
	readonly assets: Map<string, Asset>
	/** The scripts and styles that stand in the templates themselves. */
	readonly inline: Inline
	/** Language → the theme's own texts, to be laid over the catalog's section `theme`. */
	readonly strings: Record<string, Record<string, unknown>>
	/**
	 * Reads the files again.
	 * @throws ThemeError when they are broken; the theme stays as it was.
	 */
	reload(): void
}

const THEMES = fileURLToPath(new URL('../../themes', import.meta.url))

/**
 * Reads `themes/NAME`, checks and compiles it; `needs` names the templates it must have, `files` gives it more assets.
 * @throws ThemeError that names the file and the line.
 */
export function loadTheme<Pages extends object = Templates>(
	name: string,
	{ folder = THEMES, needs = READERS as string[], files = {} as Record<string, string> } = {},
): Theme<Pages> {
	let parts = readParts(name, folder, needs, files)
	return {
		name,
		folder,
		render(template, model, t) {
			const data = { t, parts: [] }
			return assemble(parts.templates.get(template)!(model as object, { data }), data.parts)
		},
		asset: (file) => parts.assets.urls.get(file) ?? '',
		get assets() {
			return parts.assets.served
		},
		get inline() {
			return parts.inline
		},
		get strings() {
			return parts.strings
		},
		reload() {
			parts = readParts(name, folder, needs, files)
		},
	}
}

/**
 * Reloads the theme when a file of any theme changes; a broken edit is told and leaves the theme as it was.
 * @returns a function that ends the watch.
 */
export function watchTheme(
	theme: Pick<Theme, 'folder' | 'reload'>,
	onReload: (error?: ThemeError) => void,
): () => void {
	let timer: NodeJS.Timeout | undefined
	const watcher = watch(theme.folder, { recursive: true }, () => {
		clearTimeout(timer)
		// Editors write a file in several steps.
		timer = setTimeout(() => onReload(tryReload(theme)), 30)
	})
	return () => {
		clearTimeout(timer)
		watcher.close()
	}
}

function tryReload(theme: Pick<Theme, 'folder' | 'reload'>): ThemeError | undefined {
	try {
		theme.reload()
		return undefined
	} catch (error) {
		return error instanceof ThemeError ? error : new ThemeError(theme.folder, undefined, String(error))
	}
}

function readParts(name: string, folder: string, needs: string[], files: Record<string, string>) {
	const layers = readLayers(name, folder)
	for (const [asset, file] of Object.entries(files)) layers.assets.set(asset, file)
	const assets = hashAssets(name, layers.assets)
	const templates = compileTemplates(layers, makeHelpers(readIcons(layers.icons), assets.urls))
	for (const needed of needs) {
		if (!templates.has(needed)) throw new ThemeError(`${folder}/${name}`, undefined, `there is no template "${needed}"`)
	}
	const inline = hashInline([...layers.templates.values(), ...layers.partials.values()])
	return { assets, templates, inline, strings: mergeStrings(layers.strings) }
}

function mergeStrings(files: Map<string, string[]>): Theme['strings'] {
	const merged = [...files].map(([locale, list]) => [locale, Object.assign({}, ...list.map(readJson))])
	return Object.fromEntries(merged)
}
