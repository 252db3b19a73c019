import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Catalog, loadCatalog, type Translate } from '../i18n/catalog.ts'
import { readJson } from './layers.ts'
import { loadTheme, type Theme } from './theme.ts'
import { ThemeError } from './theme-error.ts'

/** The themes of the blog: the one that readers see, and the others to be tried. */
export interface Themes {
	readonly current: Theme
	/** Folder and name of each, by the alphabet. */
	list(): { folder: string; name: string }[]
	/**
	 * A theme of this name with the texts of its own; undefined when there is none.
	 * @throws ThemeError when it is broken
	 */
	find(name: string): { theme: Theme; translator: (locale: string) => Translate } | undefined
	/** Makes a theme the current one; the one the blog began with when there is none of this name or it is broken. */
	choose(name: string | undefined): void
}

/** For the pages of authors, not of readers. */
const ADMIN = 'admin'

/** Begins with the theme `first`, whose texts are laid over the catalog. @throws ThemeError when it is broken */
export function createThemes(
	first: string,
	{ catalog, onError }: { catalog: Catalog; onError: (error: ThemeError) => void },
): Themes {
	const loaded = new Map([[first, loadTheme(first)]])
	const catalogs = new Map<string, Catalog>()
	let current = loaded.get(first)!
	let chosen: string | undefined
	catalog.addThemeStrings(current.strings)

	const list = () => readThemes(current.folder)

	function load(name: string): Theme | undefined {
		if (!list().some(({ folder }) => folder === name)) return undefined
		const theme = loaded.get(name) ?? loadTheme(name)
		loaded.set(name, theme)
		return theme
	}

	return {
		get current() {
			return current
		},
		list,
		find(name) {
			const theme = load(name)
			if (!theme) return undefined
			const texts = catalogs.get(name) ?? loadCatalog(catalog.languages)
			texts.addThemeStrings(theme.strings)
			catalogs.set(name, texts)
			return { theme, translator: texts.translator }
		},
		choose(name) {
			if (name === chosen) return
			chosen = name
			try {
				current = (name === undefined ? undefined : load(name)) ?? loaded.get(first)!
			} catch (error) {
				if (!(error instanceof ThemeError)) throw error
				onError(error)
				current = loaded.get(first)!
			}
			catalog.addThemeStrings(current.strings)
		},
	}
}

function readThemes(folder: string): { folder: string; name: string }[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== ADMIN)
		.flatMap(({ name }) => {
			try {
				return [{ folder: name, name: String(readJson(join(folder, name, 'theme.json')).name ?? name) }]
			} catch {
				// A folder without its theme.json isn't one yet.
				return []
			}
		})
		.sort((a, b) => (a.folder < b.folder ? -1 : 1))
}
